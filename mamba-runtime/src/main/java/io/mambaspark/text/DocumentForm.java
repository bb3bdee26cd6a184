package io.mambaspark.text;

import java.util.function.Supplier;

/** What a document uses, and thus what is prose in it. Takes the form of each unit once; for one thread. */
public final class DocumentForm {
    private final FormRules rules;
    private final Counts ofLonger = new Counts();
    private final Counts ofAll = new Counts();
    private final PageHeads pageHeads = new PageHeads();
    private boolean decided;
    private boolean usesEnds;
    private boolean usesCapitals;
    private boolean usesVerbs;

    private static final class Counts {
        private int units;
        private int ends;
        private int latin;
        private int capitals;
        private int longer;
        private int verbs;

        private void add(UnitForm form, int longerWords) {
            units++;
            ends += form.end() ? 1 : 0;
            latin += form.latinWords() > 0 ? 1 : 0;
            capitals += form.latinWords() > 0 && !form.lower() ? 1 : 0;
            boolean isLonger = form.latinWords() >= longerWords;
            longer += isLonger ? 1 : 0;
            verbs += isLonger && form.verb() ? 1 : 0;
        }
    }

    /** Starts with no unit. */
    public DocumentForm(FormRules rules) {
        this.rules = rules;
    }

    /** Takes the next unit. */
    public void add(UnitForm form, int words, String text) {
        decided = false;
        if (form.interrupts()) {
            pageHeads.add(text);
        }
        ofAll.add(form, rules.usesVerbsLeastWords());
        if (words >= rules.leastWords() && !form.row()) {
            ofLonger.add(form, rules.usesVerbsLeastWords());
        }
    }

    private void decide() {
        if (!decided) {
            decided = true;
            Counts counts = ofLonger.units > 0 ? ofLonger : ofAll;
            usesEnds = share(counts.ends, counts.units) >= rules.usesEnds();
            usesCapitals = share(counts.capitals, counts.latin) >= rules.usesCapitals();
            usesVerbs = share(counts.verbs, counts.longer) >= rules.usesVerbs();
        }
    }

    private static double share(int some, int all) {
        return some / (double) Math.max(1, all);
    }

    /**
     * Whether it is none of what the document says: the head or foot of a page, a line of its contents, a footnote, part of a
     * licence.
     *
     * @param text of the unit, looked at if its form leaves that open
     */
    public boolean isFurniture(UnitForm form, Supplier<String> text) {
        return form.form() == TextForm.LICENCE
                || form.form() == TextForm.CONTENTS
                || form.form() == TextForm.NOTE
                || (form.mayBePageHead() && pageHeads.contains(text.get()));
    }

    /** Whether it is a heading: in capitals, a paragraph without an end, in title case without a verb, or with a number. */
    public boolean isHeading(UnitForm form) {
        decide();
        if (form.form() == TextForm.HEADING && usesEnds) {
            return true;
        }
        boolean unended = usesEnds && !form.end() && form.alone() && form.latinWords() <= rules.headingWords();
        return form.latinWords() > 0
                && ((form.capitals() && usesCapitals) || unended || (form.titleCase() && !form.verb() && usesCapitals));
    }

    /** Whether it is the title of the document. */
    public boolean isTitle(UnitForm form, int words) {
        return form.first()
                && isHeading(form)
                && form.alone()
                && !form.row()
                && rules.documentTitle().holds(words)
                && !form.capitals();
    }

    /** Whether it may stand in a summary. */
    public boolean isProse(UnitForm form, int words) {
        decide();
        if (isTitle(form, words)) {
            return true;
        }
        boolean latin = form.latinWords() > 0;
        return words >= (latin ? rules.leastWords() : rules.leastWordsCjk())
                && !form.row()
                && !isHeading(form)
                && !(usesEnds && form.form() == TextForm.VERSE)
                && !(usesEnds && !form.end())
                && !(usesCapitals && form.lower())
                && !(usesVerbs && !form.verb() && form.latinWords() < rules.verblessBelowWords());
    }
}
