package io.mambaspark.model;

/** The two 16-bit formats of weights, widened to float without loss. */
final class HalfPrecision {
    private HalfPrecision() {}

    /** IEEE 754 binary16: 1 sign bit, 5 bits of exponent, 10 of fraction. */
    static float fromF16(short half) {
        int sign = (half & 0x8000) << 16;
        // With the fraction in place the exponent is short by 127 - 15; the product also renormalises subnormals.
        float magnitude = Float.intBitsToFloat((half & 0x7fff) << 13) * 0x1p112f;
        boolean infiniteOrNaN = (half & 0x7c00) == 0x7c00;
        int exponent = infiniteOrNaN ? 0x7f80_0000 : 0;
        return Float.intBitsToFloat(sign | exponent | Float.floatToRawIntBits(magnitude));
    }

    /** bfloat16: the upper half of a float. */
    static float fromBf16(short half) {
        return Float.intBitsToFloat(half << 16);
    }
}
