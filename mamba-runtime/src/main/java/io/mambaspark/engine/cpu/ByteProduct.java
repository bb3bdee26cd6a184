package io.mambaspark.engine.cpu;

/** The dot product of vectors of one byte a number, by the kernels that this JVM runs best. Thread-safe. */
public final class ByteProduct {
    private static final Kernels KERNELS = KernelChoice.best().kernels();

    private ByteProduct() {}

    /**
     * a · b.
     *
     * @param a {@code [d]}, d at most 131,072, so that no sum leaves the int
     * @param b as long as {@code a}
     * @throws IllegalArgumentException if the two differ in length
     */
    public static int of(byte[] a, byte[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "a dot product of vectors of " + a.length + " and " + b.length + " numbers");
        }
        return KERNELS.dot(a, b);
    }
}
