package io.hookline.ops.cli;

/** Small matters of grammar. */
public final class Words {
    private Words() {}

    /** {@code 1 event}, {@code 2 events}; {@code one} ends in y: {@code 2 deliveries}. */
    public static String count(long number, String one) {
        if (number == 1) {
            return "1 " + one;
        }
        return number + " " + (one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s");
    }
}
