package io.hookline.ops.subscription;

import io.hookline.deliverer.transform.Transform;
import io.hookline.deliverer.transform.TransformLimits;

/** Reads {@code transform}: what does not parse is refused when it is written, not when an event needs it. */
final class TransformField {
    private TransformField() {}

    static void read(Value value, Draft draft) {
        String expression = value.text(TransformLimits.TEXT_CHARS_MAX);
        if (expression == null) {
            return;
        }
        try {
            Transform.check(expression);
            draft.record.setTransform(expression);
        } catch (IllegalArgumentException e) {
            value.refuseSecret(String.valueOf(e.getMessage()));
        }
    }
}
