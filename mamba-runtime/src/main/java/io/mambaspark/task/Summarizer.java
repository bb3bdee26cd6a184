package io.mambaspark.task;

import io.mambaspark.error.Finite;
import io.mambaspark.lexical.QueryTerms;
import io.mambaspark.lexical.SentenceBm25;
import io.mambaspark.model.ReaderProfile;
import io.mambaspark.model.SelectionRules;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentEnd;
import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.SentenceStore;
import io.mambaspark.reading.SentenceStore.Numbers;
import io.mambaspark.reading.Sink;
import io.mambaspark.reading.Vectors;
import io.mambaspark.text.DocumentForm;
import io.mambaspark.text.FormReader;
import io.mambaspark.text.FormRules;
import io.mambaspark.text.OneLine;
import io.mambaspark.text.Sentence;
import io.mambaspark.text.UnitForm;
import io.mambaspark.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Summarizes documents of any length by their own sentences: the most salient ones, or with a query those that answer
 * it (reader.json, {@code summary_selection} and {@code query_selection}). Thread-safe.
 *
 * <pre>{@code
 * Summarizer summarizer = new Summarizer(model, 50, model.query("Who is the White Rabbit?"));
 * summarizer.summarize(documents).forEachRemaining(outcome -> …);
 * }</pre>
 */
public final class Summarizer {
    private final MambaModel model;
    private final int maxWords;
    private final Query query;
    private final SummaryFormat format;
    private final QueryTerms terms;
    private final SalienceHead salience;
    private final Words words;
    /** Null for the rule of readers of version 1. */
    private final SelectionRules rules;

    private final FormRules formRules;

    /** A summarizer that writes running text. */
    public Summarizer(MambaModel model, int maxWords, Query query) {
        this(model, maxWords, query, SummaryFormat.TEXT);
    }

    /**
     * A summarizer.
     *
     * @param maxWords the most words of a summary; 0 for a tenth of the document, at least 50 and at most 1,000
     * @param query    what the summary shall answer; null for a general one
     * @param format   how it is printed; a reader of version 1 knows running text only
     * @throws io.mambaspark.error.MambaException MAMBA_MAX_WORDS_INVALID
     */
    public Summarizer(MambaModel model, int maxWords, Query query, SummaryFormat format) {
        SummarySelection.budget(maxWords, 0);
        ReaderProfile profile = model.profile();
        this.model = model;
        this.maxWords = maxWords;
        this.query = query;
        this.format = format;
        this.terms = query == null ? null : QueryTerms.of(List.of(query.text()), Terms.of(profile));
        this.salience = model.heads().map(SalienceHead::of).orElse(null);
        this.words = profile.units().words();
        this.formRules = profile.form().orElse(null);
        SelectionRules ofProfile = query == null
                ? profile.selection().orElse(null)
                : profile.query().selection();
        this.rules = formRules == null ? null : ofProfile;
    }

    /** One outcome a document, in their order; reads as the outcomes are asked for. */
    public Outcomes<Summary> summarize(Iterator<Document> documents) {
        return model.read(documents, this::sink);
    }

    /** Draws the summary of {@code document} from its reading. */
    public Sink<Summary> sink(Document document) {
        return new SummarySink(false);
    }

    /** Draws the summary of a document that comes as several texts, see {@link DocumentReading#ofTexts}, from its reading. */
    public Sink<Summary> sinkOfTexts() {
        return new SummarySink(true);
    }

    private final class SummarySink implements Sink<Summary> {
        private final SentenceScores scores = new SentenceScores(model, salience, query != null);
        private final SentenceStore store = scores.store();
        private final SentenceTexts sentences;
        private final FormReader forms = rules == null ? null : new FormReader(formRules, words);
        private final DocumentForm documentForm = rules == null ? null : new DocumentForm(formRules);
        /** The whole document, as long as it may be its own summary. */
        private final List<String> texts = new ArrayList<>();

        private String text = "";
        private long documentWords;

        private SummarySink(boolean ofTexts) {
            sentences = ofTexts
                    ? SentenceTexts.kept(model.scratch())
                    : SentenceTexts.ofText(i -> store.numbers(i).span());
        }

        @Override
        public void begin(String text) {
            this.text = text;
            sentences.begin(text);
            if (forms != null) {
                forms.begin(text);
            }
            documentWords += words.count(text, 0, text.length());
            if (isShort()) {
                texts.add(text);
            } else {
                texts.clear();
            }
        }

