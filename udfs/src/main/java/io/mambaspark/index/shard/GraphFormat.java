package io.mambaspark.index.shard;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99ScalarQuantizedVectorsWriter;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's format of a graph over vectors of one byte a number, the floats beside them: the same files, written with {@link
 * QuantizedScorer}, on one thread.
 */
final class GraphFormat extends Lucene99HnswScalarQuantizedVectorsFormat {
    /** Twice Lucene's own: in tight clusters of passages a thinner graph leaves some of them unreachable. */
    private static final int NEIGHBOURS = 32;

    private static final int BEAM = 200;
    private static final QuantizedScorer SCORER = new QuantizedScorer();
    private static final Lucene99FlatVectorsFormat FLOATS = new Lucene99FlatVectorsFormat(SCORER);

    GraphFormat() {
        super(NEIGHBOURS, BEAM);
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        FlatVectorsWriter bytes = new Lucene99ScalarQuantizedVectorsWriter(
                state, null, QuantizedScorer.BITS, false, FLOATS.fieldsWriter(state), SCORER);
        return new Lucene99HnswVectorsWriter(state, NEIGHBOURS, BEAM, bytes, 1, null);
    }

    /** Without Lucene's limit of 1,024, which nothing in the format needs. */
    @Override
    public int getMaxDimensions(String field) {
        return Integer.MAX_VALUE;
    }
}
