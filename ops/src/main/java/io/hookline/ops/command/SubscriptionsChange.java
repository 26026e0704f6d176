package io.hookline.ops.command;

import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.Outcome;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that changes subscriptions named by id. */
abstract class SubscriptionsChange extends KafkaCommand {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Subscription ids.")
    List<String> ids = List.of();

    @Option(names = "--dry-run", description = "Say what would be written; write nothing.")
    boolean dryRun;

    @Mixin
    WaitOptions waiting = new WaitOptions();

    SubscriptionsChange(Console console) {
        super(console);
    }

    @Override
    final void check() {
        waiting.timeout();
        for (String id : ids) {
            if (!SubscriptionPartition.isId(id)) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "'" + id + "' cannot be a subscription id: 1 to 64 of A-Z a-z 0-9 _ - are accepted.");
            }
        }
        checkMore();
    }

    /** Checks the options that only this command has. */
    void checkMore() {}

    @Override
    final int run(KafkaConnection kafka) {
        List<String> distinct = ids.stream().distinct().toList();
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            List<Outcome> outcomes = dryRun ? plan(service, distinct) : change(service, distinct);
            int exitCode = Outcomes.print(console, common.json(), dryRun, done(), outcomes);
            int waited = waiting.await(console, kafka, outcomes);
            return exitCode != ExitCode.OK ? exitCode : waited;
        }
    }

    /** What it does, as a participle: paused, resumed. */
    abstract String done();

    abstract List<Outcome> plan(SubscriptionService service, List<String> distinct);

    abstract List<Outcome> change(SubscriptionService service, List<String> distinct);
}
