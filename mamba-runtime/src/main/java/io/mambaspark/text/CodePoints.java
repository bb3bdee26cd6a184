package io.mambaspark.text;

import java.util.Objects;

/**
 * Turns UTF-16 indices of one text into code-point indices, and back. It walks from where it was asked last, so rising
 * indices cost one walk through the text altogether; falling ones are allowed and cost the way back. Not thread-safe.
 */
public final class CodePoints {
    private final String text;
    /** Where the walk stands, never inside a pair: a UTF-16 index and the code-point index of the same place. */
    private int utf16;

    private int codePoint;

    /** Starts at the beginning of {@code text}. */
    public CodePoints(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    /**
     * How many code points {@code text.substring(0, utf16Index)} has; half a pair counts as one, as in {@link
     * String#codePointCount}.
     *
     * @throws IndexOutOfBoundsException if the index lies outside the text (its length is inside)
     */
    public int toCodePoint(int utf16Index) {
        Objects.checkIndex(utf16Index, text.length() + 1);
        if (isInsidePair(utf16Index)) {
            return toCodePoint(utf16Index - 1) + 1;
        }
        if (utf16Index >= utf16) {
            codePoint += text.codePointCount(utf16, utf16Index);
        } else {
            codePoint -= text.codePointCount(utf16Index, utf16);
        }
        utf16 = utf16Index;
        return codePoint;
    }

    /**
     * The UTF-16 index where the code point of this number starts.
     *
     * @throws IndexOutOfBoundsException if the text has fewer code points (their number is allowed, and is its end)
     */
    public int toUtf16(int codePointIndex) {
        utf16 = text.offsetByCodePoints(utf16, codePointIndex - codePoint);
        codePoint = codePointIndex;
        return utf16;
    }

    private boolean isInsidePair(int index) {
        return index > 0
                && index < text.length()
                && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
    }
}
