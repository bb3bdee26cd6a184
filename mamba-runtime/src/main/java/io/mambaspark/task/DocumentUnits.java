package io.mambaspark.task;

/** The units of one document, in its order, as selection sees them. */
interface DocumentUnits extends Sections.Units {
    int size();

    /** Higher is more worth keeping; comparable within the document only; not NaN. */
    float score(int unit);

    /** The words of the unit as it is printed. */
    int words(int unit);
}
