package io.mambaspark.jobs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Recognises UTF-16 and UTF-32 without a byte order mark, to name what {@code --encoding} must be. */
final class UnmarkedUnicode {
    /** In text of one byte a character, control characters but white space are rare: fewer than one in five. */
    private static final double CONTROLS_OF_ASCII = 0.2;
    /** Chinese in UTF-16, seen as bytes: the lower half of a character is a control character one time in ten. */
    private static final double CONTROLS_OF_OTHERS = 0.04;

    private UnmarkedUnicode() {}

    /** The encoding of {@code head}, the first bytes of a file that is not good UTF-8 text; empty for any other than these. */
    static Optional<Charset> of(byte[] head) {
        if (controls(head) < (isUtf8(head) ? CONTROLS_OF_ASCII : CONTROLS_OF_OTHERS)) {
            return Optional.empty();
        }
        return Stream.of("UTF-32LE", "UTF-32BE", "UTF-16LE", "UTF-16BE")
                .map(Charset::forName)
                .filter(charset -> isText(strictly(head, charset)))
                .max(Comparator.comparingLong(charset -> familiar(strictly(head, charset))));
    }

    private static double controls(byte[] head) {
        int count = 0;
        for (byte each : head) {
            count += Signatures.isControl(each) ? 1 : 0;
        }
        return head.length == 0 ? 0 : (double) count / head.length;
    }

    private static boolean isUtf8(byte[] head) {
        return !strictly(head, StandardCharsets.UTF_8).isEmpty();
    }

    /** The text, but for a character that the end of {@code head} cuts; empty if anything is malformed. */
    private static String strictly(byte[] head, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(head.length);
        return decoder.decode(ByteBuffer.wrap(head), text, false).isUnderflow()
                ? text.flip().toString()
                : "";
    }

    private static boolean isText(String text) {
        return !text.isEmpty() && text.codePoints().allMatch(UnmarkedUnicode::isOfTexts);
    }

    private static boolean isOfTexts(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE -> false;
            case Character.CONTROL -> codePoint < 0x80 && !Signatures.isControl((byte) codePoint);
            default -> true;
        };
    }

    /** Of white space, ASCII and East Asian punctuation every text has some; with its bytes swapped it has not. */
    private static long familiar(String text) {
        return text.codePoints()
                .filter(c -> c < 0x80 || c >= 0x3000 && c < 0x3040 || c >= 0xFF00 && c < 0xFF66)
                .count();
    }
}
