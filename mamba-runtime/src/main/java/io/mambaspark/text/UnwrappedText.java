package io.mambaspark.text;

import java.text.CharacterIterator;

/**
 * A text whose <em>soft</em> line breaks read as blanks: those that only wrap a long line. A line break is soft if the
 * 40 characters before it are of one line, that line does not end in a mark that ends or announces something, and the
 * next line is not blank. One character stands for one, so indices stay; nothing is copied, and clones are cheap.
 */
final class UnwrappedText implements CharacterIterator, Cloneable {
    /** A shorter line was not wrapped: it is a heading, a verse, the end of a paragraph. */
    static final int WRAPPED_LINE = 40;

    private final String text;
    private int index;
    /** The line break looked at last, by its first character, and what was found. */
    private int lastBreak = -1;

    private boolean lastSoft;

    UnwrappedText(String text) {
        this.text = text;
    }

    static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    private char charAt(int i) {
        char c = text.charAt(i);
        return (c == '\n' || c == '\r') && isSoft(i) ? ' ' : c;
    }

    private boolean isSoft(int i) {
        boolean secondOfTwo = text.charAt(i) == '\n' && i > 0 && text.charAt(i - 1) == '\r';
        int start = secondOfTwo ? i - 1 : i;
        if (start != lastBreak) {
            lastBreak = start;
            lastSoft = isLongLineBefore(start) && !endsHere(start) && !isBlankLineAt(lineStart(start));
        }
        return lastSoft;
    }

    private boolean isLongLineBefore(int lineBreak) {
        if (lineBreak < WRAPPED_LINE) {
            return false;
        }
        for (int i = lineBreak - WRAPPED_LINE; i < lineBreak; i++) {
            if (isLineBreak(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the line ends in . ! ? : or ; and perhaps closing quotes; the point of an abbreviation ends nothing. */
    private boolean endsHere(int lineBreak) {
        int end = lineBreak;
        while (end > 0 && Words.isSpace(text.charAt(end - 1)) && !isLineBreak(text.charAt(end - 1))) {
            end--;
        }
        if (Abbreviations.endsAt(text, end)) {
            return false;
        }
        while (end > 0 && isClosingQuote(text.charAt(end - 1))) {
            end--;
        }
        return end > 0 && ".!?:;".indexOf(text.charAt(end - 1)) >= 0;
    }

    private static boolean isClosingQuote(char c) {
        return c == '"' || c == '\'' || c == '\u201D' || c == '\u2019' || c == '\u00BB' || c == '\u203A';
    }

    private int lineStart(int lineBreak) {
        boolean two = text.startsWith("\r\n", lineBreak);
        return lineBreak + (two ? 2 : 1);
    }

    private boolean isBlankLineAt(int start) {
        int i = start;
        while (i < text.length() && Words.isSpace(text.charAt(i)) && !isLineBreak(text.charAt(i))) {
            i++;
        }
        return i == text.length() || isLineBreak(text.charAt(i));
    }

    @Override
    public char current() {
        return index < text.length() ? charAt(index) : DONE;
    }

    @Override
    public char next() {
        index = Math.min(index + 1, text.length());
        return current();
    }

    @Override
    public char previous() {
        if (index == 0) {
            return DONE;
        }
        index--;
        return current();
    }

    @Override
    public char first() {
        index = 0;
        return current();
    }

    @Override
    public char last() {
        index = Math.max(0, text.length() - 1);
        return current();
    }

    @Override
    public char setIndex(int position) {
        if (position < 0 || position > text.length()) {
            throw new IllegalArgumentException("index " + position + " is not in 0 to " + text.length());
        }
        index = position;
        return current();
    }

    @Override
    public int getBeginIndex() {
        return 0;
    }

    @Override
    public int getEndIndex() {
        return text.length();
    }

    @Override
    public int getIndex() {
        return index;
    }

    @Override
    public UnwrappedText clone() {
        try {
            return (UnwrappedText) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
