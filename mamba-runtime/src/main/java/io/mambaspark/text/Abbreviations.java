package io.mambaspark.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** English abbreviations, whose point seldom ends a sentence. Words without their points, in lower case. */
final class Abbreviations {
    /** Before a name, or in the middle of something. */
    private static final Set<String> NEVER = Set.of(
            "dr", "mr", "mrs", "ms", "messrs", "mme", "mlle", "st", "rt", "hon", "rev", "prof", "gen", "gov", "sen",
            "rep", "lt", "col", "capt", "maj", "sgt", "cpl", "pvt", "adm", "cmdr", "supt", "insp", "pres", "vs", "v",
            "cf", "viz", "i.e", "e.g", "mt", "ft", "esp", "approx", "resp", "incl", "lt.col");

    /** Before a number. */
    private static final Set<String> BEFORE_NUMBER = Set.of(
            "no", "nos", "fig", "figs", "eq", "eqs", "eqn", "sec", "secs", "vol", "vols", "ch", "chap", "art", "arts",
            "p", "pp", "c", "ca", "para", "paras", "par", "ver", "nr", "ex", "exh", "op", "cl", "pt", "pts", "tab",
            "ref", "refs", "app", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
            "d", "b", "r", "f", "n", "t", "m", "div", "supp", "rev", "stat", "reg", "l", "bk", "ll", "lib", "ed", "eds",
            "cir", "rule");

    /** At the end of a sentence as well as within one. */
    private static final Set<String> SOMETIMES = Set.of(
            "etc", "inc", "ltd", "co", "corp", "jr", "sr", "bros", "ave", "blvd", "rd", "dept", "univ", "assn", "cir",
            "dist", "supp", "ct", "cal", "cong", "al", "ed", "eds", "trans", "ibid", "est", "mass", "conn", "calif",
            "wash", "ill", "ariz", "tex", "fla", "penn", "va", "fig", "figs", "sec", "eq", "art", "ch", "vol", "ex",
            "dec", "nov", "oct", "sept", "sep", "aug", "jan", "feb", "no", "nos", "pp", "bull", "proc", "int", "natl",
            "gov't", "int'l", "ass'n", "ca", "rev", "op", "cit", "ll", "stat", "app", "civ", "crim", "evid", "fed",
            "misc", "phys", "chem", "biol");

    /** Words that start sentences far more often than they follow an abbreviation. */
    private static final Set<String> STARTERS = Set.of(
            "the",
            "a",
            "an",
            "this",
            "that",
            "these",
            "those",
            "he",
            "she",
            "it",
            "they",
            "we",
            "i",
            "you",
            "in",
            "on",
            "at",
            "but",
            "and",
            "or",
            "however",
            "when",
            "while",
            "if",
            "as",
            "for",
            "after",
            "before",
            "there",
            "here",
            "his",
            "her",
            "its",
            "their",
            "our",
            "my",
            "your",
            "to",
            "with",
            "from",
            "by",
            "what",
            "why",
            "who",
            "how",
            "where",
            "so",
            "then",
            "now",
            "no",
            "yes",
            "not",
            "some",
            "many",
            "most",
            "since",
            "although",
            "because",
            "during",
            "under",
            "according",
            "both",
            "each",
            "every",
            "another",
            "other",
            "once",
            "also",
            "thus",
            "therefore",
            "moreover",
            "despite",
            "until",
            "let",
            "do",
            "did",
            "does",
            "is",
            "are",
            "was",
            "were",
            "all",
            "one",
            "two",
            "see",
            "such",
            "today");

    private static final List<String> MONTHS = List.of(
            "January ",
            "February ",
            "March ",
            "April ",
            "May ",
            "June ",
            "July ",
            "August ",
            "September ",
            "October ",
            "November ",
            "December ");

    private static final int LONGEST = 12;

    private Abbreviations() {}

