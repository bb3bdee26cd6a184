package io.mambaspark.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.List;

/** Finds where the sentences of a block end: a stretch of text without blank lines. For one thread. */
final class SentenceEnds {
    /** A shorter line was not wrapped: it is a heading, a verse, the end of a paragraph. */
    static final int WRAPPED_LINE = 40;

    private static final int LONGEST_HEADING = 60;
    private static final int LONGEST_LABEL = 16;
    private static final List<String> LABELS = List.of("Figure ", "Table ", "Listing ", "Fig. ");
    private static final String CLOSING = "\"')]}*_\u201D\u2019\u00BB\u203A\u300D\u300F\uFF09";
    private static final String OPENING = "\"'([{*_\u201C\u2018\u00AB\u2039\u00BF\u00A1\u300C\u300E";
    /** After one of these a sentence goes on, whatever mark was before it. */
    private static final String CONTINUING = ",;:)]}\u00A7&%=+/";

    private final String text;
    private final int blockEnd;
    private final boolean usesCapitals;
    /** Whether the block has so few lines that they are one paragraph, not a list. */
    private final boolean fewLines;

    private int at;
    private int start;
    private int end;
    private int lineStart;

    SentenceEnds(String text, int blockStart, int blockEnd, boolean usesCapitals, boolean fewLines) {
        this.text = text;
        this.blockEnd = blockEnd;
        this.usesCapitals = usesCapitals;
        this.fewLines = fewLines;
        this.at = blockStart;
        this.lineStart = blockStart;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Moves on to the next sentence; false if there is none. */
    boolean next() {
        start = afterSpace(at);
        if (start == blockEnd) {
            return false;
        }
        end = findEnd();
        at = end;
        while (end > start && Words.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return true;
    }

    private int findEnd() {
        int i = start;
        while (i < blockEnd) {
            char c = text.charAt(i);
            if (isMark(c)) {
                int marks = afterMarks(i);
                int closed = afterReferences(afterClosing(marks));
                if (closed == blockEnd) {
                    return blockEnd;
                }
                if (isFullWidth(text.charAt(marks - 1)) && !Words.isSpace(text.charAt(closed))) {
                    return closed;
                }
                if (Words.isSpace(text.charAt(closed)) && endsSentence(i, marks, closed)) {
                    return afterLooseReferences(closed);
                }
                i = closed;
            } else if (Lines.isBreak(c)) {
                if (endsAtLine(i)) {
                    return i;
                }
                i = Lines.afterBreak(text, i);
                lineStart = i;
            } else {
                i++;
            }
        }
        return blockEnd;
    }

    private static boolean isMark(char c) {
        if (c < 0x80) {
            return c == '.' || c == '!' || c == '?';
        }
        return c == '\u2026' || UCharacter.hasBinaryProperty(c, UProperty.S_TERM);
    }

    /** The marks by which blocks of sentences are told from blocks of lines. */
    static boolean isCountedMark(char c) {
        return c == '.' || c == '!' || c == '?' || c == '\u2026' || c == '\u3002' || c == '\uFF01' || c == '\uFF1F';
    }

    private static boolean isFullWidth(char c) {
        return c == '\u3002' || c == '\uFF01' || c == '\uFF1F' || c == '\uFF61';
    }

    private int afterMarks(int from) {
        int i = from + 1;
        while (i < blockEnd && isMark(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private int afterClosing(int from) {
        int i = from;
        while (i < blockEnd && CLOSING.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private int afterSpace(int from) {
        int i = from;
        while (i < blockEnd && Words.isSpace(text.charAt(i))) {
            lineStart = Lines.isBreak(text.charAt(i)) ? i + 1 : lineStart;
            i++;
        }
        return i;
    }

    /** After {@code [6]} or {@code [6][7]} that follow a mark at once. */
    private int afterReferences(int from) {
        int i = from;
        for (int next = afterReference(i); next > i; next = afterReference(i)) {
            i = next;
        }
        return i;
    }

    /** The same, where a blank comes before each. */
    private int afterLooseReferences(int from) {
        int last = from;
        while (true) {
            int next = last;
            while (next < blockEnd && text.charAt(next) == ' ') {
                next++;
            }
            int after = afterReferences(next);
            if (after == next || (after < blockEnd && !Words.isSpace(text.charAt(after)))) {
                return last;
            }
            last = after;
        }
    }

    private int afterReference(int from) {
        int i = from;
        if (i == blockEnd || text.charAt(i) != '[') {
            return from;
        }
        i++;
        while (i < blockEnd && "0123456789,-\u2013 ".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        boolean number = i > from + 1 && i < blockEnd && text.charAt(i) == ']';
        return number ? i + 1 : from;
    }

    /** Whether the marks [mark, marks) end the sentence; white space follows what closes with them. */
    private boolean endsSentence(int mark, int marks, int closed) {
        int next = closed;
        while (next < blockEnd && Words.isSpace(text.charAt(next))) {
            next++;
        }
        if (next == blockEnd) {
            return true;
        }
        if (isItemNumber(mark, marks) || isRemark(mark, closed)) {
            return false;
        }
        int word = afterOpening(next);
        int first = word == blockEnd ? ' ' : text.codePointAt(word);
        if (CONTINUING.indexOf(first) >= 0
                || (first <= Character.MAX_VALUE
                        && (isMark((char) first) || (word > next && Words.isSpace((char) first))))
                || (usesCapitals && isLower(word))) {
            return false;
        }
        boolean point = text.charAt(mark) == '.' && marks == mark + 1;
        if (!point && word > next && isDigit(first) && text.charAt(word - 1) == '(') {
            return false;
        }
        return !point || Abbreviations.mayEnd(text, start, mark, word, blockEnd, usesCapitals);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private int afterOpening(int from) {
        int i = from;
        while (i < blockEnd && OPENING.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    /** "1.", "2.1.", "a." and "Figure 1." begin a sentence. */
    private boolean isItemNumber(int mark, int marks) {
        if (text.charAt(mark) != '.' || marks != mark + 1 || mark - start > LONGEST_LABEL) {
            return false;
        }
        int i = start;
        if (text.charAt(i) == '(') {
            i++;
        }
        if (i + 1 == mark && text.charAt(i) < 0x80 && Letters.isLetter(text.charAt(i))) {
            return true;
        }
        for (String label : LABELS) {
            i = text.startsWith(label, start) ? start + label.length() : i;
        }
        int digits = 0;
        int run = 0;
        for (int k = i; k < mark; k++) {
            char c = text.charAt(k);
            digits += c >= '0' && c <= '9' ? 1 : 0;
            run = c == '.' ? 0 : run + 1;
            if (run > 3 || (c != '.' && (c < '0' || c > '9'))) {
                return false;
            }
        }
        return digits > 0;
    }

    /** "(!)" and "(?)" are remarks within a sentence. */
    private boolean isRemark(int mark, int closed) {
        return mark > start && text.charAt(mark - 1) == '(' && text.charAt(closed - 1) == ')';
    }

    /** Whether the word at {@code at} is in lower case; not eBay. */
    private boolean isLower(int at) {
        if (at == blockEnd || !Letters.isLower(text.codePointAt(at))) {
            return false;
        }
        for (int i = at + 1; i < Math.min(blockEnd, at + LONGEST_LABEL); i++) {
            char c = text.charAt(i);
            if (Letters.isUpper(c) || !Letters.isLetter(c)) {
                return !Letters.isUpper(c);
            }
        }
        return true;
    }

    /** Whether the line break at {@code lineBreak} ends a sentence that no mark ends. */
    private boolean endsAtLine(int lineBreak) {
        int last = lineBreak;
        while (last > start && Words.isSpace(text.charAt(last - 1))) {
            last--;
        }
        int next = lineBreak;
        boolean page = false;
        while (next < blockEnd && Words.isSpace(text.charAt(next))) {
            page |= Lines.isPageBreak(text.charAt(next));
            next++;
        }
        boolean wrapped = lineBreak - lineStart >= WRAPPED_LINE;
        if (isLower(afterOpening(next))) {
            return !wrapped && !fewLines && (!usesCapitals || endsInMark(last));
        }
        if (page || isHeading(last, next) || isSpeaker(next)) {
            return true;
        }
        char lastChar = text.charAt(last - 1);
        return !fewLines && (!wrapped || lastChar == ':' || lastChar == ';');
    }

    private boolean endsInMark(int last) {
        int i = last;
        while (i > start && CLOSING.indexOf(text.charAt(i - 1)) >= 0) {
            i--;
        }
        return i > start && isMark(text.charAt(i - 1)) && !Abbreviations.isTitle(text, start, i - 1);
    }

    /** A line in capitals, or a number, before one that is neither. */
    private boolean isHeading(int last, int next) {
        return last - start <= LONGEST_HEADING && isInCapitals(start, last) && !isInCapitals(next, lineEnd(next));
    }

    private int lineEnd(int from) {
        int limit = Math.min(blockEnd, from + LONGEST_HEADING);
        int i = from;
        while (i < limit && !Lines.isBreak(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private boolean isInCapitals(int from, int to) {
        boolean any = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Lines.isBreak(c) || Letters.isLower(c)) {
                return false;
            }
            any |= Letters.isUpper(c) || (c >= '0' && c <= '9');
        }
        return any;
    }

    /** "Ann: Are you there?" and "[12:01] Ann left" */
    private boolean isSpeaker(int from) {
        int limit = Math.min(blockEnd, from + WRAPPED_LINE);
        if (from == blockEnd || (!Letters.isUpper(text.charAt(from)) && text.charAt(from) != '[')) {
            return false;
        }
        for (int i = from; i < limit; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i + 1 < blockEnd && (Words.isSpace(text.charAt(i + 1)) || text.charAt(from) == '[');
            }
            if (!Character.isLetterOrDigit(c) && " .'-[".indexOf(c) < 0) {
                return false;
            }
        }
        return false;
    }
}
