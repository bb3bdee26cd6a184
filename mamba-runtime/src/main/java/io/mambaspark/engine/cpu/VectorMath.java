package io.mambaspark.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The functions of the activations on vectors, with polynomials fitted to a relative error of a few 1e-7. */
final class VectorMath {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Adding 1.5 · 2^23 rounds to the nearest integer and leaves it in the low bits. */
    static final float MAGIC = 12582912f;

    static final int EXPONENT_SHIFT = 23;

    /** 2^f = 1 + f (P1 + f (P2 + ...)) for |f| at most 1/2. */
    static final float P1 = 0.6931470036506653f;

    static final float P2 = 0.24022242426872253f;
    static final float P3 = 0.05550733581185341f;
    static final float P4 = 0.009671512991189957f;
    static final float P5 = 0.001326472731307149f;

    static final float LOG2_E = 1.44269504f;
    static final int SIGN = 0x8000_0000;
    private static final int LOWEST_BITS = Float.floatToRawIntBits(-126f);

    private VectorMath() {}

    static FloatVector constant(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    /** Where {@link #exp2} clamps, as integers. */
    static IntVector lowest() {
        return constant(-126f).reinterpretAsInts();
    }

    /**
     * 2^q for q whose sign bit is set: 2^n 2^f with n the nearest integer; n is added to the exponent of 2^f. Below
     * 2^-126 the exponent would wrap around, so q is clamped there: as integers, negative floats grow with their
     * magnitude, which makes the clamp one instruction ({@code max} of floats is five, for NaN and -0).
     */
    static FloatVector exp2(FloatVector q) {
        FloatVector x = q.reinterpretAsInts().min(LOWEST_BITS).reinterpretAsFloats();
        FloatVector n = x.add(MAGIC);
        FloatVector f = x.sub(n.sub(MAGIC));
        FloatVector p = constant(P5)
                .fma(f, constant(P4))
                .fma(f, constant(P3))
                .fma(f, constant(P2))
                .fma(f, constant(P1))
                .fma(f, constant(1f));
        return p.reinterpretAsInts()
                .add(n.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT_SHIFT))
                .reinterpretAsFloats();
    }

    /** x / (1 + e^-x), from e^-|x| so that nothing overflows. */
    static FloatVector silu(FloatVector x) {
        FloatVector e = exp2(negativeMagnitude(x).mul(LOG2_E));
        VectorMask<Float> negative = x.test(VectorOperators.IS_NEGATIVE);
        return x.mul(constant(1f).blend(e, negative)).div(e.add(1f));
    }

    private static FloatVector negativeMagnitude(FloatVector x) {
        return x.reinterpretAsInts().or(SIGN).reinterpretAsFloats();
    }
}
