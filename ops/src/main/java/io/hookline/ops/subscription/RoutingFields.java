package io.hookline.ops.subscription;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
import static io.hookline.ops.subscription.FieldValues.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.router.filter.Filter;
import io.hookline.router.filter.InvalidFilterException;
import io.hookline.schemas.JsonFault;
import io.hookline.schemas.topic.SubscriptionPartition;
import io.hookline.schemas.topic.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fields that say which events go where: id, url, event types, filter, schema versions. */
final class RoutingFields {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int EVENT_TYPES_MAX = 200;

    private RoutingFields() {}

    static void id(Value value, Draft draft) {
        String id = value.text(SubscriptionFields.TEXT_MAX);
        if (id == null) {
            return;
        }
        if (SubscriptionPartition.isId(id)) {
            draft.id = id;
            draft.record.setId(id);
        } else {
            value.refuse("1 to 64 of A-Z a-z 0-9 _ - are accepted.");
        }
    }

    static void url(Value value, Draft draft) {
        String url = value.text(EndpointUrl.LENGTH_MAX);
        if (url == null) {
            return;
        }
        try {
            EndpointUrl.parse(url);
            draft.record.setUrl(url);
        } catch (IllegalArgumentException e) {
            value.refuseSecret(e.getMessage() + " An absolute URL is expected, such as https://partner.example/hooks.");
        }
    }

    static void eventTypes(Value value, Draft draft) {
        List<String> types = new ArrayList<>();
        for (Value item : value.items(EVENT_TYPES_MAX)) {
            String type = item.text(TopicNames.TYPE_LENGTH_MAX + 2);
            if (type == null) {
                continue;
            }
            String exact = type.endsWith(".*") ? type.substring(0, type.length() - 2) : type;
            if (type.equals("*") || TopicNames.isEventType(exact)) {
                types.add(type);
            } else {
                item.refuse("an event type, a prefix such as order.*, or * for all is expected.");
            }
        }
        if (value.node().isArray() && value.node().isEmpty()) {
            value.refuse("at least one event type is expected; * stands for all.");
        }
        draft.record.setEventTypes(types.stream().distinct().toList());
    }

    static void filter(Value value, Draft draft) {
        String pattern = value.node().isTextual()
                ? value.node().textValue()
                : value.node().toString();
        try {
            String json = JSON.readTree(pattern).toString();
            Filter.parse(pattern);
            draft.record.setFilter(json);
        } catch (InvalidFilterException e) {
            e.problems().forEach(problem -> value.refuseSecret(problem.toString()));
        } catch (JsonProcessingException e) {
            value.refuseSecret("not readable as JSON" + JsonFault.of(e).atAndWhat() + ".");
        }
    }

    static @Nullable JsonNode json(@Nullable String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return text(text);
        }
    }

    static void schemaVersions(Value value, Draft draft) {
        Map<String, Integer> versions = new HashMap<>();
        value.entries(EVENT_TYPES_MAX).forEach((type, version) -> {
            Integer number = version.integer(1, Integer.MAX_VALUE);
            if (!TopicNames.isEventType(type)) {
                version.refuse("'" + type + "' is not an event type; patterns have no schema version.");
            } else if (number != null) {
                versions.put(type, number);
            }
        });
        draft.record.setSchemaVersions(versions);
    }

    static @Nullable JsonNode versions(Map<String, Integer> versions) {
        ObjectNode node = instance.objectNode();
        new TreeMap<>(versions).forEach(node::put);
        return node.isEmpty() ? null : node;
    }
}
