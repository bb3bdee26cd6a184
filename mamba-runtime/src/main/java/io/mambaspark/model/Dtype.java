package io.mambaspark.model;

import java.util.Optional;

/** The number formats that a safetensors file may hold. Values are decoded from {@link #F32}, {@link #F16}, {@link #BF16}. */
enum Dtype {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    C64(64),
    F64(64),
    I64(64),
    U64(64);

    private final int bits;

    Dtype(int bits) {
        this.bits = bits;
    }

    /** The width of one value in bits; some formats are narrower than a byte. */
    int bits() {
        return bits;
    }

    /** Whether weights in this format can be read as floats. */
    boolean isWeight() {
        return this == F32 || this == F16 || this == BF16;
    }

    /** The format of that name, as the header spells it. */
    static Optional<Dtype> named(String name) {
        for (Dtype dtype : values()) {
            if (dtype.name().equals(name)) {
                return Optional.of(dtype);
            }
        }
        return Optional.empty();
    }
}
