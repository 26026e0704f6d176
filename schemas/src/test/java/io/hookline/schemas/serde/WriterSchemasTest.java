package io.hookline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.schemas.registry.RegistryException;
import io.hookline.schemas.registry.SchemaRegistryClient;
import io.hookline.schemas.registry.ScriptedRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.AbstractConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterSchemasTest {
    private static final Schema INT = Schema.create(Schema.Type.INT);
    private static final Schema LONG = Schema.create(Schema.Type.LONG);

    private final ScriptedRegistry server = new ScriptedRegistry();
    private final SchemaRegistryClient registry =
            SchemaRegistryClient.create(Map.of("schema.registry.url", server.url()));
    private final AtomicLong nanos = new AtomicLong();

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private WriterSchemas schemas(Map<String, ?> config) {
        return WriterSchemas.of(registry, new AbstractConfig(SerdeSettings.DEFINITION, config, false), nanos::get);
    }

    @Test
    void shouldAskForTheNewestVersionAgainOnlyAfterItsTime() {
        WriterSchemas schemas =
                schemas(Map.of("auto.register.schemas", false, "use.latest.version", true, "latest.cache.ttl.sec", 10));
        server.put("s", INT.toString());
        assertThat(schemas.writeWith("s", INT).schema()).isEqualTo(INT);
        server.put("s", LONG.toString());

        nanos.set(TimeUnit.SECONDS.toNanos(10) - 1);
        assertThat(schemas.writeWith("s", INT).schema()).isEqualTo(INT);
        nanos.incrementAndGet();
        assertThat(schemas.writeWith("s", INT).schema()).isEqualTo(LONG);
    }

    /** The client is shared and may register; this serializer must not. */
    @Test
    void shouldGoByItsOwnSettingAndNotByTheSharedClients() {
        assertThatThrownBy(() -> schemas(Map.of("auto.register.schemas", false)).writeWith("s", INT))
                .isInstanceOf(RegistryException.Refused.class);
        assertThat(schemas(Map.of()).writeWith("s", INT).id()).isEqualTo(1);
        assertThat(schemas(Map.of("auto.register.schemas", false))
                        .writeWith("s", INT)
                        .id())
                .isEqualTo(1);
    }
}
