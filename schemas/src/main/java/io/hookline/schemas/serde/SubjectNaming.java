package io.hookline.schemas.serde;

import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Under which subject a schema is registered: Confluent's three strategies, by their class names. */
enum SubjectNaming {
    TOPIC("TopicNameStrategy") {
        @Override
        String subject(String topic, boolean key, Schema schema) {
            return topic + (key ? "-key" : "-value");
        }
    },
    RECORD("RecordNameStrategy") {
        @Override
        String subject(String topic, boolean key, Schema schema) {
            return schema.getFullName();
        }
    },
    TOPIC_RECORD("TopicRecordNameStrategy") {
        @Override
        String subject(String topic, boolean key, Schema schema) {
            return topic + "-" + schema.getFullName();
        }
    };

    private static final String CONFLUENT = "io.confluent.kafka.serializers.subject.";

    private final String simpleName;

    SubjectNaming(String simpleName) {
        this.simpleName = simpleName;
    }

    abstract String subject(String topic, boolean key, Schema schema);

    /** @param value a class, its full name, or its simple name; null is the topic name strategy, as with Confluent */
    static SubjectNaming of(String key, @Nullable Object value) {
        if (value == null) {
            return TOPIC;
        }
        String name = value instanceof Class<?> type
                ? type.getName()
                : value.toString().strip();
        return Arrays.stream(values())
                .filter(naming -> name.equals(naming.simpleName) || name.equals(CONFLUENT + naming.simpleName))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        key, value, "must be one of TopicNameStrategy, RecordNameStrategy, TopicRecordNameStrategy"));
    }
}
