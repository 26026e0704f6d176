package io.hookline.ops.dead;

import io.hookline.schemas.event.DeadLetterHeaders.Summary;
import java.time.Instant;

/**
 * A dead letter as its headers tell it.
 *
 * @param recordedAt when the broker recorded it
 */
public record DeadLetterRow(DeadLetterId id, Summary summary, Instant recordedAt, DeadLetterState state) {}
