package io.hookline.prove.scenario;

import io.hookline.prove.load.EventMaker;
import io.hookline.prove.load.Partner;
import io.hookline.prove.receive.Behaviour;
import java.time.Duration;
import java.util.List;

/** Who receives: some of every kind. */
final class Partners {
    /**
     * A filter that few events pass. Who never answers gets one attempt at a time, as it must, so that each event takes its time-outs: with all of a
     * type, a long run would take half an hour to end.
     */
    private static final int FEW = EventMaker.QUANTITY_MAX;

    private Partners() {}

    /** Every behaviour there is, and every way to choose events. */
    static List<Partner> all(long seed) {
        return List.of(
                Partner.of("everything", Behaviour.ok()),
                Partner.of("acme-orders", Behaviour.ok()).tenant("acme").types("order.*", "order_created"),
                Partner.of("globex-users", Behaviour.ok()).tenant("globex").types("user_register"),
                Partner.of("large-orders", Behaviour.ok())
                        .types("order_created")
                        .quantityMin(7),
                Partner.of("initech-all", Behaviour.slow(Duration.ofMillis(300)))
                        .tenant("initech"),
                Partner.of("shipping", Behaviour.failsFirst(1)).types("order.shipped"),
                Partner.of("twice-refused", Behaviour.failsFirst(2))
                        .tenant("acme")
                        .types("order.*"),
                Partner.of("moody", Behaviour.failsSometimes(0.2, seed)).tenant("globex"),
                Partner.of("resets-first", Behaviour.resetsFirst())
                        .tenant("initech")
                        .types("order.returned"),
                Partner.of("dead", Behaviour.dead())
                        .tenant("acme")
                        .types("user_register")
                        .schedule("1s 1s jitter 20%"),
                Partner.of("silent", Behaviour.neverAnswers())
                        .tenant("globex")
                        .types("order.returned")
                        .quantityMin(FEW)
                        .timeout("300ms")
                        .schedule("1s jitter 20%"),
                Partner.of("drips", Behaviour.drips())
                        .tenant("initech")
                        .types("order.shipped")
                        .quantityMin(FEW)
                        .timeout("300ms")
                        .schedule("1s jitter 20%"),
                Partner.of("resets", Behaviour.resets())
                        .tenant("acme")
                        .types("order.returned")
                        .schedule("1s jitter 20%"));
    }

    /** Those that answer as they should, sooner or later. */
    static List<Partner> wellMeaning(long seed) {
        return all(seed).subList(0, 9);
    }
}
