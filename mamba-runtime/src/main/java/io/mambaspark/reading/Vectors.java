package io.mambaspark.reading;

/** Arithmetic on vectors, in an order that never changes. */
public final class Vectors {
    private Vectors() {}

    /** a · b[at, at + a.length), summed in double. */
    public static float dot(float[] a, float[] b, int at) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[at + i];
        }
        return (float) sum;
    }

    /**
     * Makes the vector unit length; a vector of zeros stays as it is.
     *
     * @return whether it has unit length now: false for zeros, and where a number is not finite or too small to be scaled
     */
    public static boolean normalise(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        if (!(squares > 0)) {
            return false;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return scale > 0 && scale < Float.POSITIVE_INFINITY;
    }
}
