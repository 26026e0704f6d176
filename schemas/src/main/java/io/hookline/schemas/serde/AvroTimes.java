package io.hookline.schemas.serde;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.jspecify.annotations.Nullable;

/** Avro's logical types of time as ISO 8601 text, seconds always included. */
final class AvroTimes {
    static final int DURATION_BYTES = 12;

    private AvroTimes() {}

    /** The text of a number with that type; null for a type that is none of time, and for what the years 0 to 9999 do not hold. */
    static @Nullable String text(long value, @Nullable LogicalType type) {
        if (type == null) {
            return null;
        }
        try {
            String text = formatted(value, type);
            return text == null || text.startsWith("+") || text.startsWith("-") ? null : text;
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable String formatted(long value, LogicalType type) {
        if (type instanceof LogicalTypes.Date) {
            return LocalDate.ofEpochDay(value).toString();
        } else if (type instanceof LogicalTypes.TimeMillis) {
            return time(Math.multiplyExact(value, 1_000_000L));
        } else if (type instanceof LogicalTypes.TimeMicros) {
            return time(Math.multiplyExact(value, 1_000L));
        } else if (type instanceof LogicalTypes.TimestampMillis) {
            return Instant.ofEpochMilli(value).toString();
        } else if (type instanceof LogicalTypes.TimestampMicros) {
            return micros(value).toString();
        } else if (type instanceof LogicalTypes.TimestampNanos) {
            return Instant.EPOCH.plusNanos(value).toString();
        } else if (type instanceof LogicalTypes.LocalTimestampMillis) {
            return local(Instant.ofEpochMilli(value));
        } else if (type instanceof LogicalTypes.LocalTimestampMicros) {
            return local(micros(value));
        } else if (type instanceof LogicalTypes.LocalTimestampNanos) {
            return local(Instant.EPOCH.plusNanos(value));
        }
        return null;
    }

    private static Instant micros(long value) {
        return Instant.EPOCH.plus(value, ChronoUnit.MICROS);
    }

    private static String time(long nanos) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(nanos));
    }

    private static String local(Instant instant) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    /** Months, days and milliseconds, each an unsigned little-endian number of four bytes, such as {@code P1M2DT3.004S}. */
    static String duration(byte[] bytes) {
        ByteBuffer parts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long months = Integer.toUnsignedLong(parts.getInt());
        long days = Integer.toUnsignedLong(parts.getInt());
        long millis = Integer.toUnsignedLong(parts.getInt());
        String date = (months == 0 ? "" : months + "M") + (days == 0 ? "" : days + "D");
        String seconds = BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
        return "P" + date + (millis == 0 && !date.isEmpty() ? "" : "T" + seconds + "S");
    }
}
