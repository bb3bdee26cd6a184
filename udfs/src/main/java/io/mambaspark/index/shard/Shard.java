package io.mambaspark.index.shard;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
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

    /**
     * Opens the copy of a shard.
     *
     * @param local  the folder of the copy
     * @param folder of the index that it is a copy from
     * @throws MambaSqlException MAMBA_INDEX_SHARD_BROKEN if that is no Lucene index of one segment with as many passages as it
     *                        should have: a checksum says what a file is, not that it is any good
     */
    static Shard open(Path local, IndexFolder folder, ShardEntry entry) {
        try {
            Shard shard = open(local);
            if (shard.passages() != entry.passages() || shard.reader.leaves().size() != 1) {
                String has = shard.passages() + " passages in "
                        + shard.reader.leaves().size() + " segments";
                shard.close();
                throw new CorruptIndexException(has + ", not " + entry.passages() + " in one", entry.path());
            }
            return shard;
        } catch (OutOfMemoryError e) {
            if (!ForgedSize.explains(e, entry.bytes())) {
                throw e;
            }
            throw LocalCopies.broken(folder, entry, "Lucene cannot open it: it claims an impossible size", e);
        } catch (IOException | RuntimeException | AssertionError | StackOverflowError e) {
            Throwable cause = e instanceof UncheckedIOException wrapped ? wrapped.getCause() : e;
            throw LocalCopies.broken(folder, entry, "Lucene cannot open it: " + cause, e);
        }
    }

    /** Opens what a {@link ShardWriter} has finished in {@code local}. */
    static Shard open(Path local) {
        try {
            MMapDirectory directory = new MMapDirectory(local);
            try {
                return open(directory);
            } catch (IOException | RuntimeException | Error e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no shard can be opened in " + local, e);
        }
    }

    private static Shard open(MMapDirectory directory) throws IOException {
        DirectoryReader reader = DirectoryReader.open(directory);
        try {
            return new Shard(directory, reader);
        } catch (RuntimeException | Error e) {
            reader.close();
            throw e;
        }
    }

    /** Where it is. */
    Path folder() {
        return directory.getDirectory();
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
                if (passagesWith[i] > terms.getDocCount()) {
                    throw new CorruptIndexException(
                            passagesWith[i] + " of " + terms.getDocCount() + " passages have a term",
                            directory.toString());
                }
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
            int start = numbers(ShardFields.START, one)[0];
            int end = numbers(ShardFields.END, one)[0];
            String text = document.get(ShardFields.TEXT);
            if (start < 0 || end < start || text == null) {
                throw new CorruptIndexException(
                        "passage " + ordinal + " from " + start + " to " + end, directory.toString());
            }
            return new StoredPassage(start, end, text, document.get(ShardFields.KEPT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int[] numbers(String field, int[] ordinals) throws IOException {
        LeafReader passages = leaf.reader();
        NumericDocValues values = passages.getNumericDocValues(field);
        int[] numbers = new int[ordinals.length];
        for (int i = 0; i < numbers.length; i++) {
            if (!values.advanceExact(ordinals[i])) {
                throw new CorruptIndexException("passage " + ordinals[i] + " has no " + field, directory.toString());
            }
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
