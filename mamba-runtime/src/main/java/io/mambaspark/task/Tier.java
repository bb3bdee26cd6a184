package io.mambaspark.task;

import io.mambaspark.text.DocumentForm;
import io.mambaspark.text.TextForm;
import io.mambaspark.text.UnitForm;

/** What a summary is made of: a lower tier only where those above have too little. */
enum Tier {
    /** Sentences that can be read on their own. */
    PROSE,
    /** Headings and fragments. */
    FRAGMENTS,
    /** Lines of tables, code, logs. */
    ROWS,
    /** Heads of pages, contents, licences, places in stack traces. */
    FURNITURE;

    /** Whether a unit counts in this tier. */
    boolean holds(DocumentForm document, DocumentUnits units, int unit) {
        UnitForm form = units.form(unit);
        boolean prose = document.isProse(form, units.words(unit));
        return switch (this) {
            case PROSE -> prose && !isFurniture(document, units, unit);
            case FRAGMENTS -> !prose && !form.row() && !isFurniture(document, units, unit);
            case ROWS -> form.row();
            case FURNITURE -> isFurniture(document, units, unit);
        };
    }

    /** Whether this tier has the unit to be taken: rows that are places in a stack trace come last. */
    boolean takes(UnitForm form) {
        return this != ROWS || form.form() != TextForm.STACK_FRAME;
    }

    private static boolean isFurniture(DocumentForm document, DocumentUnits units, int unit) {
        UnitForm form = units.form(unit);
        return form.form() == TextForm.STACK_FRAME || document.isFurniture(form, () -> units.text(unit));
    }
}
