package io.hookline.deliverer.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static Output output(Object owner, int bytes) {
        return new Output(owner, new ProducerRecord<>("t", new byte[bytes]));
    }

    @Test
    void shouldHandOutInOrderAndBeEmptyThen() {
        Outbox outbox = new Outbox();
        Output first = output("a", 3);
        Output tombstone = new Output("a", new ProducerRecord<>("t", new byte[1], null));
        outbox.add(first);
        outbox.add(tombstone);
        assertThat(outbox.size()).isEqualTo(2);
        assertThat(outbox.bytes()).isEqualTo(3);
        assertThat(outbox.drain()).containsExactly(first, tombstone);
        assertThat(outbox.size()).isZero();
        assertThat(outbox.bytes()).isZero();
        assertThat(outbox.drain()).isEmpty();
    }

    @Test
    void shouldPutBackBeforeWhatCameSince() {
        Outbox outbox = new Outbox();
        Output lost = output("lost", 1);
        Output kept = output("kept", 2);
        Output since = output("kept", 4);
        outbox.add(lost);
        outbox.add(kept);
        List<Output> notWritten = outbox.drain();
        outbox.add(since);
        outbox.putBack(notWritten, owner -> owner.equals("kept"));
        assertThat(outbox.bytes()).isEqualTo(6);
        assertThat(outbox.drain()).containsExactly(kept, since);
    }

    @Test
    void shouldForgetWhatBelongsToNobody() {
        Outbox outbox = new Outbox();
        Output kept = output("kept", 2);
        outbox.add(output("lost", 1));
        outbox.add(kept);
        outbox.retain(owner -> owner.equals("kept"));
        assertThat(outbox.bytes()).isEqualTo(2);
        assertThat(outbox.drain()).containsExactly(kept);
    }

    /** Batches that are written or not, ownerships that come and go: what is owned is neither lost nor doubled nor reordered. */
    @Property(tries = 500)
    void shouldKeepTheOrderOfEveryOwnerWhateverBecomesOfBatches(
            @ForAll @Size(max = 100) List<@IntRange(max = 9) Integer> steps) {
        Outbox outbox = new Outbox();
        Set<Object> owners = new HashSet<>(Set.of(0, 1, 2));
        List<Output> expected = new ArrayList<>();
        List<Output> written = new ArrayList<>();
        int number = 0;
        for (int step : steps) {
            if (step < 6) {
                int owner = step % 3;
                if (owners.contains(owner)) {
                    Output output = output(owner, number++);
                    outbox.add(output);
                    expected.add(output);
                }
            } else if (step == 6) {
                List<Output> batch = outbox.drain();
                outbox.add(output("since", 0));
                outbox.putBack(batch, owners::contains);
                assertThat(outbox.drain().get(batch.size()).owner()).isEqualTo("since");
                outbox.putBack(batch, owners::contains);
            } else if (step == 7) {
                written.addAll(outbox.drain());
            } else if (step == 8 && owners.size() > 1) {
                Object gone = owners.iterator().next();
                owners.remove(gone);
                outbox.retain(owners::contains);
                expected.removeIf(output -> output.owner().equals(gone) && !written.contains(output));
            }
            assertThat(outbox.bytes())
                    .isEqualTo(expected.stream()
                            .filter(output -> !written.contains(output))
                            .mapToLong(Output::bytes)
                            .sum());
        }
        written.addAll(outbox.drain());
        assertThat(written).containsExactlyElementsOf(expected);
    }
}
