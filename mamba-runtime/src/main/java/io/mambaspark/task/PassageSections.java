package io.mambaspark.task;

import io.mambaspark.model.ReaderProfile;
import io.mambaspark.text.DocumentForm;
import io.mambaspark.text.FormReader;
import io.mambaspark.text.FormRules;
import io.mambaspark.text.Sentence;
import io.mambaspark.text.SentenceSplitter;
import io.mambaspark.text.Span;
import io.mambaspark.text.UnitForm;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Under which headings the passages of one document are. What is a heading is known only when the whole document is; so the text is
 * split a second time, which costs little beside its reading. 12 bytes a unit of the text. For one thread.
 */
public final class PassageSections implements Sections.Units {
    private static final int FIRST_CAPACITY = 64;

    private final String text;
    private int[] starts = new int[FIRST_CAPACITY];
    private int[] ends = new int[FIRST_CAPACITY];
    private int[] forms = new int[FIRST_CAPACITY];
    private int size;
    /** Null if the reader does not tell headings. */
    private final Sections sections;

    /** The sections of {@code text} as the reader of this profile tells them. */
    public PassageSections(String text, ReaderProfile profile) {
        this.text = text;
        this.sections = profile.form().map(rules -> read(profile, rules)).orElse(null);
    }

    private Sections read(ReaderProfile profile, FormRules rules) {
        FormReader forms = new FormReader(rules, profile.units().words());
        DocumentForm document = new DocumentForm(rules);
        forms.begin(text);
        for (Iterator<Sentence> units = new SentenceSplitter(profile.units()).split(text); units.hasNext(); ) {
            Sentence unit = units.next();
            FormReader.Unit read = forms.read(unit);
            document.add(read.form(), read.words(), unit.span().of(text));
            add(unit.span(), read.form());
        }
        return new Sections(this, document);
    }

    private void add(Span span, UnitForm form) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            forms = Arrays.copyOf(forms, 2 * size);
        }
        starts[size] = span.start();
        ends[size] = span.end();
        forms[size] = form.bits();
        size++;
    }

    /** The headings at the start of {@code passage} or right above it; null if there is none. */
    public String of(Span passage) {
        if (sections == null || size == 0) {
            return null;
        }
        int at = Arrays.binarySearch(starts, 0, size, passage.start());
        // Not found: -(insertion point) - 1, and the unit before it holds the start.
        return sections.of(at >= 0 ? at : Math.max(0, -at - 2));
    }

    @Override
    public UnitForm form(int unit) {
        return new UnitForm(forms[unit]);
    }

    @Override
    public String text(int unit) {
        return new Span(starts[unit], ends[unit]).of(text);
    }
}
