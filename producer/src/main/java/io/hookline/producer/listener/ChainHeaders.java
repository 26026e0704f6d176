package io.hookline.producer.listener;

/** Headers (CloudEvents extension attributes) that say where an event comes from in a chain of events. */
public final class ChainHeaders {
    /** Id of the event that this one was caused by. */
    public static final String CAUSATION_ID = "ce_causationid";
    /** Id of the first event of the chain, the same in all events of it. */
    public static final String CORRELATION_ID = "ce_correlationid";
    /** How many events were before this one in the chain. */
    public static final String DEPTH = "ce_chaindepth";
    /** Of a result: {@code ok}, or {@code error} where the handler failed for good. */
    public static final String RESULT_STATUS = "ce_resultstatus";

    static final String RESULT = ".result";

    private ChainHeaders() {}

    /** Type under which the results of a type's handler are published. */
    public static String resultType(String type) {
        return type + RESULT;
    }

    static boolean isResultType(String type) {
        return type.endsWith(RESULT);
    }
}
