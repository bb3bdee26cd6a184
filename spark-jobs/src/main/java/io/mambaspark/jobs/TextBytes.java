package io.mambaspark.jobs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/** Text from the bytes of a file. */
final class TextBytes {
    private static final char REPLACEMENT = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int CHARACTERS_AT_ONCE = 8192;

    private TextBytes() {}

    /**
     * Decodes all of {@code bytes}: a byte order mark decides the encoding and is dropped; malformed bytes become U+FFFD and
     * are counted.
     *
     * @param encoding of bytes without a byte order mark
     */
    static SourceText decode(byte[] bytes, Charset encoding) {
        Optional<ByteOrderMark> mark = ByteOrderMark.of(bytes);
        int from = mark.map(ByteOrderMark::length).orElse(0);
        Charset charset = mark.map(ByteOrderMark::charset).orElse(encoding);
        String text = new String(bytes, from, bytes.length - from, charset);
        long replaced = text.indexOf(REPLACEMENT) < 0 ? 0 : malformed(bytes, from, charset);
        // GB18030 has a mark of its own, which is this character.
        boolean marked = mark.isEmpty() && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return new SourceText(marked ? text.substring(1) : text, null, replaced);
    }

    /** How many sequences {@code charset} has no character for; U+FFFD in the file itself is none. */
    private static long malformed(byte[] bytes, int from, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(CHARACTERS_AT_ONCE);
        long count = 0;
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
            if (result.isError()) {
                count++;
                in.position(in.position() + result.length());
            }
        } while (!result.isUnderflow());
        return count;
    }
}
