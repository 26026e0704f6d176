package io.hookline.ops.service;

import io.hookline.deliverer.Deliverer;
import io.hookline.deliverer.DelivererSettings;
import io.hookline.router.Router;
import io.hookline.router.RouterSettings;
import io.hookline.router.RouterState;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.config.ConfigDef;

/** The services that can be run. */
public enum ServiceKind {
    ROUTER {
        @Override
        public ConfigDef definition() {
            return RouterSettings.definition();
        }

        @Override
        Map<String, String> effective(Map<String, String> settings) {
            return RouterSettings.parse(settings).effective();
        }

        @Override
        Running start(Map<String, String> settings) {
            Router router = Router.start(settings);
            CompletableFuture<String> failed = router.stopped()
                    .thenApply(state -> state instanceof RouterState.Failed why ? why.reason() : "closed");
            return new Running(router.instanceId(), failed, router::close);
        }
    },
    DELIVERER {
        @Override
        public ConfigDef definition() {
            return DelivererSettings.definition();
        }

        @Override
        Map<String, String> effective(Map<String, String> settings) {
            return DelivererSettings.parse(settings).effective();
        }

        @Override
        Running start(Map<String, String> settings) {
            Deliverer deliverer = Deliverer.start(settings);
            return new Running(deliverer.instance(), new CompletableFuture<>(), deliverer::close);
        }
    };

    /** The service's own settings. */
    public abstract ConfigDef definition();

    /** Checks settings and completes them with defaults; its own ones only. */
    abstract Map<String, String> effective(Map<String, String> settings);

    abstract Running start(Map<String, String> settings);

    /**
     * A service that runs.
     *
     * @param stopped completes with the reason when it has stopped by itself
     */
    record Running(String instance, CompletableFuture<String> stopped, Runnable close) {}
}
