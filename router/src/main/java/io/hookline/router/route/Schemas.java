package io.hookline.router.route;

import org.apache.avro.Schema;

/** Schemas by id. Implementations return the same object for the same id as long as they can. */
@FunctionalInterface
public interface Schemas {
    /**
     * The schema of that id. May block, while nobody knows whether there is one.
     *
     * @throws UnknownSchemaException if there is none, and waiting will not change that
     */
    Schema require(int id) throws UnknownSchemaException;
}
