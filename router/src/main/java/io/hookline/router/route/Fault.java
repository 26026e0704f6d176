package io.hookline.router.route;

import io.hookline.avro.PipelineFault;

/**
 * Why a record goes to {@code pipeline.dead}.
 *
 * @param detail for people: the thing, its value, the mend
 */
public record Fault(PipelineFault kind, String detail) {}
