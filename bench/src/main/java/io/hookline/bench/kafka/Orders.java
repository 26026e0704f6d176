package io.hookline.bench.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Events of exactly 1 KiB of JSON: an order with customer, amount, address, lines and a note. All are alike but for number, customer and
 * amount, so that making one costs a copy and three short writes. Any thread.
 */
public final class Orders {
    /** Bytes of an order. */
    public static final int BYTES = 1_024;

    /** Event type of an order. */
    public static final String TYPE = "order_created";

    private static final String NUMBER = "o-0000000000";
    private static final String CUSTOMER = "c-00000000";
    private static final String AMOUNT = "10000.00";
    private static final int LEAST_CENTS = 1_000_000;
    private static final int MOST_CENTS = 9_999_999;

    private static final byte[] TEMPLATE = template();
    private static final int NUMBER_AT = after("\"order_id\":\"");
    private static final int CUSTOMER_AT = after("\"customer\":\"");
    private static final int AMOUNT_AT = after("\"amount\":");

    private Orders() {}

    /**
     * An order.
     *
     * @param number below 10,000,000,000
     * @param customer below 100,000,000
     * @param cents 1,000,000 to 9,999,999
     */
    public static byte[] of(long number, int customer, int cents) {
        if (cents < LEAST_CENTS || cents > MOST_CENTS) {
            throw new IllegalArgumentException(
                    "An amount of " + cents + " cents has not seven digits, as in every order.");
        }
        byte[] order = TEMPLATE.clone();
        digits(order, NUMBER_AT + NUMBER.length(), number);
        digits(order, CUSTOMER_AT + CUSTOMER.length(), customer);
        digits(order, AMOUNT_AT + AMOUNT.length(), cents % 100);
        digits(order, AMOUNT_AT + AMOUNT.length() - 3, cents / 100);
        return order;
    }

    /** The customer's name in an order. */
    public static String customer(int customer) {
        byte[] name = CUSTOMER.getBytes(StandardCharsets.US_ASCII);
        digits(name, name.length, customer);
        return new String(name, StandardCharsets.US_ASCII);
    }

    /** The number of an order of which {@code json}, from {@code from} on, has the first bytes. */
    public static long number(byte[] json, int from) {
        long number = 0;
        int start = from + NUMBER_AT + 2;
        for (int i = start; i < start + NUMBER.length() - 2; i++) {
            number = number * 10 + (json[i] - '0');
        }
        return number;
    }

    /** Writes the digits of {@code number} so that the last stands before {@code end}; what was a digit before it stays. */
    private static void digits(byte[] text, int end, long number) {
        int at = end;
        for (long rest = number; rest > 0; rest /= 10) {
            text[--at] = (byte) ('0' + rest % 10);
        }
        if (number == 0) {
            text[--at] = '0';
            text[--at] = '0';
        } else if (number < 10) {
            text[--at] = '0';
        }
    }

    private static byte[] template() {
        StringBuilder text = new StringBuilder(BYTES)
                .append("{\"order_id\":\"")
                .append(NUMBER)
                .append(
                        "\",\"created_at\":\"2026-11-24T04:07:02.123Z\",\"currency\":\"EUR\",\"channel\":\"web\",\"customer\":\"")
                .append(CUSTOMER)
                .append("\",\"amount\":")
                .append(AMOUNT)
                .append(
                        ",\"address\":{\"street\":\"Storgata 1\",\"zip\":\"0155\",\"city\":\"Oslo\",\"country\":\"NO\"},\"lines\":[");
        for (int i = 1; i <= 4; i++) {
            text.append(i > 1 ? "," : "")
                    .append("{\"sku\":\"CD-000")
                    .append(i)
                    .append("\",\"title\":\"Album number ")
                    .append(i)
                    .append("\",\"quantity\":")
                    .append(i)
                    .append(",\"price\":12.5}");
        }
        text.append("],\"paid\":true,\"coupon\":null,\"note\":\"");
        int room = BYTES - text.length() - 2;
        text.append("Please leave it with the neighbour. ".repeat(BYTES).substring(0, room))
                .append("\"}");
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static int after(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + wanted.length <= TEMPLATE.length; i++) {
            if (Arrays.equals(TEMPLATE, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + wanted.length;
            }
        }
        throw new IllegalStateException(text + " is not in the order.");
    }
}
