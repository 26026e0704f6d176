package io.hookline.ops.command;

import io.hookline.avro.Subscription;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.subscription.Disabling;
import io.hookline.ops.subscription.StoredSubscription;
import io.hookline.ops.subscription.SubscriptionDocument;
import io.hookline.ops.subscription.SubscriptionService;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code subscriptions show}. */
@Command(
        name = "show",
        description = {
            "Print subscriptions as documents that can be applied again.",
            "Secrets are masked; a document with masks keeps the stored secrets when it is applied. Its 'version' makes sure that an"
                    + " edited document does not overwrite what somebody else changed meanwhile."
        },
        footer = {
            "",
            "Examples:",
            "  hookline subscriptions show crm > crm.yaml",
            "  hookline subscriptions show crm --json"
        })
public final class SubscriptionsShow extends KafkaCommand {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Subscription ids.")
    List<String> ids = List.of();

    @Option(names = "--show-secrets", description = "Print signing secrets and header values as they are.")
    boolean showSecrets;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "yaml",
            description = "yaml or json. Default: yaml.")
    Format format = Format.YAML;

    enum Format {
        YAML,
        JSON
    }

    public SubscriptionsShow(Console console) {
        super(console);
    }

    @Override
    int run(KafkaConnection kafka) {
        Set<String> wanted = new LinkedHashSet<>(ids);
        Map<String, StoredSubscription> stored;
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            stored = service.get(wanted);
        }
        int exitCode = ExitCode.OK;
        String separator = "";
        for (String id : wanted) {
            StoredSubscription found = stored.get(id);
            Subscription subscription = found == null ? null : found.subscription();
            if (found != null && subscription != null) {
                print(subscription, found.disabled(), separator);
                separator = "---\n";
            } else if (found != null) {
                console.say("error: subscription " + id + " (partition " + found.partition() + ", offset "
                        + found.offset() + ") cannot be read: " + found.unreadable());
                exitCode = ExitCode.FAILED;
            } else {
                console.say("error: there is no subscription " + id + ". See 'hookline subscriptions list'.");
                exitCode = ExitCode.NOT_FOUND;
            }
        }
        return exitCode;
    }

    private void print(Subscription subscription, @Nullable Disabling disabled, String separator) {
        if (disabled != null) {
            console.warn("subscription " + subscription.getId() + " is disabled (" + disabled
                    + "): nothing is sent to it. To enable it: hookline subscriptions resume " + subscription.getId());
        }
        if (common.json() || format == Format.JSON) {
            console.json(SubscriptionDocument.json(subscription, disabled, showSecrets));
        } else {
            console.out().print(separator + SubscriptionDocument.yaml(subscription, disabled, showSecrets));
            console.out().flush();
        }
    }
}
