package io.hookline.router.filter;

import org.apache.avro.Schema;

/**
 * An event whose payload is one Avro datum in its writer's schema, without any framing. Fields that the plan does not name are skipped.
 * A union's value stands without its branch; records and maps are objects; scalars are as in {@code docs/filters.md}.
 */
public final class AvroEventView extends EventView {
    private final Schema writer;
    private final byte[] bytes;
    private final int offset;
    private final int length;

    /**
     * A view of the datum in {@code length} bytes from {@code offset}, which must not change while it is used.
     *
     * @param writer the schema it was written with; use the same object for the same schema, as the way to read it is kept by identity
     */
    public AvroEventView(
            EventAttributes attributes, Schema writer, byte[] bytes, int offset, int length, FieldPlan plan) {
        super(attributes, plan);
        this.writer = writer;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    @Override
    public EventView reread(FieldPlan other) {
        return new AvroEventView(attributes(), writer, bytes, offset, length, other);
    }

    @Override
    Scope read() {
        Scope scope = new Scope(0, plan().size());
        plan().program(writer).run(new AvroBytes(bytes, offset, length), scope);
        return scope;
    }
}
