package io.hookline.ops.command;

import io.hookline.deliverer.secret.SecretSettings;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.Outcome;
import io.hookline.ops.subscription.SubscriptionService;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code subscriptions reencrypt}. */
@Command(
        name = "reencrypt",
        description = {
            "Encrypt the secrets of all subscriptions with the present primary key of the keyset.",
            "Writes those whose secrets are in clear or encrypted with an older key, the others not. For the latter it needs the private keyset. Like every"
                    + " edit, it lets an endpoint that is disabled be tried again."
        },
        footer = {
            "",
            "Examples:",
            "  hookline subscriptions reencrypt --command-config ops.properties --dry-run",
            "  hookline subscriptions reencrypt --command-config ops.properties     # with secrets.keyset.file in it"
        })
public final class SubscriptionsReencrypt extends KafkaCommand {
    @Option(names = "--dry-run", description = "Say what would be written; write nothing.")
    boolean dryRun;

    public SubscriptionsReencrypt(Console console) {
        super(console);
    }

    @Override
    int run(KafkaConnection kafka) {
        if (!kafka.secrets().isSealing()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "No keyset is configured: name its file as " + SecretSettings.KEYSET_FILE
                            + " in the file of --command-config. Make one with 'hookline keyset create'.");
        }
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            List<Outcome> outcomes = service.reencrypt(dryRun);
            int exitCode = Outcomes.print(console, common.json(), dryRun, "encrypted anew", outcomes);
            if (outcomes.isEmpty()) {
                console.say(
                        "All secrets are encrypted with key " + kafka.secrets().sealingKey() + ".");
            }
            return exitCode;
        }
    }
}
