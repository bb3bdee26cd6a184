package io.mambaspark.task;

import io.mambaspark.text.DocumentForm;
import io.mambaspark.text.UnitForm;

/** What a summary is made of: a lower tier only where those above have too little. */
enum Tier {
    /** Sentences that can be read on their own. */
    PROSE,
    /** Headings and fragments. */
    FRAGMENTS,
    /** Lines of tables, code, logs. */
    ROWS;

    boolean holds(DocumentForm document, UnitForm form, int words) {
        return switch (this) {
            case PROSE -> document.isProse(form, words);
            case FRAGMENTS -> !form.row() && !document.isProse(form, words);
            case ROWS -> form.row();
        };
    }
}
