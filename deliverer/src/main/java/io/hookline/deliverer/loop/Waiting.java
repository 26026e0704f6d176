package io.hookline.deliverer.loop;

import io.hookline.deliverer.loop.Source.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** Works of one subscription that wait to be tried: those of a kind in the order they came, kinds by {@link Kinds}. */
final class Waiting {
    private final Map<Kind, Deque<Work>> works = new EnumMap<>(Kind.class);
    private final Kinds order = new Kinds();
    private int bits;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** {@linkplain Kind#bit Bits} of the kinds of which some wait. */
    int kinds() {
        return bits;
    }

    void add(Work work) {
        of(work.kind()).addLast(work);
        added(work.kind());
    }

    /** Lets one that was taken be the next of its kind again. */
    void putBack(Work work) {
        of(work.kind()).addFirst(work);
        added(work.kind());
    }

    /** Takes the next; there must be one. */
    Work next() {
        Kind kind = order.next(bits);
        Deque<Work> queue = of(kind);
        Work work = queue.removeFirst();
        size--;
        if (queue.isEmpty()) {
            bits &= ~kind.bit();
        }
        return work;
    }

    /** Gives back empty queues, which keep the size they once had. */
    void trim() {
        works.values().removeIf(Deque::isEmpty);
    }

    private void added(Kind kind) {
        size++;
        bits |= kind.bit();
    }

    private Deque<Work> of(Kind kind) {
        return works.computeIfAbsent(kind, any -> new ArrayDeque<>());
    }
}
