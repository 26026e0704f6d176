package io.hookline.ops.replay;

import io.hookline.avro.ReplayRule;
import io.hookline.avro.Subscription;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.router.filter.Filter;
import io.hookline.router.filter.InvalidFilterException;
import io.hookline.router.index.IndexedMatcher;
import io.hookline.router.match.Matcher;
import io.hookline.router.match.Route;
import io.hookline.router.match.TypePattern;
import io.hookline.router.route.EventRouter;
import io.hookline.router.route.Fault;
import io.hookline.router.route.Routing;
import io.hookline.router.route.Schemas;
import io.hookline.router.route.SourceEvent;
import io.hookline.router.route.UnknownSchemaException;
import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Whether an event satisfies some rules, by the router's own code; when a subscription was created does not count. One thread. */
public final class EventMatch {
    private static final int ONLY_PARTITION = 0;

    /** What a delivery needs beside the event's bytes and headers: names, numbers and lengths, generously. */
    private static final int ADDED_BYTES_MAX = 4 * 1024;

    private final List<Rule> rules = new ArrayList<>();

    private record Rule(List<TypePattern> types, EventRouter router) {
        boolean wants(String type) {
            return types.stream().anyMatch(pattern -> pattern.matches(type));
        }
    }

    /** What an event comes to. */
    public sealed interface Outcome {
        /** It matches; as it would be routed. */
        record Matches(String type, @Nullable String tenant) implements Outcome {}

        /** It does not match. */
        record Not() implements Outcome {}

        /** It is of a type that is wanted, but cannot be routed or delivered. */
        record Unreadable(String detail) implements Outcome {}
    }

    /**
     * @param rules all of which must match; at least one
     * @throws IllegalArgumentException where a rule is not usable
     */
    public EventMatch(KafkaConnection kafka, List<ReplayRule> rules) {
        for (ReplayRule rule : rules) {
            List<TypePattern> types =
                    rule.getEventTypes().stream().map(TypePattern::parse).toList();
            Matcher matcher = new IndexedMatcher();
            matcher.put(new Route(
                    "rule", ONLY_PARTITION, rule.getTenant(), types, filter(rule.getFilter()), Long.MIN_VALUE));
            this.rules.add(new Rule(
                    types, new EventRouter(kafka.names(), kafka.tenantsFrom(), 1, matcher, schemas(kafka.registry()))));
        }
    }

    /** What a subscription asks of an event. */
    public static ReplayRule rule(Subscription subscription, boolean ignoreFilter) {
        return ReplayRule.newBuilder()
                .setTenant(subscription.getPlatformWide() ? null : subscription.getTenant())
                .setEventTypes(List.copyOf(subscription.getEventTypes()))
                .setFilter(ignoreFilter ? null : subscription.getFilter())
                .build();
    }

    public Outcome of(ConsumerRecord<byte[], byte[]> read) {
        SourceEvent event = new SourceEvent(
                read.topic(),
                read.partition(),
                read.offset(),
                read.timestamp(),
                read.key(),
                read.value(),
                read.headers());
        String type = "";
        String tenant = null;
        Fault fault = null;
        for (Rule rule : rules) {
            Routing routing = rule.router.route(event);
            type = routing.type();
            tenant = routing.tenant();
            if (!rule.wants(type) || (routing.fanOut().partitions().isEmpty() && routing.fault() == null)) {
                return new Outcome.Not();
            }
            if (routing.fanOut().partitions().isEmpty()) {
                fault = routing.fault();
            }
        }
        if (fault != null) {
            return new Outcome.Unreadable(fault.detail());
        }
        return isTooLarge(read)
                ? new Outcome.Unreadable("It is too large to be delivered.")
                : new Outcome.Matches(type, tenant);
    }

    private static boolean isTooLarge(ConsumerRecord<byte[], byte[]> read) {
        long bytes = ADDED_BYTES_MAX
                + (long) Math.max(0, read.serializedValueSize())
                + Math.max(0, read.serializedKeySize());
        for (Header header : read.headers()) {
            bytes += 3L * header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes > TopicCatalogue.RECORD_BYTES_MAX;
    }

    private static @Nullable Filter filter(@Nullable String pattern) {
        try {
            return pattern == null ? null : Filter.parse(pattern);
        } catch (InvalidFilterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** A registry that is down ends the command; an id that it does not know is the event's fault. */
    private static Schemas schemas(SchemaRegistryClient registry) {
        return id -> {
            try {
                return registry.byId(id);
            } catch (RegistryException e) {
                if (e.poison()) {
                    throw new UnknownSchemaException(String.valueOf(e.getMessage()));
                }
                throw e;
            }
        };
    }
}
