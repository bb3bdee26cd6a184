package io.mambaspark.reading;

import io.mambaspark.text.ReaderText;
import io.mambaspark.text.Sentence;
import io.mambaspark.text.SentenceSplitter;
import io.mambaspark.text.Span;
import io.mambaspark.text.TokenCursor;
import io.mambaspark.text.Words;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

/**
 * A document, read once from start to end. Cuts its tokens where sentences start and end, and every
 * {@value Passages#TARGET_TOKENS} tokens within a sentence; a token belongs to the sentence in which its last character
 * lies. Tokens, sentences and passages advance together: nothing but the text is as long as the document.
 *
 * @param <R> what it puts out
 */
public abstract non-sealed class TextReading<R> extends Reading<R> {
    private final Document document;
    private final EmbeddingHead head;
    private final int dModel;
    private final TokenCursor cursor;
    private final Iterator<Sentence> sentences;
    private final int marker;
    private final Passages passages;
    private final PieceSum whole;
    private final Queue<Piece> awaited = new ArrayDeque<>();

    private Sentence sentence;
    private boolean inSentence;
    private int sinceCut;
    private int partStart;
    private int lastEnd;
    private boolean markerGiven;
    private boolean exhausted;
    private long given;
    private int[] ends = new int[0];

    private PieceSum sentenceSum;
    private int sentenceTokens;
    private long received;

    /**
     * What a cut closes.
     *
     * @param sentence null for what lies between sentences
     * @param start    first character
     * @param end      behind the last character
     * @param last     true if the sentence ends here
     * @param marker   true for the marker before the document, which is not pooled
     */
    record Piece(Sentence sentence, int start, int end, int tokens, boolean last, boolean marker) {}

    /** Starts the reading of a document with a model. */
    protected TextReading(MambaModel model, Document document) {
        super(document.id());
        this.document = document;
        this.head = model.head();
        this.dModel = model.config().dModel();
        this.cursor = model.tokenizer()
                .tokens(ReaderText.of(document.text(), model.profile().normalisation()));
        this.sentences =
                document.sentences() == null ? SentenceSplitter.english().split(document.text()) : given(document);
        this.marker = model.profile().docMarker().orElse(-1);
        this.passages = new Passages(dModel, (span, sum) -> {
            if (wantsPassages()) {
                passage(span, head.vector(sum));
            }
        });
        this.whole = new PieceSum(dModel);
        this.sentence = sentences.hasNext() ? sentences.next() : null;
    }

    private static Iterator<Sentence> given(Document document) {
        Iterator<Span> spans = document.sentences().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return spans.hasNext();
            }

            @Override
            public Sentence next() {
                Span span = spans.next();
                return new Sentence(span, Words.count(document.text(), span.start(), span.end()), true);
            }
        };
    }

    /** The document's text. */
    protected final String text() {
        return document.text();
    }

    /** The number of tokens of the text that were read so far, the marker not counted. */
    protected final long tokensRead() {
        return received;
    }

    /** Whether {@link #sentence} shall be called; computing vectors has its price. */
    protected boolean wantsSentences() {
        return false;
    }

    /** Whether {@link #passage} shall be called. */
    protected boolean wantsPassages() {
        return false;
    }

    /** Takes the next sentence: how many tokens it has, and its vector {@code [d_embed]}, unit length. */
    protected void sentence(Sentence read, int tokens, float[] vector) {}

    /** Takes the next passage and its vector {@code [d_embed]}, unit length. */
    protected void passage(Span span, float[] vector) {}

    /** The document is read. */
    protected abstract void finish();

    /** The vector of all tokens of the document; after the last one, and only if there is one. */
    protected final float[] wholeVector() {
        return head.vector(whole);
    }

    @Override
    final int fill(int[] tokens, int from, int max, Cuts cuts) {
        int count = 0;
        if (!markerGiven) {
            markerGiven = true;
            if (marker >= 0) {
                tokens[from] = marker;
                count = 1;
                cuts.add(1);
                awaited.add(new Piece(null, 0, 0, 0, false, true));
            }
        }
        if (ends.length < tokens.length) {
            ends = new int[tokens.length];
        }
        while (count < max) {
            int read = cursor.next(tokens, ends, from + count, max - count);
            if (read == 0) {
                exhausted = true;
                closeSentences(Integer.MAX_VALUE, count, cuts);
                closeGap(count, cuts);
                break;
            }
            for (int i = 0; i < read; i++) {
                place(ends[from + count + i], count + i, cuts);
            }
            count += read;
            given += read;
        }
        return count;
    }

    /** Places the token that ends at {@code end}; {@code at} is its place in the segment. */
    private void place(int end, int at, Cuts cuts) {
        closeSentences(end, at, cuts);
        if (!inSentence && sentence != null && end > sentence.span().start()) {
            closeGap(at, cuts);
            inSentence = true;
            partStart = sentence.span().start();
        } else if (inSentence && sinceCut == Passages.TARGET_TOKENS) {
            cutSentence(lastEnd, false, at, cuts);
        }
        sinceCut++;
        lastEnd = end;
    }

    /** Closes the sentences that end before a token that ends at {@code end}. */
    private void closeSentences(int end, int at, Cuts cuts) {
        while (sentence != null && end > sentence.span().end()) {
            if (inSentence) {
                cutSentence(sentence.span().end(), true, at, cuts);
                inSentence = false;
            }
            sentence = sentences.hasNext() ? sentences.next() : null;
        }
    }

    private void cutSentence(int end, boolean last, int at, Cuts cuts) {
        awaited.add(new Piece(sentence, partStart, end, sinceCut, last, false));
        cuts.add(at);
        partStart = end;
        sinceCut = 0;
    }

    private void closeGap(int at, Cuts cuts) {
        if (sinceCut > 0) {
            awaited.add(new Piece(null, 0, 0, sinceCut, false, false));
            cuts.add(at);
            sinceCut = 0;
        }
    }

    @Override
    final boolean exhausted() {
        return exhausted;
    }

    @Override
    final void piece(PieceSum sum) {
        Piece piece = awaited.remove();
        if (piece.marker()) {
            return;
        }
        received += piece.tokens();
        whole.add(sum);
        if (piece.sentence() == null) {
            passages.gap(sum, piece.tokens());
            return;
        }
        passages.part(piece, sum);
        addToSentence(piece, sum);
    }

    private void addToSentence(Piece piece, PieceSum sum) {
        if (!wantsSentences()) {
            return;
        }
        if (sentenceSum == null) {
            sentenceSum = new PieceSum(dModel);
        }
        sentenceSum.add(sum);
        sentenceTokens += piece.tokens();
        if (piece.last()) {
            sentence(piece.sentence(), sentenceTokens, head.vector(sentenceSum));
            sentenceSum = null;
            sentenceTokens = 0;
        }
    }

    @Override
    final void end() {
        passages.end();
        finish();
    }
}
