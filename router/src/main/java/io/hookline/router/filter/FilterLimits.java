package io.hookline.router.filter;

/**
 * How much a pattern may ask for. What exceeds a limit is refused when the subscription is made, with the limit's name. Together they
 * bound the cost of evaluating any accepted filter, whatever the event: each scalar at a named path is tested against each condition of
 * that path once, {@code valuesMax} tests in all, each linear in the scalar; then the results are combined, once for each array element
 * and each of {@code orCombinationsMax} combinations, by operations on the bits of a {@code long}.
 *
 * @param bytesMax length of the pattern's JSON, in bytes of UTF-8
 * @param depthMax levels of nested objects and arrays
 * @param fieldsMax fields with conditions, in all branches of {@code $or} together; at most 64
 * @param valuesPerFieldMax values and conditions of one field, those inside {@code anything-but} included
 * @param valuesMax values and conditions of all fields together
 * @param orBranchesMax branches of one {@code $or}
 * @param orCombinationsMax ways to satisfy the pattern once every {@code $or} is multiplied out
 * @param textCharsMax characters of one string
 * @param wildcardsMax wildcard conditions in the pattern
 * @param starsMax stars of one wildcard
 * @param numberDigitsMax digits of one number
 * @param numberExponentMax largest power of ten of a number's exponent, either way
 */
public record FilterLimits(
        int bytesMax,
        int depthMax,
        int fieldsMax,
        int valuesPerFieldMax,
        int valuesMax,
        int orBranchesMax,
        int orCombinationsMax,
        int textCharsMax,
        int wildcardsMax,
        int starsMax,
        int numberDigitsMax,
        int numberExponentMax) {
    /** What Hookline allows. */
    public static final FilterLimits DEFAULT =
            new FilterLimits(32_768, 24, 64, 500, 1_000, 64, 256, 1_024, 64, 16, 100, 400);

    /** The conditions of a filter are the bits of a {@code long}. */
    static final int FIELDS_CEILING = 64;

    /** Checks that the limits themselves are possible. */
    public FilterLimits {
        if (fieldsMax < 1 || fieldsMax > FIELDS_CEILING) {
            throw new IllegalArgumentException("fieldsMax is " + fieldsMax + ", expected 1 to " + FIELDS_CEILING);
        }
    }
}
