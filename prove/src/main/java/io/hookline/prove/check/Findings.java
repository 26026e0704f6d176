package io.hookline.prove.check;

import java.util.List;

/**
 * What the checker says of a run.
 *
 * @param events committed events
 * @param deliveries promised deliveries
 * @param requests logged requests
 * @param dead deliveries that were dead-lettered
 * @param duplicates accepted requests of one delivery after its first
 * @param duplicatesAllowed accepted requests that had completed since the last commit, or were in flight, when their partition's owner
 *     crashed or the partition moved: each may be repeated once
 * @param answersLost accepted requests whose answer did not reach the sender in time, by its own record: repeated as failures
 */
public record Findings(
        long events,
        long deliveries,
        long requests,
        long dead,
        long duplicates,
        long duplicatesAllowed,
        long answersLost,
        List<Problem> problems) {

    public long count(Problem.Kind kind) {
        return problems.stream().filter(problem -> problem.kind() == kind).count();
    }

    /** Whether every promise was kept. */
    public boolean isClean() {
        return problems.isEmpty() && duplicates <= duplicatesAllowed;
    }
}
