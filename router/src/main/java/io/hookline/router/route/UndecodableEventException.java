package io.hookline.router.route;

import io.hookline.avro.PipelineFault;

/** A record of an event topic whose value cannot be an event's data. */
final class UndecodableEventException extends Exception {
    private static final long serialVersionUID = 1L;

    private final PipelineFault kind;

    UndecodableEventException(PipelineFault kind, String detail) {
        super(detail);
        this.kind = kind;
    }

    Fault fault() {
        return new Fault(kind, String.valueOf(getMessage()));
    }
}
