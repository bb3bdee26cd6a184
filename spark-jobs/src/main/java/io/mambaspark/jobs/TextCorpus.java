package io.mambaspark.jobs;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Text files as documents, one each. */
final class TextCorpus {
    private TextCorpus() {}

    /** Spreads {@code files} by size; nothing is opened here. */
    static Corpus of(List<FileSource> files, int askedPartitions, JavaSparkContext spark) {
        int partitions = Corpus.partitions(askedPartitions, files.size(), spark.defaultParallelism());
        List<FileSource[]> spread = LongestFirst.spread(files, FileSource::bytes, partitions).stream()
                .map(part -> part.toArray(new FileSource[0]))
                .toList();
        // As many slices as elements: the k-th array becomes the k-th partition.
        JavaRDD<DocumentSource> sources = spark.parallelize(spread, partitions)
                .flatMap(part -> Arrays.<DocumentSource>asList(part).iterator());
        return new Corpus(
                sources,
                files.size(),
                files.stream().mapToLong(FileSource::bytes).sum());
    }
}
