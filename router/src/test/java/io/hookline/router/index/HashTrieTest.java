package io.hookline.router.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HashTrieTest {
    /** Hashes that are all different, alike in their low bits, alike in all but the highest, or just one. */
    private static ToLongFunction<String> hashes(int kind) {
        return switch (kind) {
            case 0 -> key -> new KeyHash(1, 2).of(key);
            case 1 -> key -> (long) key.hashCode() % 5 << 20;
            case 2 -> key -> (long) key.hashCode() << 60;
            default -> key -> 0;
        };
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void shouldDoAsAHashMapDoes(@ForAll Random random) {
        ToLongFunction<String> hash = hashes(random.nextInt(4));
        int keys = 1 + random.nextInt(200);
        Map<String, Integer> model = new HashMap<>();
        HashTrie<String, Integer> trie = HashTrie.empty();
        for (int i = 0; i < 300; i++) {
            String key = "k" + random.nextInt(keys);
            if (random.nextInt(3) > 0) {
                model.put(key, i);
                trie = trie.with(key, hash.applyAsLong(key), i, hash);
            } else {
                model.remove(key);
                trie = trie.without(key, hash.applyAsLong(key));
            }
        }
        for (int i = 0; i < keys; i++) {
            assertThat(trie.get("k" + i, hash.applyAsLong("k" + i))).isEqualTo(model.get("k" + i));
        }
        Set<Integer> values = new HashSet<>();
        trie.forEach(value -> assertThat(values.add(value)).isTrue());
        assertThat(values).isEqualTo(Set.copyOf(model.values()));
        assertThat(trie.isEmpty()).isEqualTo(model.isEmpty());
        if (model.size() == 1) {
            assertThat(trie.single()).isEqualTo(model.values().iterator().next());
        }
    }

    @Test
    void shouldLeaveEarlierVersionsAsTheyWere() {
        ToLongFunction<String> hash = hashes(0);
        HashTrie<String, Integer> before = HashTrie.empty();
        for (int i = 0; i < 1_000; i++) {
            before = before.with("k" + i, hash.applyAsLong("k" + i), i, hash);
        }
        HashTrie<String, Integer> after = before;
        for (int i = 0; i < 1_000; i++) {
            after = i % 2 == 0
                    ? after.without("k" + i, hash.applyAsLong("k" + i))
                    : after.with("k" + i, hash.applyAsLong("k" + i), -i, hash);
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(before.get("k" + i, hash.applyAsLong("k" + i))).isEqualTo(i);
            assertThat(after.get("k" + i, hash.applyAsLong("k" + i)))
                    .isEqualTo(i % 2 == 0 ? null : Integer.valueOf(-i));
        }
    }
}
