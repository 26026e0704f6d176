package io.hookline.bench.measure;

import java.util.Arrays;

/**
 * Some measurements of one thing, none of them NaN unless all are unknown.
 *
 * @param median middle one; of an even number, the mean of the two in the middle
 * @param least smallest
 * @param most largest
 * @param count how many
 */
public record Summary(double median, double least, double most, int count) {
    /** Of at least one number. */
    public static Summary of(double... numbers) {
        if (numbers.length == 0) {
            throw new IllegalArgumentException("There is no median of no measurements.");
        }
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Summary(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** Half the distance between the extremes, as a share of the median: 0.05 says that all lie within about five per cent. */
    public double spread() {
        return median == 0 ? 0 : (most - least) / 2 / Math.abs(median);
    }
}
