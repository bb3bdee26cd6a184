package io.mambaspark.jobs;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The bytes at the start of a file that name its encoding; UTF-32 comes first because its mark starts with UTF-16's. */
enum ByteOrderMark {
    UTF_32LE("fffe0000", Charset.forName("UTF-32LE")),
    UTF_32BE("0000feff", Charset.forName("UTF-32BE")),
    UTF_8("efbbbf", StandardCharsets.UTF_8),
    UTF_16LE("fffe", StandardCharsets.UTF_16LE),
    UTF_16BE("feff", StandardCharsets.UTF_16BE);

    private final String hex;
    private final Charset charset;

    ByteOrderMark(String hex, Charset charset) {
        this.hex = hex;
        this.charset = charset;
    }

    /** The mark that {@code bytes} start with. */
    static Optional<ByteOrderMark> of(byte[] bytes) {
        return Arrays.stream(values()).filter(mark -> mark.starts(bytes)).findFirst();
    }

    private boolean starts(byte[] bytes) {
        byte[] mark = HexFormat.of().parseHex(hex);
        return bytes.length >= mark.length && Arrays.equals(mark, 0, mark.length, bytes, 0, mark.length);
    }

    /** What follows the mark is encoded in this. */
    Charset charset() {
        return charset;
    }

    /** How many bytes the mark has. */
    int length() {
        return hex.length() / 2;
    }
}
