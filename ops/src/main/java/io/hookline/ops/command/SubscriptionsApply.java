package io.hookline.ops.command;

import io.hookline.deliverer.reach.Reach;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.TextFiles;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.OpsSettings;
import io.hookline.ops.subscription.Outcome;
import io.hookline.ops.subscription.Problem;
import io.hookline.ops.subscription.SubscriptionDocument;
import io.hookline.ops.subscription.SubscriptionService;
import io.hookline.ops.topic.Topics;
import io.hookline.schemas.config.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code subscriptions apply}. */
@Command(
        name = "apply",
        description = {
            "Create or update subscriptions from YAML or JSON files, so that they are what the documents say.",
            "All documents of all files are checked first; while there is a problem, nothing is written. What is already so is not"
                    + " written again. A signing secret that is made here is printed once, and never again.",
            "The fields are described in docs/subscriptions.md."
        },
        footer = {
            "",
            "Examples:",
            "  hookline subscriptions apply crm.yaml vip.yaml",
            "  hookline subscriptions show crm | sed 's/^status: .*/status: paused/' | hookline subscriptions apply -",
            "",
            "A document:",
            "  id: vip",
            "  tenant: acme",
            "  url: https://partner.example/hooks",
            "  eventTypes: [order_created]",
            "  filter: {data: {amount: [{numeric: ['>', 100]}]}}",
            "  retrySchedule: 5s 5m 30m 2h jitter 20%%"
        })
public final class SubscriptionsApply extends KafkaCommand {
    private static final int SHOWN_MAX = 200;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files with documents; - for standard input.")
    List<String> files = List.of();

    @Option(names = "--dry-run", description = "Say what would be written; write nothing.")
    boolean dryRun;

    @Mixin
    WaitOptions waiting = new WaitOptions();

    private List<SubscriptionDocument> documents = List.of();

    public SubscriptionsApply(Console console) {
        super(console);
    }

    @Override
    void check() {
        waiting.timeout();
        List<SubscriptionDocument> all = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String file : new LinkedHashSet<>(files)) {
            try {
                String text = TextFiles.read(console, file);
                SubscriptionDocument.Parsed parsed =
                        SubscriptionDocument.parse(file.equals("-") ? "(standard input)" : file, text);
                all.addAll(parsed.documents());
                parsed.problems().forEach(problem -> problems.add(problem.toString()));
            } catch (CommandException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        duplicates(all).forEach(problem -> problems.add(problem.toString()));
        unreachable(all).forEach(problem -> problems.add(problem.toString()));
        if (!problems.isEmpty()) {
            problems.stream().limit(SHOWN_MAX).forEach(problem -> console.say("error: " + problem));
            throw new CommandException(
                    ExitCode.USAGE,
                    problems.size() + (problems.size() == 1 ? " problem" : " problems") + "; nothing was written.");
        }
        if (all.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "There is no document in " + String.join(", ", files) + ".");
        }
        documents = all;
    }

    @Override
    int run(KafkaConnection kafka) {
        warnOfMissingTypes(kafka);
        try (SubscriptionService service = SubscriptionService.open(kafka)) {
            List<Outcome> outcomes = dryRun ? service.plan(documents) : service.apply(documents);
            int exitCode = Outcomes.print(console, common.json(), dryRun, "updated", outcomes);
            warnOfClearText(outcomes);
            return exitCode != ExitCode.OK ? exitCode : waiting.await(console, kafka, outcomes);
        }
    }

    private static List<Problem> duplicates(List<SubscriptionDocument> documents) {
        Map<String, SubscriptionDocument> byId = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (SubscriptionDocument document : documents) {
            SubscriptionDocument first = byId.putIfAbsent(document.id(), document);
            if (first != null) {
                problems.add(new Problem(
                        document.where(),
                        0,
                        document.id(),
                        "id",
                        "is also the id of the document at " + first.where() + "."));
            }
        }
        return problems;
    }

    private List<Problem> unreachable(List<SubscriptionDocument> documents) {
        Reach reach;
        try {
            reach = OpsSettings.reach(connection.settings(console));
        } catch (CommandException e) {
            // No Kafka is named: said when it connects, after all that is wrong with the documents.
            return List.of();
        }
        return documents.stream()
                .map(document -> document.refusedBy(reach))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Once for all, and only of what is new or changed: who was warned and went on need not hear it again. */
    private void warnOfClearText(List<Outcome> outcomes) {
        Set<String> changed = outcomes.stream()
                .filter(outcome -> outcome.kind() == Outcome.Kind.CREATED || outcome.kind() == Outcome.Kind.UPDATED)
                .map(Outcome::id)
                .collect(Collectors.toSet());
        List<String> clear = documents.stream()
                .filter(document -> changed.contains(document.id()) && document.isReadableOnTheWay())
                .map(SubscriptionDocument::id)
                .toList();
        if (!clear.isEmpty()) {
            String more = clear.size() > SHOWN_MAX ? " and " + (clear.size() - SHOWN_MAX) + " more" : "";
            console.warn("plain http: anyone on the way can read the events of "
                    + clear.stream().limit(SHOWN_MAX).collect(Collectors.joining(", ")) + more
                    + "; use https outside of tests. Deliverers refuse it unless " + Reach.SCHEMES + " lists http.");
        }
    }

    /** A misspelt event type matches nothing, and nobody would notice. */
    private void warnOfMissingTypes(KafkaConnection kafka) {
        Set<String> existing = Set.copyOf(new Topics(kafka).eventTypes());
        Set<String> warned = new LinkedHashSet<>();
        for (SubscriptionDocument document : documents) {
            for (String type : document.eventTypes()) {
                if (!type.endsWith("*") && !existing.contains(type) && warned.add(type)) {
                    console.warn("event type '" + type + "' of subscription " + document.id() + " has no topic yet"
                            + Suggestion.nearest(type, existing)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse("."));
                }
            }
        }
    }
}
