package io.mambaspark.index.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.roaringbitmap.RoaringBitmap;

/**
 * A shard on a local disk, open for reading: mapped into memory, so that its size takes no heap. Thread-safe; what it gives out
 * is as thread-safe as it says.
 */
public final class Shard implements AutoCloseable {
    private final MMapDirectory directory;
    private final DirectoryReader reader;
    private final LeafReaderContext leaf;

    private Shard(MMapDirectory directory, DirectoryReader reader) {
        this.directory = directory;
        this.reader = reader;
        // Of the segment alone, as Lucene's searcher wants it.
        this.leaf = reader.leaves().get(0).reader().getContext();
    }

    /** Opens what a {@link ShardWriter} has finished in {@code folder}. */
    public static Shard open(Path folder) {
        try {
            MMapDirectory directory = new MMapDirectory(folder);
            return new Shard(directory, DirectoryReader.open(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("no shard can be opened in " + folder, e);
        }
    }

    /** How many passages it holds; their ordinals are those below. */
    public int passages() {
        return reader.maxDoc();
    }

    /**
     * The passages that a search may find.
     *
     * @param passing ordinals of those that pass a filter; null if there is no filter
     * @param deleted ordinals of those that are not to be found any more; null if there are none
     */
    public Selection select(RoaringBitmap passing, RoaringBitmap deleted) {
        return Selection.of(passages(), passing, deleted);
    }

    /** What the shard adds to the counts of a query's terms. */
    public TermCounts counts(LexicalQuery query) {
        try {
            Terms terms = Terms.getTerms(leaf.reader(), ShardFields.TEXT);
            long[] passagesWith = new long[query.size()];
            TermsEnum each = terms.iterator();
            for (int i = 0; i < passagesWith.length; i++) {
                passagesWith[i] = each.seekExact(new BytesRef(query.terms()[i])) ? each.docFreq() : 0;
            }
            return new TermCounts(terms.getDocCount(), terms.getSumTotalTermFreq(), passagesWith);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a query finds by its words.
     *
     * @param ofIndex the counts of its terms in the whole index, this shard included
     */
    public Half lexical(LexicalQuery query, TermCounts ofIndex) {
        return new LexicalHalf(leaf, query, ofIndex);
    }

    /**
     * What a query finds by its vector.
     *
     * @param exact whether all vectors that may be found are compared
     */
    public Half dense(float[] query, boolean exact) {
        return new DenseHalf(leaf.reader(), query, exact);
    }

    /** The document ids of passages. {@code ordinals} must rise. */
    public String[] docIds(int[] ordinals) {
        try {
            DocumentNumbers documents = new DocumentNumbers(leaf.reader());
            String[] ids = new String[ordinals.length];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = documents.name(documents.of(ordinals[i]));
            }
            return ids;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers of passages in their documents. {@code ordinals} must rise. */
    public int[] passageNumbers(int[] ordinals) {
        try {
            return numbers(ShardFields.PASSAGE, ordinals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is stored of a passage. */
    public StoredPassage stored(int ordinal) {
        try {
            Document document = leaf.reader().storedFields().document(ordinal);
            int[] one = {ordinal};
            return new StoredPassage(
                    numbers(ShardFields.START, one)[0],
                    numbers(ShardFields.END, one)[0],
                    document.get(ShardFields.TEXT),
                    document.get(ShardFields.KEPT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int[] numbers(String field, int[] ordinals) throws IOException {
        LeafReader passages = leaf.reader();
        NumericDocValues values = passages.getNumericDocValues(field);
        int[] numbers = new int[ordinals.length];
        for (int i = 0; i < numbers.length; i++) {
            values.advanceExact(ordinals[i]);
            numbers[i] = (int) values.longValue();
        }
        return numbers;
    }

    @Override
    public void close() {
        try (directory) {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
