package io.hookline.ops.access;

import io.hookline.schemas.topic.TopicNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** {@link AccessRights} as a shell script around Kafka's own {@code kafka-acls.sh}: the one that is shipped. */
public final class AclScript {
    /** A prefix that no name of ours contains, in place of the one that the script is told. */
    private static final TopicNames ANY = new TopicNames("-PREFIX-");

    private static final String HEAD = """
            #!/bin/sh
            # The least that each principal of Hookline needs to be allowed in Kafka, as docs/security.md lists it. Made from the code; a test runs the
            # pipeline on a secured Kafka with exactly these.
            #
            #   KAFKA_ACLS="/opt/kafka/bin/kafka-acls.sh --bootstrap-server kafka:9093 --command-config admin.properties" \\
            #     ./kafka-acls.sh ROLE PRINCIPAL [TOPICS_PREFIX]
            #
            #   ROLE       ROLES
            #   PRINCIPAL  such as User:hookline-router
            #
            # What ACLs cannot say: with SSL or SASL turned on, a principal without any ACL may still do nothing only where the broker has an authorizer
            # and allow.everyone.if.no.acl.found=false.
            set -eu
            usage() { echo "usage: $0 ROLE PRINCIPAL [TOPICS_PREFIX]; KAFKA_ACLS is the command to run" >&2; exit 2; }
            [ $# -ge 2 ] || usage
            ROLE=$1 PRINCIPAL=$2 PREFIX=${3:-}
            : "${KAFKA_ACLS:=kafka-acls.sh}"
            allow() { $KAFKA_ACLS --add --allow-principal "$PRINCIPAL" "$@"; }

            case $ROLE in
            """;

    private static final String TAIL = """
            *) usage ;;
            esac
            """;

    private AclScript() {}

    /** The whole script, a line feed after each line. */
    public static String text() {
        AccessRights rights = new AccessRights(ANY);
        StringBuilder text = new StringBuilder(HEAD.replace("ROLES", labels()));
        for (Role role : Role.values()) {
            text.append(role.label()).append(")  # ").append(role.who()).append('\n');
            rights.of(role)
                    .forEach(
                            right -> text.append("  allow ").append(line(right)).append('\n'));
            text.append("  ;;\n");
        }
        return text.append(TAIL).toString().replace(ANY.prefix(), "${PREFIX}");
    }

    /** What a role needs as one cell of a table, things of the same operations together; an asterisk after what names begin with. */
    public static String summary(Role role) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        new AccessRights(TopicNames.DEFAULT)
                .of(role)
                .forEach(right -> names.computeIfAbsent(deed(right), any -> new ArrayList<>())
                        .add("`" + right.name() + (right.pattern() == PatternType.PREFIXED ? "*`" : "`")));
        return names.entrySet().stream()
                .map(each -> each.getKey() + String.join(" ", each.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String deed(Right right) {
        String kind = right.kind() == ResourceType.TOPIC
                ? ""
                : right.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " ";
        return right.operations().stream().map(AclOperation::name).collect(Collectors.joining(", ")) + " " + kind;
    }

    /** Arguments of {@code kafka-acls.sh} that name the resource and the operations. */
    static String line(Right right) {
        List<String> parts = right.operations().stream()
                .map(operation -> "--operation " + operation(operation))
                .toList();
        return String.join(" ", parts) + " " + option(right.kind()) + " \"" + right.name() + "\""
                + (right.pattern() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
    }

    private static String operation(AclOperation operation) {
        return switch (operation) {
            case DESCRIBE_CONFIGS -> "DescribeConfigs";
            default ->
                operation.name().charAt(0) + operation.name().substring(1).toLowerCase(Locale.ROOT);
        };
    }

    private static String option(ResourceType kind) {
        return switch (kind) {
            case TOPIC -> "--topic";
            case GROUP -> "--group";
            case TRANSACTIONAL_ID -> "--transactional-id";
            default -> throw new IllegalArgumentException("no option of kafka-acls.sh is known for " + kind);
        };
    }

    private static String labels() {
        return List.of(Role.values()).stream().map(Role::label).collect(Collectors.joining(", "));
    }
}
