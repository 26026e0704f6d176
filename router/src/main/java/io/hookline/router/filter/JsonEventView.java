package io.hookline.router.filter;

/**
 * An event whose payload is JSON in UTF-8 (RFC 8259). A name that occurs twice in an object counts with its last value. Beyond 1,000 levels
 * of nesting or 1,000 characters of a number the event is unreadable.
 */
public final class JsonEventView extends EventView {
    private final byte[] bytes;
    private final int offset;
    private final int length;

    /** A view of the JSON text in {@code length} bytes from {@code offset}; the bytes must not change while it is used. */
    public JsonEventView(EventAttributes attributes, byte[] bytes, int offset, int length, FieldPlan plan) {
        super(attributes, plan);
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** A view of the JSON text {@code bytes}. */
    public JsonEventView(EventAttributes attributes, byte[] bytes, FieldPlan plan) {
        this(attributes, bytes, 0, bytes.length, plan);
    }

    @Override
    public EventView reread(FieldPlan other) {
        return new JsonEventView(attributes(), bytes, offset, length, other);
    }

    @Override
    Scope read() {
        Scope scope = new Scope(0, plan().size());
        new JsonScan(new JsonBytes(bytes, offset, length)).read(plan().root(), scope);
        return scope;
    }
}