        private boolean isShort() {
            return documentWords <= budget();
        }

        private int budget() {
            return SummarySelection.budget(maxWords, documentWords);
        }

        @Override
        public boolean wantsSentences() {
            return true;
        }

        @Override
        public void sentence(Sentence read, int tokens, float[] vector) {
            FormReader.Unit unit = forms == null
                    ? new FormReader.Unit(UnitForm.plain(read.candidate()), read.words())
                    : forms.read(read);
            if (documentForm != null) {
                documentForm.add(unit.form(), unit.words(), read.span().of(text));
            }
            float cosine = query == null ? 0 : Vectors.dot(query.vector(), vector, 0);
            scores.add(
                    new Numbers(read.span(), tokens, unit.words(), unit.form().bits()), cosine, vector);
            sentences.add(read.span());
        }

        @Override
        public Summary finish(DocumentEnd end) {
            Units units = new Units();
            if (query != null) {
                scores.scoreForQuery(
                        new SentenceBm25(
                                terms,
                                model.profile().query().k1(),
                                model.profile().query().b()),
                        units);
            } else {
                scores.scoreSalience();
            }
            Printed printed = isShort() && format == SummaryFormat.TEXT ? whole(units) : selected(units);
            WordLimit limit = new WordLimit(words);
            String cut = limit.cut(limit.cutLongWords(printed.text()), budget());
            Sections sections = rules == null ? null : new Sections(units, documentForm);
            List<ScoredSentence> chosen = new ArrayList<>();
            for (int i : printed.sentences()) {
                chosen.add(new ScoredSentence(
                        store.numbers(i).span(),
                        Finite.require(store.score(i), "The score of a sentence"),
                        sentences.text(i),
                        sections == null ? null : sections.of(i)));
            }
            return new Summary(cut, chosen, end.tokensRead(), !cut.equals(printed.text()));
        }

        @Override
        public void close() {
            try (sentences) {
                scores.close();
            }
        }

        /** A document within its budget is its own summary. */
        private Printed whole(Units units) {
            String text = texts.size() == 1 ? texts.get(0) : String.join("", texts);
            return new Printed(
                    text.isBlank() ? "" : text,
                    IntStream.range(0, units.size())
                            .filter(units::isCandidate)
                            .boxed()
                            .toList());
        }

        private Printed selected(Units units) {
            if (rules == null) {
                List<Integer> chosen = Arrays.stream(
                                SummarySelection.of(units, budget()).sentences())
                        .boxed()
                        .toList();
                return new Printed(
                        String.join(
                                " ",
                                chosen.stream()
                                        .map(i -> OneLine.of(units.text(i)))
                                        .toList()),
                        chosen);
            }
            Layout layout = new Layout(format, units, rules, documentForm, words, new Sections(units, documentForm));
            List<Integer> chosen = Selection.of(units, rules, documentForm, layout, formRules.leastWords(), budget());
            return new Printed(layout.print(chosen), chosen);
        }

        /** The sentences in the store, as the rules of selection see them. */
        private final class Units implements DocumentUnits, SummarySelection.Candidates, QueryScores.Units {
            /** Asked for in order mostly, and several times each. */
            private int last = -1;

            private Numbers ofLast;

            private Numbers numbers(int unit) {
                if (unit != last) {
                    ofLast = store.numbers(unit);
                    last = unit;
                }
                return ofLast;
            }

            @Override
            public int size() {
                return store.size();
            }

            @Override
            public float score(int unit) {
                return store.score(unit);
            }

            @Override
            public int words(int unit) {
                Numbers numbers = numbers(unit);
                return rules != null || scores.isCandidate(numbers) ? numbers.words() : 0;
            }

            @Override
            public UnitForm form(int unit) {
                return new UnitForm(numbers(unit).form());
            }

            @Override
            public String text(int unit) {
                return sentences.text(unit);
            }

            @Override
            public boolean isCandidate(int unit) {
                return scores.isCandidate(numbers(unit));
            }

            @Override
            public float number(int query, int unit) {
                return store.score(unit);
            }

            @Override
            public void number(int query, int unit, float number) {
                store.score(unit, number);
            }
        }
    }

    /** What is printed, and the sentences of which. */
    private record Printed(String text, List<Integer> sentences) {}
}
