package io.hookline.bench.process;

import io.hookline.router.Router;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** A router as it is shipped. Greets when it routes. */
final class RouterRole implements Role {
    private static final Duration START_MAX = Duration.ofMinutes(5);

    private final Router router;

    RouterRole(Map<String, String> settings) throws TimeoutException {
        router = Router.start(settings);
        router.awaitRunning(START_MAX);
    }

    @Override
    public String greeting() {
        return router.instanceId();
    }

    @Override
    public void close() {
        router.close();
    }
}
