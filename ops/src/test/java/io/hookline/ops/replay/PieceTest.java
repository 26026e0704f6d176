package io.hookline.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceTest {
    @Test
    void shouldReadATypeThatItselfHasDashesAndDigits() {
        assertThat(Piece.parse("order-2-created-3:100-200")).isEqualTo(new Piece("order-2-created", 3, 100, 200));
        assertThat(Piece.parse("a-0:7-7")).isEqualTo(new Piece("a", 0, 7, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order:1-2", "order-1:2", "order-x:1-2", "order-1:2-1", "or der-1:1-2", "order-1:-1-2"})
    void shouldRefuseEverythingElse(String text) {
        assertThatThrownBy(() -> Piece.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
