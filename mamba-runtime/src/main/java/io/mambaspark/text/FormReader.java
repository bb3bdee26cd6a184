package io.mambaspark.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the form of each unit of a document, in order. Keeps nothing but where the last one ended and whether a quotation is open.
 * For one thread.
 */
public final class FormReader {
    /** How far a blank line is looked for around a unit. */
    private static final int AROUND = 200;
    /** Phrases that say something about a start are shorter. */
    private static final int START = 400;
    /** Heads and feet of pages have no more. */
    private static final int PAGE_HEAD_WORDS = 15;

    private final FormRules rules;
    private final Words words;
    private String text = "";
    private int at;
    private int quotes;
    private boolean anyUnit;
    private boolean anyOfText;
    /** Whether the unit before ends in a comma or colon. */
    private boolean announced;
    /** Whether the unit before is a part of a paragraph, and has no end. */
    private boolean unended;

    /** Starts with a document. */
    public FormReader(FormRules rules, Words words) {
        this.rules = rules;
        this.words = words;
    }

    /** What comes is of {@code newText}. */
    public void begin(String newText) {
        text = newText;
        at = 0;
        quotes = 0;
        anyOfText = false;
    }

    /**
     * A unit that was read.
     *
     * @param words of it as it is printed, without a bullet
     */
    public record Unit(UnitForm form, int words) {}

    /** Reads the next unit of the text. */
    public Unit read(Sentence unit) {
        Span span = unit.span();
        TextForm kind = unit.form();
        boolean blankLine = breaksBefore(span.start(), at) >= 2;
        if (blankLine || !anyOfText) {
            quotes = 0;
        }
        String raw = OneLine.of(span.of(text));
        String plain = plain(raw);
        boolean inside = quotes % 2 == 1;
        boolean greeted = anyOfText && blankLine && announced;
        List<String> latin = words(plain);
        boolean alone = isAlone(span);
        boolean end = endsInMark(raw);
        int count = words.count(raw, 0, raw.length());
        boolean atPageBreak = isPageBreak(at, span.start(), -1) || isPageBreak(span.end(), text.length(), 1);
        boolean announces = raw.endsWith(",") || raw.endsWith(":");
        boolean pageHead =
                count <= PAGE_HEAD_WORDS && (atPageBreak || (alone && !end)) && !announces && kind != TextForm.HEADING;
        int flags = flag(UnitForm.END, end)
                | flag(UnitForm.MAY_BE_PAGE_HEAD, pageHead)
                | flag(UnitForm.INTERRUPTS, pageHead && (atPageBreak || unended || PageHeads.hasNumber(raw)))
                | flag(UnitForm.LOWER, startsInLowerCase(plain) && !greeted)
                | flag(UnitForm.VERB, latin.stream().anyMatch(this::isVerb))
                | flag(UnitForm.ALONE, alone)
                | flag(UnitForm.TITLE_CASE, isTitleCase(latin))
                | flag(UnitForm.CAPITALS, isInCapitals(plain))
                | flag(UnitForm.ODD_QUOTES, QuotationMarks.areOdd(raw, plain))
                | flag(UnitForm.INSIDE, inside)
                | flag(UnitForm.DIALOGUE, QuotationMarks.isDialogue(plain, inside, rules.dialogueShare()))
                | flag(UnitForm.DANGLING, isDangling(plain, latin))
                | flag(UnitForm.FIRST, !anyUnit)
                | flag(UnitForm.CANDIDATE, unit.candidate());
        quotes += count(plain, '"');
        at = span.end();
        unended = !end && !alone;
        announced = announces;
        anyUnit = true;
        anyOfText = true;
        return new Unit(UnitForm.of(kind, flags, latin.size()), count);
    }

    private static int flag(int flag, boolean on) {
        return on ? flag : 0;
    }

    /** Typographic marks are compared as plain ones. */
    static String plain(String text) {
        return text.replace('\u2018', '\'')
                .replace('\u2019', '\'')
                .replace('\u201C', '"')
                .replace('\u201D', '"');
    }

    private static int count(String text, char c) {
        int count = 0;
        for (int i = text.indexOf(c); i >= 0; i = text.indexOf(c, i + 1)) {
            count++;
        }
        return count;
    }

