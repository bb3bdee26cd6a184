package io.mambaspark.text;

/** Quotation marks of a unit: whether they close, how much is between them. */
final class QuotationMarks {
    private QuotationMarks() {}

    /** Whether the marks of a unit do not close; single ones count where there are no double ones. */
    static boolean areOdd(String raw, String plain) {
        int straight = count(raw, '"');
        int open = count(raw, '\u201C');
        if (straight % 2 == 1 || open != count(raw, '\u201D')) {
            return true;
        }
        if (straight > 0 || open > 0) {
            return false;
        }
        int opening = 0;
        int closing = 0;
        for (int i = plain.indexOf('\''); i >= 0; i = plain.indexOf('\'', i + 1)) {
            opening += opensSingle(plain, i) ? 1 : 0;
            closing += closesSingle(plain, i) ? 1 : 0;
        }
        return closing > opening || (opening > closing && closing == 0 && plain.startsWith("'"));
    }

    private static int count(String text, char c) {
        int count = 0;
        for (int i = text.indexOf(c); i >= 0; i = text.indexOf(c, i + 1)) {
            count++;
        }
        return count;
    }

    private static boolean opensSingle(String plain, int at) {
        boolean before =
                at == 0 || Words.isSpace(plain.charAt(at - 1)) || "(\u2014-".indexOf(plain.charAt(at - 1)) >= 0;
        return before && at + 1 < plain.length() && isOfWord(plain.charAt(at + 1));
    }

    private static boolean closesSingle(String plain, int at) {
        boolean after = at + 1 == plain.length()
                || Words.isSpace(plain.charAt(at + 1))
                || "\u2014)-".indexOf(plain.charAt(at + 1)) >= 0;
        return after && at > 0 && ".,!?;:\u2014-".indexOf(plain.charAt(at - 1)) >= 0;
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /** Whether more than {@code share} of the characters are in double quotation marks, or single ones start and close it. */
    static boolean isDialogue(String plain, boolean inside, double share) {
        int quoted = 0;
        boolean open = inside;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            quoted += (open || c == '"') && !Character.isLowSurrogate(c) ? 1 : 0;
            open ^= c == '"';
        }
        return quoted > share * plain.codePointCount(0, plain.length())
                || (plain.length() > 1
                        && plain.charAt(0) == '\''
                        && isOfWord(plain.charAt(1))
                        && closesAnySingle(plain));
    }

    private static boolean closesAnySingle(String plain) {
        for (int i = plain.indexOf('\'', 1); i >= 0; i = plain.indexOf('\'', i + 1)) {
            if (".,!?".indexOf(plain.charAt(i - 1)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
