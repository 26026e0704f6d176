package io.hookline.ops.subscription;

import org.jspecify.annotations.Nullable;

/**
 * Why a document cannot be used.
 *
 * @param source file, or what stands for it
 * @param line where in it, from 1; 0 where that is not known
 * @param subscription id of the document's subscription, if it names one
 * @param field path of the field, such as {@code headers.X-Env}; empty for the document as a whole
 * @param text what is wrong with which value, and the mend
 */
public record Problem(String source, int line, @Nullable String subscription, String field, String text) {
    @Override
    public String toString() {
        return source + (line > 0 ? ":" + line : "") + ": "
                + (subscription == null ? "" : "subscription " + subscription + ", ")
                + (field.isEmpty() ? "" : field + ": ") + text;
    }
}