    /** Line breaks of the white space before {@code end}, back to {@code start} or to what is no white space. */
    private int breaksBefore(int end, int start) {
        int breaks = 0;
        // Fences of code may be between two units: blank lines count wherever they are.
        int most = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            breaks = !Words.isSpace(c) ? 0 : breaks + (isLineEnd(i) ? 1 : 0);
            most = Math.max(most, breaks);
        }
        return most;
    }

    /** Whether a line ends at {@code i}: at its line feed, or its carriage return if there is none. */
    private boolean isLineEnd(int i) {
        char c = text.charAt(i);
        return Lines.isBreak(c) && !(c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n');
    }

    private boolean isAlone(Span span) {
        return isBlankBefore(span.start()) && isBlankAfter(span.end());
    }

    /** Whether a page ends in the white space next to a unit: from {@code to} back, or from {@code from} on. */
    private boolean isPageBreak(int from, int to, int step) {
        int i = step > 0 ? from : to - 1;
        while (i >= from && i < to && Words.isSpace(text.charAt(i))) {
            if (Lines.isPageBreak(text.charAt(i))) {
                return true;
            }
            i += step;
        }
        return false;
    }

    private boolean isBlankBefore(int start) {
        int reach = Math.max(0, start - AROUND);
        int breaks = 0;
        int i = start;
        while (i > reach && Words.isSpace(text.charAt(i - 1))) {
            i--;
            breaks += isLineEnd(i) ? 1 : 0;
        }
        return breaks >= 2 || i == reach;
    }

    private boolean isBlankAfter(int end) {
        int reach = Math.min(text.length(), end + AROUND);
        int breaks = 0;
        int i = end;
        while (i < reach && Words.isSpace(text.charAt(i))) {
            breaks += isLineEnd(i) ? 1 : 0;
            i++;
        }
        return breaks >= 2 || i == reach;
    }

    /** Runs of letters of the Latin alphabet and apostrophes, starting with a letter. */
    private static List<String> words(String plain) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= plain.length(); i++) {
            char c = i < plain.length() ? plain.charAt(i) : ' ';
            if (start < 0 && isLatin(c)) {
                start = i;
            } else if (start >= 0 && !isLatin(c) && c != '\'') {
                words.add(plain.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    private static boolean isLatin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private boolean endsInMark(String raw) {
        return rules.end().isIn(new LinePattern.Line(raw).set(Math.max(0, raw.length() - AROUND), raw.length()));
    }

    /** Perhaps after "(a) " or "12. ". */
    private static boolean startsInLowerCase(String plain) {
        int i = plain.startsWith("(") ? 1 : 0;
        int start = i;
        while (i < plain.length() && i - start < 3 && isWordCharacter(plain.charAt(i))) {
            i++;
        }
        if (i > start && i + 1 < plain.length() && (plain.charAt(i) == '.' || plain.charAt(i) == ')')) {
            int after = i + 1;
            while (after < plain.length() && Words.isSpace(plain.charAt(after))) {
                after++;
            }
            if (after > i + 1 && after < plain.length() && isSmall(plain.charAt(after))) {
                return true;
            }
        }
        return !plain.isEmpty() && isSmall(plain.charAt(0));
    }

    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isSmall(char c) {
        return c >= 'a' && c <= 'z';
    }

    private boolean isVerb(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return rules.auxiliaries().contains(lower)
                || rules.verbs().contains(lower)
                || (lower.length() >= 4 && lower.endsWith("ed"))
                || lower.contains("n't")
                || CONTRACTED_IS.contains(lower);
    }

    private static final Set<String> CONTRACTED_IS =
            Set.of("he's", "she's", "it's", "that's", "there's", "who's", "what's");

    private boolean isTitleCase(List<String> words) {
        if (!rules.titleCase().holds(words.size())) {
            return false;
        }
        int longer = 0;
        int capitals = 0;
        for (String word : words) {
            if (word.length() >= rules.titleCaseLetters()) {
                longer++;
                capitals += isSmall(word.charAt(0)) ? 0 : 1;
            }
        }
        return capitals >= rules.titleCase().least() && capitals > rules.titleCaseShare() * longer;
    }

    private boolean isInCapitals(String plain) {
        int letters = 0;
        int capitals = 0;
        for (int i = 0; i < plain.length(); ) {
            int c = plain.codePointAt(i);
            i += Character.charCount(c);
            if (Letters.isLetter(c)) {
                letters++;
                capitals += Letters.isUpper(c) ? 1 : 0;
            }
        }
        return letters > 0 && capitals > rules.capitalsShare() * letters;
    }

    private boolean isDangling(String plain, List<String> words) {
        int from = 0;
        while (from < plain.length() && "\"'(".indexOf(plain.charAt(from)) >= 0) {
            from++;
        }
        String first = words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
        String start =
                plain.substring(from, Math.min(plain.length(), from + START)).toLowerCase(Locale.ROOT);
        LinePattern.Line line = new LinePattern.Line(start).set(0, start.length());
        boolean dangling = rules.pronouns().contains(first)
                || rules.connectives().contains(first)
                || rules.danglingPhrase().startsWith(line);
        return dangling && !rules.selfReference().startsWith(line);
    }
}
