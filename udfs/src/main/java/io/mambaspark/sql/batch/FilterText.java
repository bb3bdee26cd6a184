package io.mambaspark.sql.batch;

import io.mambaspark.sql.MambaSqlException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The text of a filter before it is parsed. Spark's parser takes minutes for some short texts: its time grows with the square of
 * the depth of comments and types, and with nested CASE. This class refuses deep texts, by counting brackets and words.
 */
final class FilterText {
    /** Some thousands of ids in a list. */
    static final int LENGTH = 1 << 16;

    /** Levels: of brackets here, of the tree in {@link FilterCheck}. */
    static final int DEPTH = 64;

    /** Of a part that a message shows. */
    private static final int SHOWN = 200;

    /** Words that open something without a bracket. */
    private static final Set<String> OPENING = Set.of("case", "array", "map", "struct");

    private final String text;
    private int at;
    private int brackets;
    private int words;

    private FilterText(String text) {
        this.text = text;
    }

    /**
     * Refuses what is too long, too deep, or has a comment.
     *
     * @throws MambaSqlException MAMBA_FILTER_NOT_ALLOWED
     */
    static void check(String text) {
        if (text.length() > LENGTH) {
            throw notAllowed(text, "a filter has at most " + LENGTH + " characters, and this one " + text.length());
        }
        new FilterText(text).scan();
    }

    /** A filter is refused because of a part of it. */
    static MambaSqlException notAllowed(String part, String reason) {
        String shown = part.codePointCount(0, part.length()) <= SHOWN
                ? part
                : part.substring(0, part.offsetByCodePoints(0, SHOWN)) + "…";
        return MambaSqlException.of(
                "MAMBA_FILTER_NOT_ALLOWED", Map.of("part", shown.replaceAll("\\p{Cntrl}", " "), "reason", reason));
    }

    /** The same for a part that is too deep. */
    static MambaSqlException tooDeep(String part) {
        return notAllowed(part, "it is nested more than " + DEPTH + " levels deep");
    }

    private void scan() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"' || c == '`') {
                skipQuoted(c);
            } else if (text.startsWith("/*", at) || text.startsWith("--", at)) {
                throw notAllowed(text.substring(at), "a filter has no comments");
            } else if (Character.isLetterOrDigit(c) || c == '_') {
                skipWord();
            } else {
                brackets += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
                at++;
            }
            if (brackets > DEPTH || words > DEPTH) {
                throw tooDeep(text);
            }
        }
    }

    private void skipQuoted(char quote) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
        }
        at++;
    }

    private void skipWord() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        words += OPENING.contains(text.substring(start, at).toLowerCase(Locale.ROOT)) ? 1 : 0;
    }
}
