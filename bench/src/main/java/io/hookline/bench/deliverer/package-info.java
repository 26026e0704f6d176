/**
 * The benchmark {@code deliverer}: rate and CPU against a bare client and peers, slots, fairness, retries, takeover, backlogs. And {@code
 * ceiling}, its baselines alone. Main thread.
 */
@NullMarked
package io.hookline.bench.deliverer;

import org.jspecify.annotations.NullMarked;
