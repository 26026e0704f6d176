package io.hookline.router.filter;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An event as filters see it: its attributes, and the scalars at the payload paths of a {@link FieldPlan}. The payload is read once, in
 * one pass, when it is first asked about; what the plan does not name is skipped. For one thread.
 */
public abstract sealed class EventView permits JsonEventView, AvroEventView, AttributesView {
    private final EventAttributes attributes;
    private final FieldPlan plan;
    private @Nullable Scope scope;

    EventView(EventAttributes attributes, FieldPlan plan) {
        this.attributes = attributes;
        this.plan = plan;
    }

    /** A view of an event that has no payload a filter could look into. */
    public static EventView ofAttributes(EventAttributes attributes, FieldPlan plan) {
        return new AttributesView(attributes, plan);
    }

    /** Reads what {@link #plan()} names. */
    abstract Scope read();

    /** The same event, read by another plan. */
    public abstract EventView reread(FieldPlan other);

    /** The event's attributes. */
    public final EventAttributes attributes() {
        return attributes;
    }

    /** The paths this view can be asked about. */
    public final FieldPlan plan() {
        return plan;
    }

    /**
     * Whether any scalar at {@code path}, in whichever array elements, passes {@code test}. A path that the event has not has no scalar.
     *
     * @throws UnreadableEventException if the payload is malformed
     * @throws IllegalArgumentException if the plan does not name {@code path}
     */
    public final boolean any(FieldPath path, Predicate<Value> test) {
        Attribute attribute = path.attribute();
        if (attribute != null) {
            String text = attributes.get(attribute);
            return text != null && test.test(new Value.Text(text));
        }
        return scope().anywhere(plan.requireSlot(path), test);
    }

    final Scope scope() {
        Scope read = scope;
        if (read == null) {
            read = plan.size() == 0 ? new Scope(0, 0) : read();
            scope = read;
        }
        return read;
    }
}
