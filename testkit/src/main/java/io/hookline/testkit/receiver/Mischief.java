package io.hookline.testkit.receiver;

import java.io.IOException;

/** What a {@link HostileReceiver} does with one connection; when it returns, the connection is closed. See {@link Mischiefs}. */
@FunctionalInterface
public interface Mischief {

    /** Runs on the connection's own thread. An exception closes the connection too. */
    void play(Conversation client) throws IOException;
}
