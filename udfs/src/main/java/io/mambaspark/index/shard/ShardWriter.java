package io.mambaspark.index.shard;

import io.mambaspark.index.store.IndexFailure;
import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NoLockFactory;
import org.apache.lucene.util.BytesRef;

/**
 * Writes a shard: a Lucene index of one segment, in which the n-th passage that was added has the ordinal n, from 0. The
 * passages must come in the order of doc id (by code points) and passage: a search breaks ties by ordinal.
 *
 * <p>The heap holds some 64 MiB of passages at a time, and while finishing, for each passage of the shard, about 400 bytes and a
 * byte for each number of its vector. Not thread-safe.
 */
public final class ShardWriter implements AutoCloseable {
    private static final double BUFFER_MIB = 64;
    /** Lucene's, of a value that is sorted by. */
    private static final int MOST_ID_BYTES = 32766;

    private static final FieldType TEXT = text();

    private final int dimension;
    private final ShardText text;
    private final FSDirectory directory;
    private final ShardCodec codec = new ShardCodec();
    private final IndexWriter writer;
    private BytesRef lastId = new BytesRef();
    private int lastPassage = -1;

    /**
     * Starts an empty shard.
     *
     * @param folder    is created if it does not exist; must hold no index
     * @param dimension the numbers of a vector
     * @param terms     how words become terms
     */
    public ShardWriter(Path folder, int dimension, IndexTerms terms) {
        this(folder, dimension, terms, BUFFER_MIB);
    }

    ShardWriter(Path folder, int dimension, IndexTerms terms, double bufferMib) {
        this.dimension = dimension;
        this.text = new ShardText(terms);
        try {
            directory = FSDirectory.open(folder, NoLockFactory.INSTANCE); // a lock would stay behind as a file
            writer = new IndexWriter(
                    directory,
                    new IndexWriterConfig(text.analyzer())
                            .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
                            .setSimilarity(ShardFields.BM25)
                            .setCodec(codec)
                            .setRAMBufferSizeMB(bufferMib)
                            .setUseCompoundFile(false)
                            .setMergePolicy(NoMergePolicy.INSTANCE)
                            .setMergeScheduler(new SerialMergeScheduler())
                            .setCommitOnClose(false));
        } catch (IOException e) {
            throw IndexFailure.writing(folder.toString(), e);
        }
    }

    /**
     * Adds a passage, which gets the next ordinal.
     *
     * @throws IllegalArgumentException if its vector is not of the shard's dimension, or its place is not behind the one before
     * @throws MambaSqlException           MAMBA_INDEX_ID_TOO_LONG
     */
    public void add(ShardPassage passage) {
        if (passage.vector().length != dimension) {
            throw new IllegalArgumentException("passage " + passage.passage() + " of " + passage.docId()
                    + " has a vector of " + passage.vector().length + " numbers, not " + dimension);
        }
        BytesRef id = id(passage.docId());
        checkOrder(id, passage);
        try {
            writer.addDocument(document(id, passage));
        } catch (IOException e) {
            throw IndexFailure.writing(directory.toString(), e);
        }
    }

    private void checkOrder(BytesRef id, ShardPassage passage) {
        int order = id.compareTo(lastId);
        if (order < 0 || (order == 0 && passage.passage() <= lastPassage)) {
            throw new IllegalArgumentException("passage " + passage.passage() + " of " + passage.docId()
                    + " comes behind passage " + lastPassage + " of " + lastId.utf8ToString());
        }
        lastId = id;
        lastPassage = passage.passage();
    }

    /**
     * Makes one segment of all passages, with the graph of their vectors, and puts it to disk.
     *
     * @throws IllegalStateException if there is no passage
     */
    public void finish() {
        if (lastPassage < 0) {
            throw new IllegalStateException("a shard without passages");
        }
        try {
            writer.flush();
            codec.buildGraph();
            writer.getConfig().setMergePolicy(oneSegmentInOneFile());
            writer.forceMerge(1);
            writer.commit();
        } catch (IOException e) {
            throw IndexFailure.writing(directory.toString(), e);
        }
    }

    /** Of all merge policies only Lucene's Log… keep the order of passages. */
    private static MergePolicy oneSegmentInOneFile() {
        LogDocMergePolicy policy = new LogDocMergePolicy();
        policy.setMergeFactor(Integer.MAX_VALUE);
        // A segment that was flushed is no compound file: even a single one is merged, and gets its graph.
        policy.setNoCFSRatio(1);
        return policy;
    }

    private Document document(BytesRef id, ShardPassage passage) {
        Document document = new Document();
        document.add(new SortedDocValuesField(ShardFields.DOC_ID, id));
        document.add(new NumericDocValuesField(ShardFields.PASSAGE, passage.passage()));
        document.add(new NumericDocValuesField(ShardFields.START, passage.start()));
        document.add(new NumericDocValuesField(ShardFields.END, passage.end()));
        document.add(new StoredField(ShardFields.TEXT, passage.text()));
        text.values(passage.text()).forEach(value -> document.add(new Field(ShardFields.TEXT, value, TEXT)));
        document.add(
                new KnnFloatVectorField(ShardFields.VECTOR, passage.vector(), VectorSimilarityFunction.DOT_PRODUCT));
        if (passage.kept() != null) {
            document.add(new StoredField(ShardFields.KEPT, passage.kept()));
        }
        return document;
    }

    /**
     * Refuses an id of a document that no shard can take.
     *
     * @throws MambaSqlException MAMBA_INDEX_ID_TOO_LONG
     */
    public static void checkId(String docId) {
        id(docId);
    }

    private static BytesRef id(String docId) {
        BytesRef id = new BytesRef(docId);
        if (id.length > MOST_ID_BYTES) {
            throw MambaSqlException.of(
                    "MAMBA_INDEX_ID_TOO_LONG",
                    Map.of(
                            "id", docId.substring(0, 40) + "…",
                            "bytes", Integer.toString(id.length),
                            "limit", Integer.toString(MOST_ID_BYTES)));
        }
        return id;
    }

    private static FieldType text() {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.freeze();
        return type;
    }

    /** Ends writing; what was not finished is gone. */
    @Override
    public void close() {
        try (directory;
                writer) {
            writer.rollback();
        } catch (IOException e) {
            throw IndexFailure.writing(directory.toString(), e);
        }
    }
}
