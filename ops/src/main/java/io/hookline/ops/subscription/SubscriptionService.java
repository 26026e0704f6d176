package io.hookline.ops.subscription;

import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.Subscription;
import io.hookline.avro.SubscriptionStatus;
import io.hookline.ops.kafka.Contention;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader.Open;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one class that writes subscriptions. There is no store but the topic, and any number of services may run anywhere, so each write
 * goes like this:
 *
 * <ol>
 *   <li>take the lock: a producer with one transactional id for the whole installation; its {@code initTransactions} completes or aborts
 *       what another began, and fences that other;
 *   <li>read the partitions concerned to their high watermark, which now nothing of a service is pending before;
 *   <li>decide by what is stored, versions included;
 *   <li>write in one transaction (a bulk of more than {@value #TRANSACTION_RECORDS_MAX} in several). A service that was fenced meanwhile cannot
 *       commit: it starts again at 1, a bounded number of times.
 * </ol>
 *
 * So versions of a subscription grow by one at every write, and nobody overwrites what they have not read. For one thread at a time.
 */
public final class SubscriptionService implements AutoCloseable {
    private static final int TRANSACTION_RECORDS_MAX = 10_000;
    private static final int ATTEMPTS_MAX = 12;
    private static final long BACKOFF_MS_MIN = 40;
    private static final long BACKOFF_MS_MAX = 1_500;

    private final KafkaConnection kafka;
    private final Clock clock;
    private final SecureRandom random;
    private final SubscriptionStore store;
    private final String lock;

    private SubscriptionService(KafkaConnection kafka, Clock clock, SecureRandom random) {
        this.kafka = kafka;
        this.clock = clock;
        this.random = random;
        this.store = new SubscriptionStore(kafka);
        this.lock = kafka.names().prefix() + "hookline.subscriptions";
    }

    /** Over an open connection, which stays the caller's to close. */
    public static SubscriptionService open(KafkaConnection kafka) {
        return new SubscriptionService(kafka, Clock.systemUTC(), new SecureRandom());
    }

    /** As {@link #open(KafkaConnection)} with another clock. */
    public static SubscriptionService open(KafkaConnection kafka, Clock clock) {
        return new SubscriptionService(kafka, clock, new SecureRandom());
    }

    /**
     * Creates or updates. What is already so is not written. If one document is refused, none is written.
     *
     * @return one outcome a document, in order
     * @throws ContentionException where others kept writing
     */
    public List<Outcome> apply(List<SubscriptionDocument> documents) {
        return write(documents.stream()
                .map(document -> new ApplyChange(document, random))
                .toList());
    }

    /** What {@link #apply} would do now; writes nothing. */
    public List<Outcome> plan(List<SubscriptionDocument> documents) {
        return planned(documents.stream()
                .map(document -> new ApplyChange(document, random))
                .toList());
    }

    /** Lets deliveries wait. */
    public List<Outcome> pause(List<String> ids) {
        return write(statusChanges(ids, SubscriptionStatus.PAUSED));
    }

    /** Lets deliveries go on: of what was paused, and of what the deliverers had disabled. */
    public List<Outcome> resume(List<String> ids) {
        return write(statusChanges(ids, SubscriptionStatus.ACTIVE));
    }

    /**
     * Gives each a new signing secret, which is among the outcomes once. What they have goes on signing for the overlap.
     *
     * @param algorithm of the new secrets; null: what each has now
     */
    public List<Outcome> rotateSecrets(List<String> ids, Duration overlap, @Nullable SigningAlgorithm algorithm) {
        return write(rotations(ids, overlap, algorithm));
    }

    /** What {@link #rotateSecrets} would do now; writes nothing. */
    public List<Outcome> planRotation(List<String> ids, Duration overlap, @Nullable SigningAlgorithm algorithm) {
        return planned(rotations(ids, overlap, algorithm));
    }

    private List<Change> rotations(List<String> ids, Duration overlap, @Nullable SigningAlgorithm algorithm) {
        return ids.stream()
                .<Change>map(id -> new RotateSecret(id, overlap, algorithm, random))
                .toList();
    }

    /**
     * Has every subscription written again whose secrets are not encrypted with the keyset's primary key.
     *
     * @param dryRun only say which; write nothing
     */
    public List<Outcome> reencrypt(boolean dryRun) {
        List<Change> stale = new ArrayList<>();
        boolean canOpen = kafka.secrets().canOpen();
        forEach(stored -> {
            if (stored.isStale()) {
                stale.add(new Reencrypt(stored.id(), canOpen));
            }
        });
        return dryRun ? planned(stale) : write(stale);
    }

    /** Deletes for good. What waits for it is cancelled by the deliverers. */
    public List<Outcome> delete(List<String> ids) {
        return write(ids.stream().map(Change.Delete::new).toList());
    }

    /** What would become of these ids; writes nothing. */
    public List<Outcome> planDelete(List<String> ids) {
        return planned(ids.stream().map(Change.Delete::new).toList());
    }

    /** What would become of these ids; writes nothing. */
    public List<Outcome> planStatus(List<String> ids, boolean active) {
        return planned(statusChanges(ids, active ? SubscriptionStatus.ACTIVE : SubscriptionStatus.PAUSED));
    }

    /** What is stored under an id, and whether it is disabled. Reads one partition of both topics. */
    public Optional<StoredSubscription> get(String id) {
        return Optional.ofNullable(get(Set.of(id)).get(id));
    }

    /** What is stored under these ids, and which of them are disabled. Reads their partitions. */
    public Map<String, StoredSubscription> get(Set<String> ids) {
        return withDisablings(store.read(ids, Open.SKIP));
    }

    /** Hands over everything that is stored, one partition after the other, by id within one. Holds one partition in memory. */
    public void forEach(Consumer<StoredSubscription> action) {
        int partitions = kafka.partitions();
        for (int p = 0; p < partitions; p++) {
            new TreeMap<>(withDisablings(store.readPartition(p))).values().forEach(action);
        }
    }

    private Map<String, StoredSubscription> withDisablings(Map<String, StoredSubscription> stored) {
        Map<String, Disabling> disabled = store.disabled(stored.values());
        stored.replaceAll((id, one) -> one.with(disabled.get(id)));
        return stored;
    }

    @Override
    public void close() {
        store.close();
    }

    private static List<Change> statusChanges(List<String> ids, SubscriptionStatus status) {
        return ids.stream().<Change>map(id -> new Change.SetStatus(id, status)).toList();
    }

    /** Outcomes by id and what has to be written for them. */
    private record Evaluation(List<Outcome> outcomes, Map<String, @Nullable Subscription> writes) {
        boolean refused() {
            return outcomes.stream().anyMatch(outcome -> outcome.kind() == Outcome.Kind.REFUSED);
        }
    }

    private List<Outcome> planned(List<? extends Change> changes) {
        return evaluate(changes, Open.SKIP).outcomes;
    }

    private List<Outcome> write(List<? extends Change> changes) {
        Evaluation first = evaluate(changes, Open.SKIP);
        if (first.writes.isEmpty() || first.refused()) {
            return first.outcomes;
        }
        Map<String, Outcome> written = new HashMap<>();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(changes, written);
            } catch (RuntimeException e) {
                if (!Contention.isCauseOf(e)) {
                    throw e;
                }
                if (attempt == ATTEMPTS_MAX) {
                    throw new ContentionException(lock, attempt, e);
                }
                pauseBefore(attempt);
            }
        }
    }

    /**
     * @param written outcomes of earlier attempts that are committed; added to
     */
    private List<Outcome> attempt(List<? extends Change> changes, Map<String, Outcome> written) {
        try (SubscriptionWriter locked = new SubscriptionWriter(kafka.producer(lock), store)) {
            locked.lock();
            List<? extends Change> open = changes.stream()
                    .filter(change -> !written.containsKey(change.id()))
                    .toList();
            Evaluation now = evaluate(open, Open.WAIT);
            if (now.refused() && written.isEmpty()) {
                return now.outcomes;
            }
            Map<String, Outcome> byId = new LinkedHashMap<>();
            now.outcomes.forEach(outcome -> byId.put(outcome.id(), outcome));
            write(locked, now.writes, byId, written);
            byId.putAll(written);
            return changes.stream().map(change -> byId.get(change.id())).toList();
        }
    }

    private static void write(
            SubscriptionWriter locked,
            Map<String, @Nullable Subscription> writes,
            Map<String, Outcome> byId,
            Map<String, Outcome> written) {
        List<Map.Entry<String, @Nullable Subscription>> records = new ArrayList<>(writes.entrySet());
        for (int from = 0; from < records.size(); from += TRANSACTION_RECORDS_MAX) {
            var chunk = records.subList(from, Math.min(records.size(), from + TRANSACTION_RECORDS_MAX));
            locked.write(chunk).forEach((id, offset) -> {
                Outcome outcome = byId.get(id);
                if (outcome != null) {
                    written.put(id, outcome.at(offset));
                }
            });
        }
    }

    private Evaluation evaluate(List<? extends Change> changes, Open open) {
        Map<String, StoredSubscription> stored = store.read(SubscriptionStore.ids(changes), open);
        Map<String, Decision> decisions = new HashMap<>();
        changes.forEach(change -> decisions.put(change.id(), change.decide(stored.get(change.id()), clock.instant())));
        Map<String, Disabling> disabled = disabledAmongKept(stored, decisions);
        TenantLimit limit = new TenantLimit(store, kafka.partitions(), kafka.tenantSubscriptionsMax());
        List<Outcome> outcomes = new ArrayList<>(changes.size());
        Map<String, @Nullable Subscription> writes = new LinkedHashMap<>();
        for (Change change : changes) {
            StoredSubscription current = stored.get(change.id());
            Decision decision = Objects.requireNonNull(decisions.get(change.id()));
            Disabling disabling = disabled.get(change.id());
            if (disabling != null && current != null && current.subscription() != null) {
                Decision enabling = change.enable(current.subscription(), clock.instant());
                decision = enabling == null ? decision : enabling;
            }
            decision = limit.check(current == null ? null : current.subscription(), decision);
            outcomes.add(outcome(change.id(), current, decision, disabling));
            if (decision instanceof Decision.Put put) {
                writes.put(change.id(), put.next());
            } else if (decision instanceof Decision.Remove) {
                writes.put(change.id(), null);
            }
        }
        return new Evaluation(outcomes, writes);
    }

    /** Only what would not be written can stay disabled: any new record of a subscription enables its endpoint. */
    private Map<String, Disabling> disabledAmongKept(
            Map<String, StoredSubscription> stored, Map<String, Decision> decisions) {
        return store.disabled(stored.values().stream()
                .filter(one -> decisions.get(one.id()) instanceof Decision.Keep)
                .toList());
    }

    private Outcome outcome(
            String id, @Nullable StoredSubscription current, Decision decision, @Nullable Disabling disabling) {
        int partition = store.partition(id).partition();
        Subscription readable = current == null ? null : current.subscription();
        long version = readable == null ? 0 : readable.getVersion();
        if (decision instanceof Decision.Put put) {
            Outcome.Kind kind = current == null ? Outcome.Kind.CREATED : Outcome.Kind.UPDATED;
            return new Outcome(id, kind, put.next().getVersion(), partition, -1, put.newSecret(), null, disabling);
        } else if (decision instanceof Decision.Keep keep) {
            Outcome.Kind kind = keep.newSecret() == null ? Outcome.Kind.UNCHANGED : Outcome.Kind.CREATED;
            return new Outcome(id, kind, version, partition, -1, keep.newSecret(), null, disabling);
        } else if (decision instanceof Decision.Refuse refuse) {
            return new Outcome(id, Outcome.Kind.REFUSED, version, partition, -1, null, refuse.why(), null);
        }
        Outcome.Kind kind = decision instanceof Decision.Remove ? Outcome.Kind.DELETED : Outcome.Kind.MISSING;
        return new Outcome(id, kind, 0, partition, -1, null, null, null);
    }

    private void pauseBefore(int attempt) {
        long most = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_MIN << attempt);
        LockSupport.parkNanos(1_000_000 * random.nextLong(BACKOFF_MS_MIN, most + 1));
    }
}
