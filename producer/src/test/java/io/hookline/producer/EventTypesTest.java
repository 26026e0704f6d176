package io.hookline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hookline.events.OrderCreated;
import io.hookline.events.UserRegister;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTypesTest {
    @ParameterizedTest
    @CsvSource({
        "UserRegister, user_register",
        "OrderCreated, order_created",
        "HTTPServerError, http_server_error",
        "OrderV2Created, order_v2_created",
        "order_created, order_created",
        "Order_Created, order_created",
        "orderCreated, order_created",
        "A, a",
        "URL, url",
        "UserID, user_id",
        "X1, x1",
        "_Odd__Name, _odd__name"
    })
    void shouldNameATypeInSnakeCase(String schemaName, String type) {
        assertThat(EventTypes.snakeCase(schemaName)).isEqualTo(type);
    }

    @Test
    void shouldTakeTheTypeFromTheSchemasNameWithoutNamespace() {
        assertThat(EventTypes.of(UserRegister.getClassSchema())).isEqualTo("user_register");
        assertThat(EventTypes.of(OrderCreated.getClassSchema())).isEqualTo("order_created");
    }

    @Test
    void shouldPreferThePropertyOfTheSchema() {
        assertThat(EventTypes.of(withProperty("hookline.type", "order.paid"))).isEqualTo("order.paid");
    }

    @Test
    void shouldRefuseAPropertyThatIsNoText() {
        assertThatThrownBy(() -> EventTypes.of(withProperty("hookline.type", 7)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("shop.Paid has hookline.type 7");
    }

    private static Schema withProperty(String name, Object value) {
        Schema schema = Schema.createRecord("Paid", null, "shop", false, List.of());
        schema.addProp(name, value);
        return schema;
    }
}
