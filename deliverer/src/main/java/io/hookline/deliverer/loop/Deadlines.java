package io.hookline.deliverer.loop;

import org.jspecify.annotations.Nullable;

/**
 * Deadlines of what is under way: a hashed timing wheel (Varghese and Lauck, 1987, scheme 6) of doubly linked lists, so that setting and
 * lifting a deadline cost the same whatever the number. A deadline is met late by at most one tick.
 */
final class Deadlines {
    static final long TICK_MS = 20;

    private static final int SLOTS = 1024;

    /** Something with a deadline, in at most one wheel at a time. */
    abstract static class Node {
        private long deadlineMs;
        private @Nullable Node before;
        private @Nullable Node after;

        /** Called once when the deadline has passed. */
        abstract void expire();
    }

    private static final class Head extends Node {
        @Override
        void expire() {
            throw new IllegalStateException("A slot has no deadline.");
        }
    }

    private final Node[] slots = new Node[SLOTS];
    private long tick;

    /** @param nowMs milliseconds since 1970 */
    Deadlines(long nowMs) {
        tick = nowMs / TICK_MS;
        for (int i = 0; i < SLOTS; i++) {
            Node head = new Head();
            head.before = head;
            head.after = head;
            slots[i] = head;
        }
    }

    void set(Node node, long deadlineMs) {
        node.deadlineMs = deadlineMs;
        long at = Math.max(deadlineMs / TICK_MS + 1, tick + 1);
        Node head = slots[(int) (at % SLOTS)];
        node.before = head.before;
        node.after = head;
        if (head.before != null) {
            head.before.after = node;
        }
        head.before = node;
    }

    /** Does nothing for a node without a deadline. */
    void lift(Node node) {
        if (node.before != null && node.after != null) {
            node.before.after = node.after;
            node.after.before = node.before;
            node.before = null;
            node.after = null;
        }
    }

    /** Expires what is due. */
    void advance(long nowMs) {
        long target = nowMs / TICK_MS;
        if (target - tick > SLOTS) {
            tick = target - SLOTS;
        }
        while (tick < target) {
            tick++;
            expireSlot(slots[(int) (tick % SLOTS)], nowMs);
        }
    }

    private void expireSlot(Node head, long nowMs) {
        Node node = head.after;
        while (node != null && node != head) {
            Node next = node.after;
            if (node.deadlineMs <= nowMs) {
                lift(node);
                node.expire();
            }
            node = next;
        }
    }
}
