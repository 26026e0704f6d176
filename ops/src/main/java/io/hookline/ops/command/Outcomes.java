package io.hookline.ops.command;

import io.hookline.deliverer.sign.Ed25519Secret;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.subscription.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what became of subscriptions, and says with which code that ends. */
final class Outcomes {
    private Outcomes() {}

    /**
     * @param updated what was done to a subscription that was updated, in a word
     */
    static int print(Console console, boolean json, boolean dryRun, String updated, List<Outcome> outcomes) {
        boolean refused = outcomes.stream().anyMatch(o -> o.kind() == Outcome.Kind.REFUSED);
        for (Outcome outcome : outcomes) {
            if (json) {
                console.json(row(outcome, dryRun));
            } else {
                printLine(console, outcome, dryRun || refused, updated);
            }
        }
        outcomes.forEach(outcome -> warnOfDisabled(console, outcome));
        if (refused) {
            outcomes.stream()
                    .filter(o -> o.kind() == Outcome.Kind.REFUSED)
                    .forEach(o -> console.say("error: subscription " + o.id() + ": " + o.refusal()));
            console.say("Nothing was written.");
            return ExitCode.CONFLICT;
        }
        List<String> missing = outcomes.stream()
                .filter(o -> o.kind() == Outcome.Kind.MISSING)
                .map(Outcome::id)
                .toList();
        if (!missing.isEmpty()) {
            console.say("error: there is no subscription " + String.join(", ", missing)
                    + ". See 'hookline subscriptions list'.");
            return ExitCode.NOT_FOUND;
        }
        return ExitCode.OK;
    }

    /** What is disabled and stays so gets nothing, and nobody would notice. */
    private static void warnOfDisabled(Console console, Outcome outcome) {
        if (outcome.disabled() != null && outcome.kind() != Outcome.Kind.UPDATED) {
            console.warn("subscription " + outcome.id() + " is disabled (" + outcome.disabled()
                    + "): nothing is sent to it. To enable it: hookline subscriptions resume " + outcome.id());
        }
    }

    private static void printLine(Console console, Outcome outcome, boolean notDone, String updated) {
        String word = outcome.kind() == Outcome.Kind.UPDATED ? updated : "created";
        switch (outcome.kind()) {
            case REFUSED, MISSING -> {}
            case UNCHANGED -> console.line(outcome.id() + " unchanged (version " + outcome.version() + ")");
            case DELETED -> console.line(outcome.id() + (notDone ? " would be deleted" : " deleted"));
            case CREATED, UPDATED -> {
                String what =
                        outcome.disabled() == null ? word : "enabled again, it was disabled: " + outcome.disabled();
                console.line(
                        outcome.id() + (notDone ? " would be " : " ") + what + " (version " + outcome.version() + ")");
                if (outcome.newSecret() != null && !notDone) {
                    console.line((isPublic(outcome)
                                    ? "  public key for its receiver: "
                                    : "  signing secret, shown only now: ")
                            + outcome.newSecret());
                }
            }
        }
    }

    private static boolean isPublic(Outcome outcome) {
        return outcome.newSecret() != null && outcome.newSecret().startsWith(Ed25519Secret.PUBLIC_PREFIX);
    }

    private static Map<String, Object> row(Outcome outcome, boolean dryRun) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", outcome.id());
        row.put("outcome", outcome.kind().name().toLowerCase(Locale.ROOT));
        row.put("version", outcome.version());
        row.put("dryRun", dryRun);
        if (outcome.newSecret() != null && !dryRun) {
            row.put(isPublic(outcome) ? "publicKey" : "signingSecret", outcome.newSecret());
        }
        if (outcome.disabled() != null) {
            row.put("disabled", outcome.kind() != Outcome.Kind.UPDATED);
            row.put("disabling", outcome.disabled().toMap());
        }
        if (outcome.refusal() != null) {
            row.put("refusal", outcome.refusal());
        }
        return row;
    }
}
