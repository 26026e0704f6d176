package io.hookline.bench.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class OrdersTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 300)
    void shouldBeOneKibibyteOfJsonWithWhatWasAskedFor(
            @ForAll @LongRange(min = 0, max = 9_999_999_999L) long number,
            @ForAll @IntRange(min = 0, max = 99_999_999) int customer,
            @ForAll @IntRange(min = 1_000_000, max = 9_999_999) int cents)
            throws Exception {
        byte[] order = Orders.of(number, customer, cents);
        assertThat(order).hasSize(1_024);
        JsonNode json = JSON.readTree(order);
        assertThat(json.get("order_id").textValue()).isEqualTo(String.format("o-%010d", number));
        assertThat(json.get("customer").textValue())
                .isEqualTo(String.format("c-%08d", customer))
                .isEqualTo(Orders.customer(customer));
        assertThat(json.get("amount").decimalValue()).isEqualByComparingTo(java.math.BigDecimal.valueOf(cents, 2));
        assertThat(Orders.number(order, 0)).isEqualTo(number);
    }

    @Test
    void shouldRefuseAnAmountOfOtherLength() {
        assertThatThrownBy(() -> Orders.of(1, 1, 999_999)).hasMessageContaining("999999");
    }

    @Test
    void shouldGiveIdsOf26CharactersThatDiffer() {
        assertThat(Installation.id(0)).hasSize(26).isNotEqualTo(Installation.id(1));
        assertThat(Installation.id(999_999)).hasSize(26);
    }
}
