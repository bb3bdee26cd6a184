package io.mambaspark.index.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.hnsw.HnswGraphProvider;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99ScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.hnsw.HnswGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph of a shard is the one that Lucene's own code makes of the same vectors. */
class GraphFormatTest {
    @TempDir
    private Path folder;

    @Test
    void theGraphIsThatOfPlainLucene() throws IOException {
        List<ShardPassage> passages = new MadeUpPassages(5).documents(1000, 5);
        MadeUpPassages.write(folder.resolve("shard"), passages);
        writeWithLucene(folder.resolve("lucene"), passages);

        List<List<Integer>> expected = neighbours(folder.resolve("lucene"));
        assertThat(expected).hasSizeGreaterThan(passages.size()); // the lowest level and some of those above
        assertThat(neighbours(folder.resolve("shard"))).isEqualTo(expected);
    }

    /** As a shard is made: flat, then the graph in one merge. */
    private static final class PlainCodec extends Lucene912Codec {
        private volatile KnnVectorsFormat vectors = new Lucene99ScalarQuantizedVectorsFormat();

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return vectors;
        }
    }

    private static void writeWithLucene(Path target, List<ShardPassage> passages) throws IOException {
        PlainCodec codec = new PlainCodec();
        IndexWriterConfig config = new IndexWriterConfig()
                .setCodec(codec)
                .setUseCompoundFile(false)
                .setMergePolicy(NoMergePolicy.INSTANCE);
        try (Directory directory = FSDirectory.open(target);
                IndexWriter writer = new IndexWriter(directory, config)) {
            for (ShardPassage passage : passages) {
                Document document = new Document();
                document.add(new KnnFloatVectorField(
                        ShardFields.VECTOR, passage.vector(), VectorSimilarityFunction.DOT_PRODUCT));
                writer.addDocument(document);
            }
            writer.flush();
            codec.vectors = new Lucene99HnswScalarQuantizedVectorsFormat(32, 200);
            LogDocMergePolicy merge = new LogDocMergePolicy();
            merge.setNoCFSRatio(1); // so that even one segment is merged
            writer.getConfig().setMergePolicy(merge);
            writer.forceMerge(1);
        }
    }

    /** Of all nodes of all levels. */
    private static List<List<Integer>> neighbours(Path index) throws IOException {
        List<List<Integer>> neighbours = new ArrayList<>();
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(index))) {
            CodecReader segment = (CodecReader) reader.leaves().get(0).reader();
            HnswGraphProvider field =
                    (HnswGraphProvider) ((PerFieldKnnVectorsFormat.FieldsReader) segment.getVectorReader())
                            .getFieldReader(ShardFields.VECTOR);
            HnswGraph graph = field.getGraph(ShardFields.VECTOR);
            for (int level = 0; level < graph.numLevels(); level++) {
                HnswGraph.NodesIterator nodes = graph.getNodesOnLevel(level);
                while (nodes.hasNext()) {
                    neighbours.add(neighbours(graph, level, nodes.nextInt()));
                }
            }
        }
        return neighbours;
    }

    private static List<Integer> neighbours(HnswGraph graph, int level, int node) throws IOException {
        List<Integer> neighbours = new ArrayList<>();
        graph.seek(level, node);
        for (int next = graph.nextNeighbor(); next < DocIdSetIterator.NO_MORE_DOCS; next = graph.nextNeighbor()) {
            neighbours.add(next);
        }
        return neighbours;
    }
}
