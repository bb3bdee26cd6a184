package io.mambaspark.index.shard;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99ScalarQuantizedVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's codec with vectors of one byte a number, the floats beside them. While passages come in, vectors are only put
 * down; the graph is built once, when all segments become one. What it writes is read by Lucene's own codec.
 */
final class ShardCodec extends Lucene912Codec {
    private static final KnnVectorsFormat FLAT = new AnyDimension(new Lucene99ScalarQuantizedVectorsFormat());
    private static final KnnVectorsFormat GRAPH = new GraphFormat();

    private volatile KnnVectorsFormat vectors = FLAT;

    /** From now on segments get a graph. */
    void buildGraph() {
        vectors = GRAPH;
    }

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return vectors;
    }

    /** A format without Lucene's limit of 1,024 numbers a vector, which nothing in the format needs. */
    private static final class AnyDimension extends KnnVectorsFormat {
        private final KnnVectorsFormat format;

        private AnyDimension(KnnVectorsFormat format) {
            super(format.getName());
            this.format = format;
        }

        @Override
        public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
            return format.fieldsWriter(state);
        }

        @Override
        public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
            return format.fieldsReader(state);
        }

        @Override
        public int getMaxDimensions(String field) {
            return Integer.MAX_VALUE;
        }
    }
}
