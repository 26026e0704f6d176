package io.hookline.ops.command;

import io.hookline.ops.cli.Console;
import io.hookline.ops.service.ServiceKind;
import picocli.CommandLine.Command;

/** {@code deliverer}. */
@Command(
        name = "deliverer",
        description = {
            "Run a deliverer: make signed HTTP requests, retry, dead-letter.",
            "Runs in the foreground until it is told to end (SIGTERM, Ctrl-C), then closes cleanly and ends with 0. Start as many as"
                    + " are needed; they share the work."
        },
        footer = {
            "",
            "Examples:",
            "  hookline deliverer --config deliverer.properties",
            "  hookline deliverer --bootstrap-server kafka1:9092 --registry-url http://registry:8081 --print-config"
        })
public final class DelivererCommand extends ServiceCommand {
    public DelivererCommand(Console console) {
        super(console, ServiceKind.DELIVERER);
    }
}
