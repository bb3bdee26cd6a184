package io.mambaspark.task;

/** Mean and deviation of a whole population, by Welford's recurrence: exactly 0 for equal values. */
final class Population {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    double deviation() {
        return count == 0 ? 0 : Math.sqrt(squares / count);
    }

    /** How many deviations {@code value} is above the mean; 0 where all values are equal. */
    double z(double value) {
        return squares == 0 ? 0 : (value - mean) / Math.sqrt(squares / count);
    }
}
