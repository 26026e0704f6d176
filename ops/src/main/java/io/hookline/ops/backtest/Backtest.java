package io.hookline.ops.backtest;

import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.Preview;
import io.hookline.deliverer.render.Rendition;
import io.hookline.ops.dead.EventText;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.kafka.PartitionReader;
import io.hookline.ops.kafka.PartitionReader.Open;
import io.hookline.ops.replay.EventMatch;
import io.hookline.ops.replay.Window;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** One subscription against the events of a time. Memory holds the samples and a count for each type and kind of error. */
public final class Backtest {
    private static final int GROUPS_MAX = 1_000;
    private static final String OTHERS = "(others)";

    private final EventMatch match;
    private final Preview preview;
    private final String subscription;
    private final int samplesMax;
    private final Map<String, Long> byType = new TreeMap<>();
    private final Map<String, Long> errors = new TreeMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private long events;
    private long matched;
    private long rendered;
    private long unreadable;
    private long bodyBytes;

    /**
     * An event that matched.
     *
     * @param position {@code TOPIC-PARTITION@OFFSET}
     * @param body what the endpoint would receive; null where there is none
     * @param error why there is none; null where there is
     */
    public record Sample(
            String position,
            Instant recordedAt,
            String type,
            @Nullable String body,
            @Nullable String error) {}

    /**
     * What it came to.
     *
     * @param events read
     * @param matched of them
     * @param rendered of those: a body could be made
     * @param unreadable of the wanted types, but not routable
     * @param bodyBytes of all bodies together
     * @param byType matched, by event type
     * @param errors why no body could be made, with how often
     */
    public record Result(
            long events,
            long matched,
            long rendered,
            long unreadable,
            long bodyBytes,
            Map<String, Long> byType,
            Map<String, Long> errors,
            List<Sample> samples) {}

    private Backtest(KafkaConnection kafka, Subscription subscription, Map<String, String> settings, int samplesMax) {
        this.match = new EventMatch(kafka, List.of(EventMatch.rule(subscription, false)));
        this.preview = new Preview(subscription, settings, kafka.registry());
        this.subscription = subscription.getId();
        this.samplesMax = samplesMax;
    }

    /**
     * Runs it.
     *
     * @param settings as a deliverer's
     * @param samplesMax samples to keep: errors first, else the first that match
     * @param progress told how many more events were read
     * @throws IllegalArgumentException where the subscription cannot be delivered to, saying what to mend
     */
    public static Result run(
            KafkaConnection kafka,
            Subscription subscription,
            Map<String, String> settings,
            Instant from,
            @Nullable Instant to,
            int samplesMax,
            LongConsumer progress) {
        Backtest test = new Backtest(kafka, subscription, settings, samplesMax);
        try (PartitionReader reader = new PartitionReader(kafka)) {
            Window window = Window.of(kafka, reader, from, to);
            reader.read(
                    window.firsts(),
                    window.ends(),
                    Open.SKIP,
                    read -> {
                        test.event(read);
                        progress.accept(1);
                    },
                    () -> false);
        }
        return new Result(
                test.events,
                test.matched,
                test.rendered,
                test.unreadable,
                test.bodyBytes,
                Map.copyOf(test.byType),
                Map.copyOf(test.errors),
                List.copyOf(test.samples));
    }

    private void event(ConsumerRecord<byte[], byte[]> read) {
        events++;
        EventMatch.Outcome outcome = match.of(read);
        if (outcome instanceof EventMatch.Outcome.Unreadable) {
            unreadable++;
        } else if (outcome instanceof EventMatch.Outcome.Matches matches) {
            matched++;
            count(byType, matches.type());
            Delivery delivery = delivery(read, matches);
            Rendition rendition = preview.of(delivery, EventText.attributes(delivery));
            String body = null;
            String error = null;
            if (rendition instanceof Rendition.Body made) {
                rendered++;
                bodyBytes += made.bytes().length;
                body = new String(made.bytes(), StandardCharsets.UTF_8);
            } else {
                error = error(rendition);
                count(errors, error);
            }
            sample(new Sample(
                    read.topic() + "-" + read.partition() + "@" + read.offset(),
                    Instant.ofEpochMilli(read.timestamp()),
                    matches.type(),
                    body,
                    error));
        }
    }

    /** An error takes the place of a body: it says more. */
    private void sample(Sample sample) {
        if (samples.size() < samplesMax) {
            samples.add(sample);
            return;
        }
        for (int i = samples.size() - 1; sample.error() != null && i >= 0; i--) {
            if (samples.get(i).error() == null) {
                samples.set(i, sample);
                return;
            }
        }
    }

    private static void count(Map<String, Long> counts, String key) {
        counts.merge(counts.containsKey(key) || counts.size() < GROUPS_MAX ? key : OTHERS, 1L, Long::sum);
    }

    private static String error(Rendition rendition) {
        if (rendition instanceof Rendition.Unreadable fault) {
            return fault.detail();
        }
        return rendition instanceof Rendition.NotNow later ? later.detail() : rendition.toString();
    }

    private Delivery delivery(ConsumerRecord<byte[], byte[]> read, EventMatch.Outcome.Matches matches) {
        List<EventHeader> headers = new ArrayList<>();
        for (Header header : read.headers()) {
            byte[] value = header.value();
            headers.add(new EventHeader(header.key(), value == null ? null : ByteBuffer.wrap(value)));
        }
        return Delivery.newBuilder()
                .setEvent(ByteBuffer.wrap(read.value()))
                .setHeaders(headers)
                .setTopic(read.topic())
                .setPartition(read.partition())
                .setOffset(read.offset())
                .setRecordedAt(Instant.ofEpochMilli(read.timestamp()))
                .setType(matches.type())
                .setTenant(matches.tenant())
                .setSubscriptions(List.of(subscription))
                .build();
    }
}
