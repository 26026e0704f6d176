package io.hookline.router.index;

import io.hookline.router.filter.EventView;
import io.hookline.router.filter.FieldPlan;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions that may match one event, as they were when they were selected. For one thread, one event at a time.
 *
 * @param <S> what is known of a subscription
 */
public final class Candidates<S> {
    private final List<Node<S>> nodes;
    private final FieldPlan plan;
    private final KeyHash hash;

    Candidates(List<Node<S>> nodes, FieldPlan plan, KeyHash hash) {
        this.nodes = nodes;
        this.plan = plan;
        this.hash = hash;
    }

    /** Whether nothing can match. */
    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** What has to be read of the event's payload; {@link FieldPlan#NOTHING} if it need not be read. */
    public FieldPlan plan() {
        return plan;
    }

    /**
     * Tells every subscription that {@code event} matches, each once, in no order.
     *
     * @param event a view with {@link #plan()}
     * @throws io.hookline.router.filter.UnreadableEventException if a candidate needs the payload and it is malformed; what was told before
     *     is then not complete
     */
    public void match(EventView event, Consumer<? super S> matched) {
        Teller teller = new Teller(event, matched, false);
        for (Node<S> node : nodes) {
            node.find(event, hash, teller);
            node.findApart(entry -> {
                if (entry.matchesApart(event)) {
                    matched.accept(entry.subscription());
                }
            });
        }
    }

    /** As {@link #match}, but only those subscriptions that need no payload. Never unreadable. */
    public void matchWithoutData(EventView event, Consumer<? super S> matched) {
        Teller teller = new Teller(event, matched, true);
        for (Node<S> node : nodes) {
            node.findWithoutData(event, hash, teller);
        }
    }

    /** Evaluates what is found, and tells what matches once. */
    private final class Teller implements Consumer<Entry<S>> {
        private final EventView event;
        private final Consumer<? super S> matched;
        private final boolean withoutData;
        private @Nullable Set<Entry<S>> told;

        Teller(EventView event, Consumer<? super S> matched, boolean withoutData) {
            this.event = event;
            this.matched = matched;
            this.withoutData = withoutData;
        }

        @Override
        public void accept(Entry<S> entry) {
            if ((!withoutData || !entry.looksIntoData()) && isFirst(entry) && entry.matches(event)) {
                matched.accept(entry.subscription());
            }
        }

        private boolean isFirst(Entry<S> entry) {
            if (!entry.isFoundTwice()) {
                return true;
            }
            Set<Entry<S>> seen = told;
            if (seen == null) {
                seen = Collections.newSetFromMap(new IdentityHashMap<>());
                told = seen;
            }
            return seen.add(entry);
        }
    }
}
