package io.hookline.testkit.receiver;

/** What an endpoint does with a request. Called on the receiver's I/O thread: must not block; see {@link Scripts} for ready ones. */
@FunctionalInterface
public interface Script {

    /**
     * An exception makes the endpoint answer 500 with its message.
     *
     * @param timesSeen how many requests of this {@code webhook-id} the endpoint has received, this one included; always 1 for
     *     requests without one
     */
    Reply reply(ReceivedRequest request, int timesSeen);
}
