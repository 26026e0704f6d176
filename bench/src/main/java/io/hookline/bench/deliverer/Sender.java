package io.hookline.bench.deliverer;

import io.hookline.bench.kafka.Flood;
import io.hookline.bench.kafka.Installation;
import io.hookline.bench.kafka.Partners;
import io.hookline.bench.kafka.Stage;
import io.hookline.bench.measure.Contestant;
import io.hookline.bench.measure.Measured;
import io.hookline.bench.process.Child;
import io.hookline.bench.process.Role;
import io.hookline.bench.process.Work;
import io.hookline.bench.sink.Sink;
import io.hookline.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One of those that make POSTs, in its own process and with its own topics, as a contestant: each turn lasts about as long as the others', so a slow
 * one gets less to do.
 */
final class Sender implements Contestant {
    private final String name;
    private final Child process;
    private final SinkWatch watch;
    private final Begin begin;
    private final double seconds;
    private int next;

    /** Lets a sender make so many POSTs; the answer runs once they have arrived. */
    @FunctionalInterface
    private interface Begin {
        Prepared prepare(int count);
    }

    /** Work that is ready to be seen. */
    private record Prepared(Runnable start, Runnable end) {}

    private Sender(String name, Child process, SinkWatch watch, Begin begin, double seconds, int first) {
        this.name = name;
        this.process = process;
        this.watch = watch;
        this.begin = begin;
        this.seconds = seconds;
        this.next = first;
    }

    /** How its turns are. */
    record Turns(SinkWatch watch, double seconds, int first) {}

    /** The bare client: no Kafka. */
    static Sender bare(Stage stage, String name, Sink sink, int endpoints, int inFlight, Turns turns) {
        Work work = new Work("", "", "", "", "", sink.url(), endpoints, inFlight);
        Child process = stage.add(Child.startReady(Role.Kind.BARE_CLIENT, work.settings()));
        String body = new String(Partners.body(1), StandardCharsets.UTF_8);
        return new Sender(
                name,
                process,
                turns.watch(),
                count -> new Asked(process, count + " " + body).prepared(),
                turns.seconds(),
                turns.first());
    }

    /** A question that takes as long as the POSTs it asks for. */
    private static final class Asked {
        private final Child process;
        private final String question;
        private CompletableFuture<String> failed = CompletableFuture.completedFuture("");

        Asked(Child process, String question) {
            this.process = process;
            this.question = question;
        }

        Prepared prepared() {
            return new Prepared(
                    () -> failed = CompletableFuture.supplyAsync(() -> process.ask(question)), this::requireSuccess);
        }

        private void requireSuccess() {
            if (!failed.join().equals("0")) {
                throw new IllegalStateException(failed.join() + " POSTs of the bare client failed.");
            }
        }
    }

    /** A deliverer with all defaults. */
    static Sender deliverer(Stage stage, String name, Sink sink, int endpoints, Turns turns)
            throws ExecutionException, InterruptedException, TimeoutException {
        Installation installation = new Installation(stage, "hookline.", true);
        Partners partners = new Partners(installation, endpoints, sink.url(), subscription -> {});
        Child process = stage.add(Child.startReady(Role.Kind.DELIVERER, installation.settings()));
        return flooded(stage, name, installation, process, partners::delivery, turns);
    }

    /** A peer: the same bodies, to be sent as they are. */
    static Sender peer(Stage stage, String name, Role.Kind kind, Sink sink, int endpoints, int inFlight, Turns turns)
            throws ExecutionException, InterruptedException, TimeoutException {
        Installation installation =
                new Installation(stage, kind.name().toLowerCase(java.util.Locale.ROOT) + ".", false);
        String topic = installation.names().prefix() + "bodies";
        String attempts = installation.names().attempts();
        int partitions = TopicCatalogue.DEFAULT_PARTITIONS;
        installation
                .admin()
                .createTopics(List.of(
                        new NewTopic(topic, partitions, (short) 1), new NewTopic(attempts, partitions, (short) 1)))
                .all()
                .get();
        Work work = new Work(
                stage.bootstrapServers(),
                stage.registryUrl(),
                topic,
                installation.names().prefix() + "group",
                attempts,
                sink.url(),
                endpoints,
                inFlight);
        Child process = stage.add(Child.startReady(kind, work.settings()));
        LongFunction<ProducerRecord<byte[], byte[]>> records = number -> {
            int endpoint = (int) (number % endpoints);
            return new ProducerRecord<>(
                    topic,
                    Partners.partition(endpoint),
                    Integer.toString(endpoint).getBytes(StandardCharsets.US_ASCII),
                    Partners.body(number));
        };
        return flooded(stage, name, installation, process, records, turns);
    }

    private static Sender flooded(
            Stage stage,
            String name,
            Installation installation,
            Child process,
            LongFunction<ProducerRecord<byte[], byte[]>> records,
            Turns turns) {
        Flood flood = stage.add(new Flood(installation));
        return new Sender(
                name,
                process,
                turns.watch(),
                count -> {
                    flood.write(count, records);
                    return new Prepared(flood::open, () -> {});
                },
                turns.seconds(),
                turns.first());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Measured round() {
        int count = next;
        Prepared prepared = begin.prepare(count);
        Measured measured = watch.run(count, process, prepared.start(), prepared.end());
        next = (int) Math.max(count / 4, Math.min(4L * count, Math.round(measured.perSecond() * seconds)));
        return measured;
    }

    Child process() {
        return process;
    }
}
