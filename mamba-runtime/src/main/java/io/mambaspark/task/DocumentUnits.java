package io.mambaspark.task;

import io.mambaspark.text.UnitForm;

/** The units of one document, in its order, as selection sees them. */
interface DocumentUnits {
    int size();

    /** Higher is more worth keeping; comparable within the document only; not NaN. */
    float score(int unit);

    /** The words of the unit as it is printed. */
    int words(int unit);

    UnitForm form(int unit);

    /** What the unit says. */
    String text(int unit);
}
