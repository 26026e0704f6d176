package io.hookline.ops.access;

import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What may be done with one thing, or with all things whose name begins so.
 *
 * @param kind topic, group or transactional id
 * @param name full name, or what it begins with
 * @param pattern which of the two
 * @param operations in the order of the documentation
 */
public record Right(ResourceType kind, String name, PatternType pattern, List<AclOperation> operations) {
    static Right topic(String name, AclOperation... operations) {
        return new Right(ResourceType.TOPIC, name, PatternType.LITERAL, List.of(operations));
    }

    static Right topics(String start, AclOperation... operations) {
        return new Right(ResourceType.TOPIC, start, PatternType.PREFIXED, List.of(operations));
    }

    static Right group(String name) {
        return new Right(ResourceType.GROUP, name, PatternType.LITERAL, List.of(AclOperation.READ));
    }

    /** To see its members and how far it is, not to join it. */
    static Right groupSeen(String name) {
        return new Right(ResourceType.GROUP, name, PatternType.LITERAL, List.of(AclOperation.DESCRIBE));
    }

    static Right transactionalId(String name, PatternType pattern) {
        return new Right(ResourceType.TRANSACTIONAL_ID, name, pattern, List.of(AclOperation.WRITE));
    }

    /** For that principal, from any host. */
    List<AclBinding> bindings(String principal) {
        ResourcePattern resource = new ResourcePattern(kind, name, pattern);
        return operations.stream()
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
