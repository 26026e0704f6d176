package io.hookline.prove;

import io.hookline.prove.check.Findings;
import io.hookline.prove.check.Problem;
import io.hookline.prove.check.Problem.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param unfinished deliveries that had not ended when the run gave up waiting
 * @param unclean services that died by themselves or did not end as they were told to
 * @param histories for each kind of broken promise, the shortest history of a delivery
 * @param seconds of the whole run
 */
public record ProveResult(
        String scenario,
        long seed,
        Findings findings,
        long unfinished,
        List<String> unclean,
        List<List<String>> histories,
        double seconds) {

    /** Whether every promise was kept. */
    public boolean isOk() {
        return findings.isClean() && unfinished == 0 && unclean.isEmpty() && findings.deliveries() > 0;
    }

    /** As the last line of {@code --json}. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("prove", scenario);
        map.put("seed", seed);
        map.put("lost", findings.count(Kind.LOST));
        map.put("misrouted", findings.count(Kind.MISROUTED));
        map.put("reordered", findings.count(Kind.REORDERED));
        map.put("duplicates", findings.duplicates());
        map.put("duplicatesAllowed", findings.duplicatesAllowed());
        map.put("unexplained", findings.count(Kind.UNEXPLAINED));
        map.put("badSignatures", findings.count(Kind.BAD_SIGNATURE));
        map.put("attemptsWrong", findings.count(Kind.ATTEMPTS_WRONG));
        map.put("routedTwice", findings.count(Kind.ROUTED_TWICE));
        map.put("pipelineDead", findings.count(Kind.PIPELINE_DEAD));
        map.put("unfinished", unfinished);
        map.put("unclean", unclean.size());
        map.put("answersLost", findings.answersLost());
        map.put("events", findings.events());
        map.put("deliveries", findings.deliveries());
        map.put("requests", findings.requests());
        map.put("dead", findings.dead());
        map.put("seconds", seconds);
        map.put("ok", isOk());
        return map;
    }

    /** The first broken promises, a line each. */
    public List<String> problems(int max) {
        return findings.problems().stream().limit(max).map(ProveResult::line).toList();
    }

    private static String line(Problem problem) {
        return problem.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " " + problem.webhookId()
                + ": " + problem.text();
    }
}
