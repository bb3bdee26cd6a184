package io.mambaspark.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes what documents and files are called, or say, harmless and short on a terminal or in a log. */
final class Printable {
    /** How many of many things are listed. */
    static final int LISTED = 20;

    private static final int LONGEST = 200;

    private Printable() {}

    /** {@code text} with Java's escapes for control characters, line breaks and what reverses the direction of writing. */
    static String text(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> printable.append(escaped(codePoint)));
        return printable.toString();
    }

    /** An id, or another name: as {@link #text}, at most 200 characters; "…" stands for the rest of a longer one. */
    static String id(String id) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < id.length(); i = id.offsetByCodePoints(i, 1)) {
            String next = escaped(id.codePointAt(i));
            boolean last = i + Character.charCount(id.codePointAt(i)) == id.length();
            if (printable.length() + next.length() > (last ? LONGEST : LONGEST - 1)) {
                return printable.append('…').toString();
            }
            printable.append(next);
        }
        return printable.toString();
    }

    /**
     * The first of many things, a line each, and how many more there are.
     *
     * @param all how many there are; {@code first} may hold fewer
     */
    static List<String> lines(List<String> first, long all) {
        List<String> lines = new ArrayList<>();
        for (String each : first.subList(0, Math.min(LISTED, first.size()))) {
            lines.add("  " + each);
        }
        if (all > lines.size()) {
            lines.add(String.format(Locale.ROOT, "  and %,d more.", all - lines.size()));
        }
        return lines;
    }

    private static String escaped(int codePoint) {
        return switch (codePoint) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default ->
                isHarmless(codePoint)
                        ? Character.toString(codePoint)
                        : String.format(Locale.ROOT, "\\u%04X", codePoint);
        };
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT ->
                switch (Character.getDirectionality(codePoint)) {
                    case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                            Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                            Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                            Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE -> false;
                    default -> true;
                };
            default -> true;
        };
    }
}
