package io.hookline.router;

import io.hookline.router.subscription.SubscriptionProblem;
import java.util.List;

/**
 * A router at one moment. Counts begin at the start and include what was aborted and routed again.
 *
 * @param instanceId its id among all routers and deliverers
 * @param state what it is doing
 * @param subscriptions how many subscriptions route
 * @param problems the broken subscriptions that are in the topic now, at most 1,000
 * @param problemsReported how many broken subscription records were met, mended ones included
 * @param events events read
 * @param records records written to {@code deliveries}
 * @param matches pairs of an event and a subscription that receives it
 * @param dead records written to {@code pipeline.dead}
 * @param faults faults that were survived: stream threads and clients that had to be replaced
 */
public record RouterStatus(
        String instanceId,
        RouterState state,
        int subscriptions,
        List<SubscriptionProblem> problems,
        long problemsReported,
        long events,
        long records,
        long matches,
        long dead,
        long faults) {}