    /** Whether the point at {@code point} is that of a title or the like, which never ends a sentence. */
    static boolean isTitle(String text, int start, int point) {
        String word = word(text, start, point);
        return isInitial(text, start, point) || NEVER.contains(word);
    }

    /**
     * Whether the point at {@code point} may end the sentence that starts at {@code start}.
     *
     * @param next where the next word starts
     */
    static boolean mayEnd(String text, int start, int point, int next, int end, boolean usesCapitals) {
        String word = word(text, start, point);
        if (word.isEmpty()) {
            return true;
        }
        if (BEFORE_NUMBER.contains(word) && isNumber(text, next, end, !word.equals("no"))) {
            return false;
        }
        if (NEVER.contains(word)) {
            return false;
        }
        boolean initial = usesCapitals && isInitial(text, start, point);
        if (initial || isAcronym(word) || (SOMETIMES.contains(word) && isAbbreviated(text, word, point))) {
            return isStarter(text, next, end, usesCapitals);
        }
        return true;
    }

    /** "No." may be the word, "no." and "art." at the end of a sentence are. */
    private static boolean isAbbreviated(String text, String word, int point) {
        return switch (word) {
            case "no",
                    "art",
                    "dec",
                    "mass",
                    "ill",
                    "wash",
                    "fed",
                    "int",
                    "app",
                    "op",
                    "ed",
                    "mar",
                    "sec",
                    "ex",
                    "ch",
                    "cal" -> false;
            default -> true;
        };
    }

    /** Without the point, in lower case; empty if it is too long to be an abbreviation. */
    private static String word(String text, int start, int point) {
        int from = wordStart(text, start, point);
        return point - from > LONGEST ? "" : text.substring(from, point).toLowerCase(Locale.ROOT);
    }

    private static int wordStart(String text, int start, int point) {
        int from = point;
        int reach = Math.max(start, point - LONGEST - 1);
        while (from > reach && isOfWord(text.charAt(from - 1))) {
            from--;
        }
        while (from < point && (text.charAt(from) == '.' || text.charAt(from) == '\'')) {
            from++;
        }
        return from;
    }

    private static boolean isOfWord(char c) {
        return Letters.isLetter(c) || c == '.' || c == '\'' || (c >= '0' && c <= '9');
    }

    /** One capital letter, as in "J. K. Rowling", but not "It was I." */
    private static boolean isInitial(String text, int start, int point) {
        if (point <= start) {
            return false;
        }
        char letter = text.charAt(point - 1);
        boolean alone = point - 1 == start || (!isOfWord(text.charAt(point - 2)) && text.charAt(point - 2) != '\u2019');
        return alone && Letters.isUpper(letter) && letter != 'I';
    }

    /** Letters with points among them: U.S, p.m, Ph.D. */
    private static boolean isAcronym(String word) {
        int point = word.indexOf('.');
        if (point < 0) {
            return false;
        }
        int run = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= '0' && c <= '9') {
                return false;
            }
            run = c == '.' ? 0 : run + 1;
            if (run > 3) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String text, int at, int end, boolean romanToo) {
        if (at >= end) {
            return false;
        }
        char c = text.charAt(at);
        if (c >= '0' && c <= '9') {
            return true;
        }
        int stop = at;
        while (stop < end && "IVXLC".indexOf(text.charAt(stop)) >= 0) {
            stop++;
        }
        boolean roman = romanToo && stop > at && (stop == end || !Letters.isLetter(text.charAt(stop)));
        return roman || MONTHS.stream().anyMatch(month -> text.startsWith(month, at));
    }

    private static boolean isStarter(String text, int at, int end, boolean usesCapitals) {
        int stop = at;
        while (stop < end && stop - at <= LONGEST && Letters.isLetter(text.charAt(stop))) {
            stop++;
        }
        if (stop == at || (usesCapitals && !Letters.isUpper(text.charAt(at)))) {
            return false;
        }
        return STARTERS.contains(text.substring(at, stop).toLowerCase(Locale.ROOT));
    }
}
