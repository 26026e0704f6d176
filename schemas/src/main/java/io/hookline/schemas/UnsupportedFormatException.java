package io.hookline.schemas;

/**
 * A record that a newer release wrote and this one cannot be trusted with. The record is sound: whoever meets it stops there and
 * leaves it to a newer instance.
 */
public final class UnsupportedFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedFormatException(String record, int found, int newest) {
        super("A record " + record + " has formatVersion " + found + ", and this release reads 1 to " + newest
                + (found < 1
                        ? ": whatever wrote it is not Hookline."
                        : ": a newer release wrote it. Upgrade this instance; the record is kept."));
    }
}
