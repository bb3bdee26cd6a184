package io.mambaspark.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files with columns as a table: read by Spark, which takes brackets in a name for a glob. */
final class FileTable {
    /** What makes a path a glob for Spark. */
    private static final Pattern GLOB = Pattern.compile("[{}\\[\\]*?\\\\]");

    /** Of Spark's file sources: paths are names. Of several paths that look like globs, Spark reads each several times. */
    private static final Map<String, String> NO_GLOBS = Map.of("__globPaths__", "false");

    private final InputFormat format;
    private final SparkSession spark;

    private FileTable(InputFormat format, SparkSession spark) {
        this.format = format;
        this.spark = spark;
    }

    /** The rows of all {@code files}, which are of one format of Spark's. */
    static Dataset<Row> of(InputFiles files, InputFormat format, SparkSession spark) throws IOException {
        FileTable table = new FileTable(format, spark);
        table.refuseColons(files.list());
        return files.list().stream().map(FileSource::path).noneMatch(FileTable::looksLikeGlob)
                ? table.reader().load(files.roots().toArray(new String[0]))
                : table.literally(files.roots());
    }

    private static boolean looksLikeGlob(String path) {
        return GLOB.matcher(path).find();
    }

    private DataFrameReader reader() {
        return spark.read().format(format.name()).options(format.readerOptions());
    }

    /** Plain names together, and each that looks like a glob alone. */
    private Dataset<Row> literally(List<String> roots) {
        List<String[]> loads = new ArrayList<>();
        loads.add(roots.stream().filter(root -> !looksLikeGlob(root)).toArray(String[]::new));
        roots.stream().filter(FileTable::looksLikeGlob).forEach(root -> loads.add(new String[] {root}));
        return loads.stream()
                .filter(paths -> paths.length > 0)
                .map(this::load)
                .reduce((one, other) -> one.unionByName(other, true))
                .orElseThrow();
    }

    private Dataset<Row> load(String[] paths) {
        DataFrameReader reader = reader().options(NO_GLOBS);
        if (format == InputFormat.csv) {
            // To infer a schema over line breaks, Spark opens the files by Hadoop's FileInputFormat, which globs
            // regardless.
            DataFrameReader header = reader().options(NO_GLOBS).option("multiLine", "false");
            reader = reader.schema(header.load(paths).schema());
        }
        return reader.load(paths);
    }

    /** Spark cannot do without the checksum file of such a name, and Hadoop cannot name it. */
    private void refuseColons(List<FileSource> files) throws IOException {
        for (FileSource file : files) {
            Path path = new Path(file.path());
            if (path.getName().indexOf(':') >= 0
                    && path.getFileSystem(spark.sparkContext().hadoopConfiguration()) instanceof ChecksumFileSystem) {
                throw new UsageException("Spark cannot read " + file.path() + " as " + format
                        + ", because its name has a colon: rename the file.");
            }
        }
    }
}
