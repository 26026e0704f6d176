package io.hookline.prove.scenario;

import io.hookline.prove.receive.Behaviour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** A schedule in the making. Times are milliseconds since the load began. */
final class Steps {
    private final List<Step> steps = new ArrayList<>();

    Steps at(long atMs, String what, Consumer<Stage> action) {
        steps.add(new Step(atMs, what, action));
        return this;
    }

    Steps start(long atMs, String service) {
        return at(atMs, "start " + service, stage -> stage.services().start(service));
    }

    Steps kill(long atMs, String service) {
        return at(atMs, "kill -9 " + service, stage -> stage.services().kill(service));
    }

    Steps terminate(long atMs, String service) {
        return at(atMs, "SIGTERM " + service, stage -> stage.services().terminate(service));
    }

    Steps stop(long atMs, String service) {
        return at(atMs, "SIGSTOP " + service, stage -> stage.services().stop(service));
    }

    Steps resume(long atMs, String service) {
        return at(atMs, "SIGCONT " + service, stage -> stage.services().resume(service));
    }

    Steps killBroker(long atMs, int id) {
        return at(atMs, "kill -9 broker-" + id, stage -> stage.cluster().kill(id));
    }

    Steps startBroker(long atMs, int id) {
        return at(atMs, "start broker-" + id, stage -> stage.cluster().start(id));
    }

    Steps behave(long atMs, String what, List<String> subscriptions, Behaviour behaviour) {
        return at(
                atMs,
                what,
                stage -> subscriptions.forEach(id -> stage.receivers().behave(id, behaviour)));
    }

    /** In the order of time. */
    List<Step> sorted() {
        steps.sort(Comparator.comparingLong(Step::atMs));
        return List.copyOf(steps);
    }
}
