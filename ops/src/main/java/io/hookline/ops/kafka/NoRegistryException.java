package io.hookline.ops.kafka;

import io.hookline.schemas.registry.RegistrySettings;

/** No schema registry is named in the settings. The message says how to name one. */
public final class NoRegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoRegistryException() {
        super("No schema registry is named: give --registry-url URL, or " + RegistrySettings.URL
                + "=URL in the settings file. Hookline's own records are Avro, so reading and writing them needs one.");
    }
}
