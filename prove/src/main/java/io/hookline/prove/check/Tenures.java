package io.hookline.prove.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When owners of partitions ended, and what they had committed by then; from the checkpoints and from what the harness did to whom. A
 * request without a committed record is explained by such an end if it was made before it (to the second, as the request says) and had not
 * ended when the last checkpoint before it was sealed: it completed since the last commit, or was in flight. Nothing else explains one.
 */
final class Tenures {
    /** An answer is given by the receiver before it is seen by the loop: so long the way may take on a loaded machine. */
    static final long ANSWER_ON_ITS_WAY_MS = 1_000;

    private final Map<Integer, List<End>> ends = new TreeMap<>();

    private Tenures() {}

    /**
     * One end.
     *
     * @param lastCommitMs when the last checkpoint before it was sealed
     * @param atMs the latest moment at which the ended owner can have sent
     */
    record End(long lastCommitMs, long atMs) {
        boolean explains(Request request) {
            return request.sentAtMs() <= atMs && request.endedAtMs() >= lastCommitMs - ANSWER_ON_ITS_WAY_MS;
        }
    }

    static Tenures of(Evidence evidence) {
        Map<Integer, List<Commit>> byPartition = new TreeMap<>();
        evidence.subscriptions().forEach(wanted -> byPartition.put(wanted.partition(), new ArrayList<>()));
        evidence.commits()
                .forEach(commit -> byPartition
                        .computeIfAbsent(commit.partition(), p -> new ArrayList<>())
                        .add(commit));
        Tenures tenures = new Tenures();
        byPartition.forEach((partition, commits) -> {
            commits.sort(Comparator.comparingLong(Commit::offset));
            tenures.ends.put(partition, ends(commits, evidence));
        });
        return tenures;
    }

    /** The end that explains why this request of partition {@code partition} has no record; null if none does. */
    @Nullable
    End explaining(int partition, Request request) {
        for (End end : ends.getOrDefault(partition, List.of())) {
            if (end.explains(request)) {
                return end;
            }
        }
        return null;
    }

    private static List<End> ends(List<Commit> commits, Evidence evidence) {
        List<End> ends = new ArrayList<>();
        String owner = null;
        long lastMs = evidence.startedAtMs();
        for (Commit commit : commits) {
            boolean isSame = commit.instance().equals(owner);
            boolean isOver = !isSame || lastInterruption(evidence, owner, lastMs, commit.atMs()) >= 0;
            // Once it is over, others may have owned the partition and died before they committed anything.
            long interruptedMs = isOver ? lastInterruption(evidence, null, lastMs, commit.atMs()) : -1;
            if (interruptedMs >= 0) {
                ends.add(new End(lastMs, interruptedMs));
            } else if (owner != null && !isSame) {
                ends.add(new End(lastMs, commit.atMs()));
            }
            owner = commit.instance();
            lastMs = commit.atMs();
        }
        long interruptedMs = lastInterruption(evidence, null, lastMs, Long.MAX_VALUE);
        if (interruptedMs >= 0) {
            ends.add(new End(lastMs, interruptedMs));
        }
        return ends;
    }

    /** The latest interruption of {@code instance}, or of any for null, within a time; -1 for none. */
    private static long lastInterruption(Evidence evidence, @Nullable String instance, long afterMs, long untilMs) {
        return evidence.interruptions().stream()
                .filter(one -> instance == null || one.instance().equals(instance))
                .mapToLong(Interruption::atMs)
                .filter(at -> at > afterMs && at <= untilMs)
                .max()
                .orElse(-1);
    }
}
