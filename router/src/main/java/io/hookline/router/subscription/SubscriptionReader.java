package io.hookline.router.subscription;

import io.hookline.avro.Subscription;
import io.hookline.router.filter.Filter;
import io.hookline.router.filter.InvalidFilterException;
import io.hookline.router.match.Route;
import io.hookline.router.match.TypePattern;
import io.hookline.router.route.Schemas;
import io.hookline.router.route.UnknownSchemaException;
import io.hookline.schemas.UnsupportedFormatException;
import io.hookline.schemas.serde.Decoded;
import io.hookline.schemas.serde.RecordCodec;
import io.hookline.schemas.serde.UndecodableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes routes of the records of the subscriptions topic. Checks only what routing stands on: endpoint, signing and the like are the
 * deliverer's to judge, and an enum's symbol that is newer than this program changes nothing here. For one thread.
 */
final class SubscriptionReader {
    private final RecordCodec<Subscription> codec;
    private final Schemas schemas;
    private final Shared shared = new Shared();

    SubscriptionReader(RecordCodec<Subscription> codec, Schemas schemas) {
        this.codec = codec;
        this.schemas = schemas;
    }

    /**
     * The route in a record's value. Blocks while its schema has to be asked for.
     *
     * @param id the record's key
     * @throws InvalidSubscriptionException with every reason
     */
    Route read(String id, int partition, byte[] value) throws InvalidSubscriptionException {
        Subscription subscription = decode(value);
        if (!id.equals(subscription.getId())) {
            throw new InvalidSubscriptionException("Its key '" + id + "' and its id '" + subscription.getId()
                    + "' differ: write it with its id as key.");
        }
        List<String> problems = new ArrayList<>();
        Route route = new Route(
                id,
                partition,
                tenant(subscription, problems),
                types(subscription, problems),
                filter(subscription, problems),
                subscription.getCreatedAt().toEpochMilli());
        if (!problems.isEmpty()) {
            throw new InvalidSubscriptionException(String.join(" ", problems));
        }
        return route;
    }

    private Subscription decode(byte[] value) throws InvalidSubscriptionException {
        try {
            Decoded<Subscription> decoded = codec.decode(value);
            while (decoded instanceof Decoded.NeedsSchema<Subscription> needed) {
                schemas.require(needed.schemaId());
                decoded = codec.decode(value);
            }
            return ((Decoded.Value<Subscription>) decoded).value();
        } catch (UndecodableException | UnknownSchemaException e) {
            throw new InvalidSubscriptionException("It cannot be decoded: " + e.getMessage());
        } catch (UnsupportedFormatException e) {
            throw new InvalidSubscriptionException(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable String tenant(Subscription subscription, List<String> problems) {
        String tenant = subscription.getTenant();
        if ((tenant == null || tenant.isEmpty()) && !subscription.getPlatformWide()) {
            problems.add("It has no tenant and is not platform-wide: give it one of the two.");
        } else if (tenant != null && subscription.getPlatformWide()) {
            problems.add("It has the tenant '" + tenant + "' and is platform-wide: give it one of the two.");
        }
        return tenant == null ? null : shared.tenant(tenant);
    }

    private List<TypePattern> types(Subscription subscription, List<String> problems) {
        List<String> texts = subscription.getEventTypes();
        List<TypePattern> known = shared.types(texts);
        if (known != null) {
            return known;
        }
        List<TypePattern> types = new ArrayList<>();
        for (String text : texts) {
            try {
                types.add(TypePattern.parse(text));
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (texts.isEmpty()) {
            problems.add("It has no event types: give it at least one, or * for all.");
        } else if (types.size() == texts.size()) {
            types = List.copyOf(types);
            shared.remember(texts, types);
        }
        return types;
    }

    private static @Nullable Filter filter(Subscription subscription, List<String> problems) {
        String pattern = subscription.getFilter();
        try {
            return pattern == null ? null : Filter.parse(pattern);
        } catch (InvalidFilterException e) {
            problems.add("Its filter is not usable: " + e.getMessage());
            return null;
        }
    }
}
