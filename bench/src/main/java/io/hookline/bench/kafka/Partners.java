package io.hookline.bench.kafka;

import io.hookline.avro.Breaker;
import io.hookline.avro.Delivery;
import io.hookline.avro.EventHeader;
import io.hookline.avro.Secret;
import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.SigningKey;
import io.hookline.avro.Subscription;
import io.hookline.schemas.event.EventHeaders;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.topic.SubscriptionPartition;
import io.hookline.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Subscriptions with endpoints on a sink, and deliveries for them as the router writes them: 1 KiB of JSON each, signed with one secret, the body
 * in the default format. Endpoint {@code n} belongs to subscription {@code n}. Any thread.
 */
public final class Partners {
    private static final byte[] SECRET = "a-secret-of-32-bytes-for-a-bench".getBytes(StandardCharsets.US_ASCII);

    private final Installation installation;
    private final RecordCodec<Delivery> codec;
    private final int count;

    /**
     * Writes the subscriptions. Blocks until they are there.
     *
     * @param url base of the endpoints' URLs
     * @param more what is not default in them
     */
    public Partners(Installation installation, int count, String url, Consumer<Subscription.Builder> more) {
        this.installation = installation;
        this.count = count;
        this.codec = RecordCodec.of(Delivery.class, installation.registry());
        codec.prepare();
        installation.subscribe(count, i -> subscription(i, url, more));
    }

    private static Subscription subscription(int number, String url, Consumer<Subscription.Builder> more) {
        Subscription.Builder builder = Subscription.newBuilder()
                .setId(Installation.id(number))
                .setTenant(Installation.TENANT)
                .setUrl(url + number)
                .setEventTypes(List.of(Orders.TYPE))
                .setBreaker(Breaker.newBuilder().build())
                .setSigningKeys(List.of(SigningKey.newBuilder()
                        .setAlgorithm(SigningAlgorithm.HMAC_SHA256)
                        .setSecret(new Secret(ByteBuffer.wrap(SECRET), "", ""))
                        .setCreatedAt(Instant.EPOCH)
                        .build()))
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH);
        more.accept(builder);
        return builder.build();
    }

    public int count() {
        return count;
    }

    /** The partition to which an endpoint's subscription belongs. */
    public static int partition(int endpoint) {
        return SubscriptionPartition.of(Installation.id(endpoint), TopicCatalogue.DEFAULT_PARTITIONS);
    }

    /** Delivery {@code number} to the endpoint whose turn it is. */
    public ProducerRecord<byte[], byte[]> delivery(long number) {
        return delivery(number, (int) (number % count));
    }

    public ProducerRecord<byte[], byte[]> delivery(long number, int endpoint) {
        Delivery delivery = Delivery.newBuilder()
                .setEvent(ByteBuffer.wrap(Orders.of(number, endpoint, 1_000_000)))
                .setKey(ByteBuffer.wrap(Installation.utf8(Orders.customer(endpoint))))
                .setHeaders(List.of(
                        header(EventHeaders.ID, "e" + number),
                        header(EventHeaders.SOURCE, "/bench"),
                        header(EventHeaders.TYPE, Orders.TYPE),
                        header(EventHeaders.TENANT, Installation.TENANT),
                        header(EventHeaders.CONTENT_TYPE, "application/json")))
                .setTopic(installation.names().events(Orders.TYPE))
                .setPartition(0)
                .setOffset(number)
                .setRecordedAt(Instant.now())
                .setType(Orders.TYPE)
                .setTenant(Installation.TENANT)
                .setSubscriptions(List.of(Installation.id(endpoint)))
                .setSubscriptionsOffset(-1)
                .build();
        return new ProducerRecord<>(
                installation.names().deliveries(), partition(endpoint), null, codec.encode(delivery));
    }

    private static EventHeader header(String name, String value) {
        return new EventHeader(name, ByteBuffer.wrap(Installation.utf8(value)));
    }

    /** The body of the POST of a delivery of order {@code number}, as long as a deliverer's. */
    public static byte[] body(long number) {
        byte[] head = Installation.utf8(
                "{\"type\":\"" + Orders.TYPE + "\",\"timestamp\":\"2026-11-24T04:07:02.123Z\",\"data\":");
        byte[] order = Orders.of(number, 0, 1_000_000);
        ByteBuffer body = ByteBuffer.allocate(head.length + order.length + 1);
        body.put(head).put(order).put((byte) '}');
        return body.array();
    }

    /** The number of the order in a POST's body, from {@code from} to before {@code to}. */
    public static long order(byte[] bytes, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (bytes[i] == '{') {
                return Orders.number(bytes, i);
            }
        }
        throw new IllegalStateException(
                "A POST came without an order: " + new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
}
