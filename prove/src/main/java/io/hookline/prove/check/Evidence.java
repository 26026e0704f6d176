package io.hookline.prove.check;

import java.util.List;
import java.util.Set;

/**
 * Everything a run left behind.
 *
 * @param startedAtMs before the first deliverer, milliseconds since 1970
 * @param acknowledged ids of the events whose emission Kafka acknowledged
 * @param pipelineDead one line for each record of {@code pipeline.dead}
 */
public record Evidence(
        long startedAtMs,
        Set<String> acknowledged,
        List<Event> events,
        List<Wanted> subscriptions,
        List<Request> requests,
        List<Attempted> attempts,
        List<Note> notes,
        List<Commit> commits,
        List<Interruption> interruptions,
        List<String> pipelineDead) {}
