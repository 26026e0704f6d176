package io.hookline.prove.evidence;

import io.hookline.avro.Attempt;
import io.hookline.avro.Checkpoint;
import io.hookline.avro.DeadLetter;
import io.hookline.avro.Delivery;
import io.hookline.avro.PipelineDead;
import io.hookline.avro.Retry;
import io.hookline.avro.Subscription;
import io.hookline.prove.check.Attempted;
import io.hookline.prove.check.Commit;
import io.hookline.prove.check.Event;
import io.hookline.prove.check.Evidence;
import io.hookline.prove.check.Interruption;
import io.hookline.prove.check.Note;
import io.hookline.prove.check.Wanted;
import io.hookline.prove.receive.ReceiverLog;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Reads all topics and logs of a run that is over. */
public final class Collector {
    private static final String CHECKPOINT = "checkpoint";

    private final Topics topics;
    private final TopicNames names = Topics.names();
    private final List<Note> notes = new ArrayList<>();

    Collector(Topics topics) {
        this.topics = topics;
    }

    /**
     * The evidence. Blocks until everything is read.
     *
     * @param connection {@code bootstrap.servers} and {@code schema.registry.url}
     * @param types all event types of the run
     * @param hasLog whether the receiver of a subscription keeps a log
     * @param acknowledged file of ids, one a line
     * @param requests the receivers' log
     */
    public static Evidence collect(
            Map<String, String> connection,
            List<String> types,
            Predicate<String> hasLog,
            Path acknowledged,
            Path requests,
            List<Interruption> interruptions,
            long startedAtMs) {
        try (Topics topics = new Topics(connection)) {
            Collector collector = new Collector(topics);
            collector.readNotes();
            return new Evidence(
                    startedAtMs,
                    lines(acknowledged),
                    collector.events(types),
                    collector.subscriptions(hasLog),
                    ReceiverLog.read(requests),
                    collector.attempts(),
                    List.copyOf(collector.notes),
                    collector.commits(),
                    interruptions,
                    collector.pipelineDead());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> lines(Path file) throws IOException {
        return new HashSet<>(Files.readAllLines(file));
    }

    List<Event> events(List<String> types) {
        Records records = new Records(topics.registry());
        List<Event> events = new ArrayList<>();
        for (String type : types) {
            topics.read(names.events(type), record -> events.add(records.event(record)));
        }
        events.sort(Comparator.comparing(Event::topic)
                .thenComparingInt(Event::partition)
                .thenComparingLong(Event::offset));
        return events;
    }

    List<Wanted> subscriptions(Predicate<String> hasLog) {
        Map<String, Wanted> newest = new HashMap<>();
        RecordCodec<Subscription> codec = topics.codec(Subscription.class);
        topics.read(names.subscriptions(), record -> {
            String id = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                newest.remove(id);
            } else {
                Subscription subscription = codec.decodeBlocking(record.value());
                newest.put(id, Records.wanted(subscription, record.partition(), hasLog.test(id)));
            }
        });
        return List.copyOf(newest.values());
    }

    private List<Attempted> attempts() {
        List<Attempted> attempts = new ArrayList<>();
        topics.read(
                names.attempts(),
                Attempt.class,
                (attempt, record) -> attempts.add(Records.attempted(attempt, record.offset())));
        return attempts;
    }

    private void readNotes() {
        topics.read(
                names.deliveries(),
                Delivery.class,
                (delivery, record) -> delivery.getSubscriptions()
                        .forEach(subscription -> notes.add(new Note(
                                Note.Kind.ROUTED,
                                Records.webhookId(delivery, subscription),
                                subscription,
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                record.timestamp(),
                                "routed, with " + delivery.getSubscriptions().size()
                                        + " subscriptions in the record"))));
        for (RetryTier tier : RetryTier.values()) {
            topics.read(names.deliveriesRetry(tier), Retry.class, (retry, record) -> {
                String subscription = retry.getDelivery().getSubscriptions().get(0);
                notes.add(new Note(
                        Note.Kind.RETRY,
                        Records.webhookId(retry.getDelivery(), subscription),
                        subscription,
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        "to be tried after " + retry.getState().getAttempts() + " attempts, not before "
                                + retry.getState().getNotBefore()));
            });
        }
        topics.read(
                names.deliveriesDead(),
                DeadLetter.class,
                (letter, record) -> notes.add(new Note(
                        Note.Kind.DEAD,
                        String.valueOf(letter.getWebhookId()),
                        letter.getSubscription(),
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        "dead after " + letter.getAttempts() + " attempts, " + letter.getCause() + ": "
                                + letter.getDetail())));
    }

    private List<Commit> commits() {
        List<Commit> commits = new ArrayList<>();
        RecordCodec<Checkpoint> codec = topics.codec(Checkpoint.class);
        topics.read(names.delivererState(), record -> {
            if (record.value() != null && new String(record.key(), StandardCharsets.UTF_8).equals(CHECKPOINT)) {
                commits.add(Records.commit(codec.decodeBlocking(record.value()), record.partition(), record.offset()));
            }
        });
        return commits;
    }

    private List<String> pipelineDead() {
        List<String> lines = new ArrayList<>();
        topics.read(
                names.pipelineDead(),
                PipelineDead.class,
                (dead, record) -> lines.add(dead.getStage() + " " + dead.getFault() + " " + dead.getTopic() + "-"
                        + dead.getPartition() + "@" + dead.getOffset() + ": " + dead.getDetail()));
        return lines;
    }
}
