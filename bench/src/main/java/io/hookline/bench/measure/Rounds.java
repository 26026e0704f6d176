package io.hookline.bench.measure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * What was measured, round by round. In each round every contestant has one turn, and each round begins with another of them, so that what
 * changes on the machine meanwhile (heat, other processes, caches, the file system) meets all alike; ratios are made within a round.
 */
public final class Rounds {
    private final Map<String, List<Measured>> byContestant;

    private Rounds(Map<String, List<Measured>> byContestant) {
        this.byContestant = byContestant;
    }

    /**
     * Runs them. Blocks.
     *
     * @param contestants at least one, of different names
     * @param warmUps rounds that are thrown away
     * @param rounds rounds that count; at least 1
     * @param progress told each turn before it begins
     */
    public static Rounds run(List<Contestant> contestants, int warmUps, int rounds, Consumer<String> progress) {
        Set<String> names = new HashSet<>();
        contestants.forEach(each -> names.add(each.name()));
        if (contestants.isEmpty() || names.size() < contestants.size() || rounds < 1 || warmUps < 0) {
            throw new IllegalArgumentException(
                    contestants.size() + " contestants named " + names + " cannot run " + warmUps + " + " + rounds
                            + " rounds: at least one contestant, different names and one round are needed.");
        }
        Map<String, List<Measured>> measured = new LinkedHashMap<>();
        contestants.forEach(each -> measured.put(each.name(), new ArrayList<>()));
        for (int round = -warmUps; round < rounds; round++) {
            for (int turn = 0; turn < contestants.size(); turn++) {
                Contestant contestant = contestants.get(Math.floorMod(round + turn, contestants.size()));
                progress.accept((round < 0
                                ? "warm-up " + (round + warmUps + 1) + "/" + warmUps
                                : "round " + (round + 1) + "/" + rounds)
                        + " " + contestant.name());
                Measured result = contestant.round();
                if (round >= 0) {
                    Objects.requireNonNull(measured.get(contestant.name())).add(result);
                }
            }
        }
        return new Rounds(measured);
    }

    /** What {@code contestant} measured, round by round. */
    public List<Measured> of(String contestant) {
        List<Measured> found = byContestant.get(contestant);
        if (found == null) {
            throw new IllegalArgumentException("No contestant is named " + contestant + ": " + byContestant.keySet());
        }
        return List.copyOf(found);
    }

    /** A number of each round of {@code contestant}. */
    public Summary summary(String contestant, ToDoubleFunction<Measured> number) {
        return Summary.of(of(contestant).stream().mapToDouble(number).toArray());
    }

    /** Units a second of {@code contestant} over those of {@code baseline}, within each round. */
    public Summary ratio(String contestant, String baseline) {
        List<Measured> ours = of(contestant);
        List<Measured> theirs = of(baseline);
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i).perSecond() / theirs.get(i).perSecond();
        }
        return Summary.of(ratios);
    }
}
