package io.hookline.deliverer;

import io.hookline.avro.Delivery;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.endpoint.Endpoint;
import io.hookline.deliverer.render.Recipe;
import io.hookline.deliverer.render.Renderer;
import io.hookline.deliverer.render.Rendition;
import io.hookline.schemas.event.EventAttributes;
import io.hookline.schemas.registry.SchemaRegistryClient;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes the body that a subscription's endpoint would receive, as a delivery makes it, and sends nothing. For commands: blocks while
 * schemas are asked for and transforms run. One thread.
 */
public final class Preview {
    private static final long PATIENCE_SECONDS = 30;

    private final SchemaRegistryClient registry;
    private final Renderer renderer;
    private final Endpoint endpoint;

    /**
     * @param settings as a deliverer's
     * @throws IllegalArgumentException where the subscription cannot be delivered to, saying what to mend
     */
    public Preview(Subscription subscription, Map<String, String> settings, SchemaRegistryClient registry) {
        this.registry = registry;
        this.renderer = new Renderer(registry);
        DelivererSettings parsed = DelivererSettings.parse(settings);
        this.endpoint = Endpoint.of(parsed.secrets().open(subscription), parsed.defaults());
    }

    /** The body, or why there is none. */
    public Rendition of(Delivery delivery, EventAttributes attributes) {
        Recipe recipe = endpoint.recipe(delivery.getType());
        Rendition rendition = renderer.render(delivery, attributes, recipe);
        while (rendition instanceof Rendition.NeedsSchema needed) {
            var unused = registry.byId(needed.schemaId());
            rendition = renderer.render(delivery, attributes, recipe);
        }
        return rendition instanceof Rendition.Pending pending ? await(pending) : rendition;
    }

    private static Rendition await(Rendition.Pending pending) {
        try {
            return pending.result().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Rendition.NotNow("Interrupted.");
        } catch (ExecutionException | TimeoutException e) {
            return new Rendition.NotNow("It was not made within " + PATIENCE_SECONDS + " s.");
        }
    }
}
