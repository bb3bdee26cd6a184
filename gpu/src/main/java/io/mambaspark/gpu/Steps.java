package io.mambaspark.gpu;

/**
 * Steps for the device, with the tables that they read.
 *
 * @param plan        tables, then steps
 * @param first       the place of the first step
 * @param count       how many
 * @param firstResult the number of the first step that writes results; it and all behind it must be in one run
 * @param results     floats of results
 */
record Steps(IntList plan, int first, int count, int firstResult, int results) {
    /** The place of a step in {@code plan}. */
    int place(int step) {
        return first + step * Step.INTS;
    }

    /** What a step does. */
    int operation(int step) {
        return plan.get(place(step));
    }
}
