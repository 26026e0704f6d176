package io.hookline.ops.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;

import io.hookline.schemas.topic.RetryTier;
import io.hookline.schemas.topic.TopicCatalogue;
import io.hookline.schemas.topic.TopicNames;
import io.hookline.schemas.topic.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;

/** The least that each {@link Role} of one installation needs. READ and WRITE bring DESCRIBE along, as Kafka has it. */
public final class AccessRights {
    private final TopicNames names;

    public AccessRights(TopicNames names) {
        this.names = names;
    }

    /** What that role needs, without its principal. */
    public List<Right> of(Role role) {
        return switch (role) {
            case PRODUCER -> producer();
            case ROUTER -> router();
            case DELIVERER -> deliverer();
            case OBSERVER -> observer();
            case OPERATOR -> operator();
            case CREATOR -> creator();
        };
    }

    /**
     * As Kafka takes it.
     *
     * @param principal such as {@code User:router}
     */
    public List<AclBinding> bindings(Role role, String principal) {
        return of(role).stream()
                .flatMap(right -> right.bindings(principal).stream())
                .toList();
    }

    /** Of all event types; a service that emits one type needs that topic only. */
    private List<Right> producer() {
        return List.of(Right.topics(events(), WRITE));
    }

    private List<Right> router() {
        return List.of(
                Right.topics(events(), READ),
                Right.topic(names.subscriptions(), READ),
                Right.topic(names.deliveries(), WRITE, DESCRIBE_CONFIGS),
                Right.topic(names.pipelineDead(), WRITE, DESCRIBE_CONFIGS),
                Right.topic(names.instances(), WRITE),
                Right.group(names.routerGroup()),
                Right.transactionalId(names.routerGroup(), PREFIXED));
    }

    private List<Right> deliverer() {
        return List.of(
                Right.topic(names.deliveries(), READ, DESCRIBE_CONFIGS),
                Right.topic(names.deliveriesReplay(), READ, DESCRIBE_CONFIGS),
                Right.topics(retries(), READ, WRITE, DESCRIBE_CONFIGS),
                Right.topic(names.subscriptions(), READ),
                Right.topic(names.delivererState(), READ, WRITE),
                Right.topic(names.deliveriesDead(), WRITE),
                Right.topic(names.attempts(), WRITE),
                Right.topic(names.operations(), WRITE),
                Right.topic(names.pipelineDead(), WRITE),
                Right.group(names.delivererGroup()),
                Right.transactionalId(names.delivererGroup(), PREFIXED));
    }

    private List<Right> observer() {
        return List.of(
                Right.topics(events(), READ),
                Right.topic(names.subscriptions(), READ),
                Right.topic(names.deliveries(), READ),
                Right.topic(names.deliveriesReplay(), READ),
                Right.topics(retries(), READ),
                Right.topic(names.delivererState(), READ),
                Right.topic(names.deliveriesDead(), READ),
                Right.topic(names.deliveriesDeadMarks(), READ),
                Right.topic(names.attempts(), READ),
                Right.topic(names.pipelineDead(), READ),
                Right.topic(names.replays(), READ),
                Right.topic(names.instances(), READ),
                Right.groupSeen(names.routerGroup()),
                Right.groupSeen(names.delivererGroup()));
    }

    private List<Right> operator() {
        List<Right> all = new ArrayList<>(observer());
        all.add(Right.topic(names.subscriptions(), WRITE));
        all.add(Right.topic(names.deliveriesReplay(), WRITE));
        all.add(Right.topic(names.deliveriesDeadMarks(), WRITE));
        all.add(Right.topic(names.replays(), WRITE));
        all.add(Right.transactionalId(names.prefix() + "hookline.subscriptions", LITERAL));
        all.add(Right.transactionalId(names.prefix() + "hookline.replay.", PREFIXED));
        return List.copyOf(all);
    }

    private List<Right> creator() {
        AclOperation[] operations = {CREATE, DESCRIBE, DESCRIBE_CONFIGS};
        List<Right> all = new ArrayList<>();
        for (TopicSpec topic : new TopicCatalogue(names, TopicCatalogue.DEFAULT_PARTITIONS).pipeline()) {
            all.add(Right.topic(topic.name(), operations));
        }
        all.add(Right.topics(events(), operations));
        return List.copyOf(all);
    }

    private String events() {
        return names.prefix() + "events.";
    }

    private String retries() {
        String one = names.deliveriesRetry(RetryTier.S1);
        return one.substring(0, one.length() - RetryTier.S1.label().length());
    }
}
