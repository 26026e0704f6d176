package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.CommonOptions;
import io.hookline.ops.cli.ConnectionOptions;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.NoRegistryException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;

/** A command that needs a cluster: connects, does its work, closes. */
public abstract class KafkaCommand implements Callable<Integer> {
    final Console console;

    @Mixin
    CommonOptions common = new CommonOptions();

    @ArgGroup(exclusive = false, validate = false, order = 100, heading = "%nWhich Kafka:%n")
    ConnectionOptions connection = new ConnectionOptions();

    KafkaCommand(Console console) {
        this.console = console;
    }

    @Override
    public final Integer call() {
        check();
        try (KafkaConnection kafka = connection.connect(console)) {
            return run(kafka);
        } catch (NoRegistryException e) {
            throw new CommandException(
                    ExitCode.USAGE, e.getMessage() + RegistryHint.of(console, connection.settings(console)));
        }
    }

    /** Checks what can be checked without a cluster. */
    void check() {}

    /**
     * @return one of {@link io.hookline.ops.cli.ExitCode}
     */
    abstract int run(KafkaConnection kafka);
}
