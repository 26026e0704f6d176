package io.hookline.deliverer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.avro.Delivery;
import io.hookline.avro.PayloadFormat;
import io.hookline.avro.Reason;
import io.hookline.deliverer.render.Recipe;
import io.hookline.deliverer.render.Rendition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class GroupTest {
    private static final Recipe STANDARD = Recipe.of(PayloadFormat.STANDARD);

    private final List<Recipe> rendered = new ArrayList<>();
    private final Group group = new Group(
            new Origin() {
                @Override
                public void finish(Target target, int part) {}

                @Override
                public void park(Target target, int part, Reason why, long nowMs) {}
            },
            Delivery.newBuilder()
                    .setEvent(ByteBuffer.wrap(new byte[1]))
                    .setHeaders(List.of())
                    .setTopic("events.a")
                    .setPartition(0)
                    .setOffset(0)
                    .setRecordedAt(Instant.EPOCH)
                    .setType("a")
                    .setSubscriptions(List.of("s1", "s2"))
                    .build(),
            new ConsumerRecord<>("deliveries", 0, 0, new byte[0], new byte[9]));

    private Rendition render(Recipe recipe, Rendition answer) {
        return group.rendition(recipe, asked -> {
            rendered.add(asked);
            return answer;
        });
    }

    @Test
    void shouldRenderOnceForAllSubscriptionsOfEqualRecipesAndShareTheBytes() {
        byte[] bytes = {1, 2, 3};
        Rendition first = render(STANDARD, new Rendition.Body(bytes, "a/b"));
        Rendition second = render(Recipe.of(PayloadFormat.STANDARD), new Rendition.Body(new byte[] {4}, "a/b"));
        Rendition other = render(Recipe.of(PayloadFormat.RAW), new Rendition.Body(new byte[] {5}, "a/b"));

        assertThat(((Rendition.Body) second).bytes()).isSameAs(bytes);
        assertThat(second).isSameAs(first);
        assertThat(other).isNotSameAs(first);
        assertThat(rendered).containsExactly(STANDARD, Recipe.of(PayloadFormat.RAW));
    }

    @Test
    void shouldWaitTogetherForWhatIsBeingMadeAndThenShareIt() {
        CompletableFuture<Rendition> made = new CompletableFuture<>();
        Rendition pending = render(STANDARD, new Rendition.Pending(made));
        assertThat(render(STANDARD, pending)).isSameAs(pending);
        Rendition body = new Rendition.Body(new byte[1], "a/b");
        made.complete(body);
        assertThat(render(STANDARD, pending)).isSameAs(body);
        assertThat(rendered).hasSize(1);
    }

    @Test
    void shouldAskAnewWhereWhatIsMissingMayHaveCome() {
        render(STANDARD, new Rendition.NeedsSchema(7));
        render(STANDARD, new Rendition.NotNow("silence"));
        Rendition body = render(STANDARD, new Rendition.Body(new byte[1], "a/b"));
        assertThat(render(STANDARD, new Rendition.NeedsSchema(7))).isSameAs(body);
        assertThat(rendered).hasSize(3);
    }
}
