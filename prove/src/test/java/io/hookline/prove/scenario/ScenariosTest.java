package io.hookline.prove.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.hookline.prove.load.Partner;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosTest {
    private static List<String> names() {
        return Scenarios.names();
    }

    private static Scenario scenario(String name) {
        return Scenarios.find(name, Duration.ofMinutes(10)).orElseThrow();
    }

    private static List<String> steps(String name, long seed) {
        return scenario(name).faults(new SplittableRandom(seed)).stream()
                .map(step -> step.atMs() + " " + step.what())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldMakeTheSameScheduleOfTheSameSeedAndAnotherOfAnother(String name) {
        assertThat(steps(name, 7)).isEqualTo(steps(name, 7));
        assertThat(steps(name, 7)).isNotEqualTo(steps(name, 8));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldDoEverythingInOrderAndDuringTheLoad(String name) {
        Scenario scenario = scenario(name);
        for (long seed = 0; seed < 200; seed++) {
            List<Step> steps = scenario.faults(new SplittableRandom(seed));
            assertThat(steps).isNotEmpty();
            assertThat(steps).extracting(Step::atMs).isSorted();
            assertThat(steps.get(steps.size() - 1).atMs())
                    .isLessThan(scenario.shape().load().toMillis());
        }
    }

    /** What stands still or fails at the end of the load would never be healed: endpoints and stopped processes heal by steps alone. */
    @ParameterizedTest
    @MethodSource("names")
    void shouldWakeAndRepairWhateverItStops(String name) {
        for (long seed = 0; seed < 200; seed++) {
            Set<String> still = new HashSet<>();
            for (Step step : scenario(name).faults(new SplittableRandom(seed))) {
                if (step.what().startsWith("SIGSTOP ")) {
                    still.add(step.what().substring("SIGSTOP ".length()));
                } else if (step.what().startsWith("SIGCONT ")) {
                    still.remove(step.what().substring("SIGCONT ".length()));
                }
            }
            assertThat(still).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldHaveSubscriptionsWithNamesOfTheirOwn(String name) {
        List<Partner> partners = scenario(name).partners(7);

        assertThat(partners).extracting(Partner::id).doesNotHaveDuplicates().hasSizeGreaterThan(5);
    }
}
