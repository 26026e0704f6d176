package io.hookline.deliverer.http;

/** A request under way. */
public interface Sending {
    /** Ends it because its time is up: reports, if that was not done already. Any thread; does nothing if it has ended. */
    void expire();
}
