package io.mambaspark.task;

import io.mambaspark.text.DocumentForm;
import io.mambaspark.text.OneLine;
import io.mambaspark.text.TextForm;
import io.mambaspark.text.UnitForm;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/** The sections of a document: what units are under which headings. Asked for few units. */
final class Sections {
    /** The units of a document, by their number. */
    interface Units {
        UnitForm form(int unit);

        /** What the unit says. */
        String text(int unit);
    }

    private static final String BREAKS = "\u2014\u2013-,;";
    private static final String BETWEEN = " \u2013 ";
    /** A chapter has a number, a title and a subtitle. */
    private static final int MOST_HEADINGS = 3;

    private static final int LONGEST = 200;
    private static final int NONE = -1;

    private final Units units;
    private final DocumentForm document;
    /** Units that were asked for, and the last heading at or above each, or -1. */
    private final TreeMap<Integer, Integer> known = new TreeMap<>();

    private final Map<Integer, String> titles = new HashMap<>();

    Sections(Units units, DocumentForm document) {
        this.units = units;
        this.document = document;
    }

    /** The headings right above {@code unit}; null if there is none. */
    String of(int unit) {
        int heading = heading(unit);
        return heading == NONE ? null : titles.computeIfAbsent(heading, this::title);
    }

    private int heading(int unit) {
        Entry<Integer, Integer> before = known.floorEntry(unit);
        int heading = before == null ? NONE : before.getValue();
        int stop = before == null ? 0 : before.getKey() + 1;
        for (int i = unit; i >= stop; i--) {
            if (isHeading(i)) {
                heading = i;
                break;
            }
        }
        known.put(unit, heading);
        return heading;
    }

    boolean isHeading(int unit) {
        UnitForm form = units.form(unit);
        return form.form() == TextForm.MARKED_HEADING
                || (!form.row()
                        && document.isHeading(form)
                        && !isSpeech(form)
                        && !document.isFurniture(form, () -> units.text(unit))
                        && !breaksOff(units.text(unit)));
    }

    /** A short line of a dialogue may lack its end mark as a heading does. */
    private static boolean isSpeech(UnitForm form) {
        return form.dialogue() || form.oddQuotes() || form.inside();
    }

    /** What comes after belongs to it, or it was interrupted. */
    private static boolean breaksOff(String text) {
        String line = text.strip();
        return !line.isEmpty() && BREAKS.indexOf(line.charAt(line.length() - 1)) >= 0;
    }

    private String title(int last) {
        int first = last;
        while (first > 0 && last - first < MOST_HEADINGS - 1 && isHeading(first - 1)) {
            first--;
        }
        StringBuilder title = new StringBuilder();
        for (int i = first; i <= last; i++) {
            title.append(i == first ? "" : BETWEEN).append(bare(units.text(i)));
        }
        return title.length() <= LONGEST ? title.toString() : title.substring(0, LONGEST - 1) + "\u2026";
    }

    /** Without the marks of a heading, and with one blank where there are many. */
    private static String bare(String heading) {
        return OneLine.of(heading).replaceAll("^#{1,6}\\s+|\\s+#{1,6}$", "").replaceAll("\\s+", " ");
    }
}
