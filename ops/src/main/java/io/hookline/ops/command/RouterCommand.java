package io.hookline.ops.command;

import io.hookline.ops.cli.Console;
import io.hookline.ops.service.ServiceKind;
import picocli.CommandLine.Command;

/** {@code router}. */
@Command(
        name = "router",
        description = {
            "Run a router: match events with subscriptions and write deliveries.",
            "Runs in the foreground until it is told to end (SIGTERM, Ctrl-C), then closes cleanly and ends with 0. Start as many as"
                    + " are needed; they share the work."
        },
        footer = {
            "",
            "Examples:",
            "  hookline router --config router.properties",
            "  hookline router --bootstrap-server kafka1:9092 --registry-url http://registry:8081 --print-config"
        })
public final class RouterCommand extends ServiceCommand {
    public RouterCommand(Console console) {
        super(console, ServiceKind.ROUTER);
    }
}
