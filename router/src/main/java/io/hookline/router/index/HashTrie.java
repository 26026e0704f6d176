package io.hookline.router.index;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from keys to values: a hash trie of 32-way nodes, which keep only the children they have (Bagwell, "Ideal hash trees",
 * 2001), with keys and values in the node itself (Steindorfer and Vinju, "Optimizing hash-array mapped tries for fast and lean immutable
 * JVM collections", 2015). A change copies the nodes from the root to the place of the change, about log32 of the size.
 *
 * <p>Hashes are 64 bits and given by the caller, who must use one function for one map. A value is never null.
 */
final class HashTrie<K, V> {
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;
    private static final HashTrie<?, ?> EMPTY = new HashTrie<>(0, 0, new Object[0]);

    /** One bit for each branch that holds a key and its value here. */
    private final int entries;
    /** One bit for each branch that is a node. */
    private final int nodes;
    /** Keys and values by branch, alternating; then the nodes by branch. In a node below the last bit of the hash: only keys and values. */
    private final Object[] content;

    private HashTrie(int entries, int nodes, Object[] content) {
        this.entries = entries;
        this.nodes = nodes;
        this.content = content;
    }

    @SuppressWarnings("unchecked")
    static <K, V> HashTrie<K, V> empty() {
        return (HashTrie<K, V>) EMPTY;
    }

    boolean isEmpty() {
        return content.length == 0;
    }

    @Nullable
    V get(K key, long hash) {
        HashTrie<K, V> node = this;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            int bit = bit(hash, shift);
            if ((node.entries & bit) != 0) {
                int at = node.entryAt(bit);
                return key.equals(node.content[at]) ? node.value(at) : null;
            }
            if ((node.nodes & bit) == 0) {
                return null;
            }
            node = node.node(node.nodeAt(bit));
        }
        int at = node.find(key);
        return at < 0 ? null : node.value(at);
    }

    /** This with {@code key} at {@code value}; {@code hashes} gives the hash of keys that are here already. */
    HashTrie<K, V> with(K key, long hash, V value, ToLongFunction<K> hashes) {
        return with(key, hash, value, hashes, 0);
    }

    /** This without {@code key}. */
    HashTrie<K, V> without(K key, long hash) {
        return without(key, hash, 0);
    }

    /** The one value of a map of size one. */
    V single() {
        return Integer.bitCount(nodes) == 1 && entries == 0 ? node(0).single() : value(0);
    }

    void forEach(Consumer<? super V> action) {
        int nodesFrom = content.length - Integer.bitCount(nodes);
        for (int i = 1; i < nodesFrom; i += 2) {
            action.accept(value(i - 1));
        }
        for (int i = nodesFrom; i < content.length; i++) {
            node(i).forEach(action);
        }
    }

    private HashTrie<K, V> with(K key, long hash, V value, ToLongFunction<K> hashes, int shift) {
        if (shift >= Long.SIZE) {
            int at = find(key);
            return at < 0 ? new HashTrie<>(0, 0, insert(content.length, key, value)) : replaceValue(at, value);
        }
        int bit = bit(hash, shift);
        if ((entries & bit) != 0) {
            int at = entryAt(bit);
            K there = key(at);
            return there.equals(key)
                    ? replaceValue(at, value)
                    : push(
                            bit,
                            HashTrie.<K, V>empty()
                                    .with(there, hashes.applyAsLong(there), value(at), hashes, shift + BITS)
                                    .with(key, hash, value, hashes, shift + BITS));
        }
        if ((nodes & bit) != 0) {
            int at = nodeAt(bit);
            return replace(at, node(at).with(key, hash, value, hashes, shift + BITS));
        }
        return new HashTrie<>(entries | bit, nodes, insert(entryAt(bit), key, value));
    }

    private HashTrie<K, V> without(K key, long hash, int shift) {
        if (shift >= Long.SIZE) {
            int at = find(key);
            return at < 0 ? this : new HashTrie<>(0, 0, drop(at, 2));
        }
        int bit = bit(hash, shift);
        if ((entries & bit) != 0) {
            int at = entryAt(bit);
            return key(at).equals(key) ? new HashTrie<>(entries & ~bit, nodes, drop(at, 2)) : this;
        }
        if ((nodes & bit) == 0) {
            return this;
        }
        int at = nodeAt(bit);
        HashTrie<K, V> before = node(at);
        HashTrie<K, V> after = before.without(key, hash, shift + BITS);
        if (after == before) {
            return this;
        }
        // A node that holds one key only is pulled up, so that equal maps have equal shapes and no chain of nodes is
        // left behind.
        return after.content.length == 2 && after.nodes == 0 ? pull(bit, after) : replace(at, after);
    }

    private static int bit(long hash, int shift) {
        return 1 << ((int) (hash >>> shift) & MASK);
    }

    private int entryAt(int bit) {
        return 2 * Integer.bitCount(entries & (bit - 1));
    }

    private int nodeAt(int bit) {
        return 2 * Integer.bitCount(entries) + Integer.bitCount(nodes & (bit - 1));
    }

    private int find(K key) {
        for (int i = 0; i < content.length; i += 2) {
            if (key.equals(content[i])) {
                return i;
            }
        }
        return -1;
    }

    @SuppressWarnings("unchecked")
    private K key(int at) {
        return (K) content[at];
    }

    @SuppressWarnings("unchecked")
    private V value(int at) {
        return (V) content[at + 1];
    }

    @SuppressWarnings("unchecked")
    private HashTrie<K, V> node(int at) {
        return (HashTrie<K, V>) content[at];
    }

    private HashTrie<K, V> replaceValue(int at, V value) {
        Object[] copy = content.clone();
        copy[at + 1] = value;
        return new HashTrie<>(entries, nodes, copy);
    }

    private HashTrie<K, V> replace(int at, HashTrie<K, V> node) {
        Object[] copy = content.clone();
        copy[at] = node;
        return new HashTrie<>(entries, nodes, copy);
    }

    private Object[] insert(int at, Object key, Object value) {
        Object[] copy = new Object[content.length + 2];
        System.arraycopy(content, 0, copy, 0, at);
        copy[at] = key;
        copy[at + 1] = value;
        System.arraycopy(content, at, copy, at + 2, content.length - at);
        return copy;
    }

    private Object[] drop(int at, int length) {
        Object[] copy = Arrays.copyOf(content, content.length - length);
        System.arraycopy(content, at + length, copy, at, content.length - at - length);
        return copy;
    }

    /** Puts a node in the place of the key and value of a branch. */
    private HashTrie<K, V> push(int bit, HashTrie<K, V> node) {
        int from = entryAt(bit);
        int to = nodeAt(bit) - 2;
        Object[] copy = new Object[content.length - 1];
        System.arraycopy(content, 0, copy, 0, from);
        System.arraycopy(content, from + 2, copy, from, to - from);
        copy[to] = node;
        System.arraycopy(content, to + 2, copy, to + 1, content.length - to - 2);
        return new HashTrie<>(entries & ~bit, nodes | bit, copy);
    }

    /** Puts the one key and value of a node in the place of the node. */
    private HashTrie<K, V> pull(int bit, HashTrie<K, V> single) {
        int to = entryAt(bit);
        int from = nodeAt(bit);
        Object[] copy = new Object[content.length + 1];
        System.arraycopy(content, 0, copy, 0, to);
        copy[to] = single.content[0];
        copy[to + 1] = single.content[1];
        System.arraycopy(content, to, copy, to + 2, from - to);
        System.arraycopy(content, from + 1, copy, from + 2, content.length - from - 1);
        return new HashTrie<>(entries | bit, nodes & ~bit, copy);
    }
}
