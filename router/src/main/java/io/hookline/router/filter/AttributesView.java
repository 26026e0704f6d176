package io.hookline.router.filter;

/** An event without a payload: no data path has a value. */
final class AttributesView extends EventView {
    AttributesView(EventAttributes attributes, FieldPlan plan) {
        super(attributes, plan);
    }

    @Override
    public EventView reread(FieldPlan other) {
        return new AttributesView(attributes(), other);
    }

    @Override
    Scope read() {
        return new Scope(0, plan().size());
    }
}
