package program;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.Trigger;

/**
 * A stream as a user writes it: summarizes the text files of a folder into Parquet, a file a batch. Takes the folder, that
 * of Parquet, that of the checkpoint, and after how many batches the whole process shall crash (0: never).
 */
public final class Summaries extends StreamingQueryListener {
    private final long lastBatch;

    private Summaries(long lastBatch) {
        this.lastBatch = lastBatch;
    }

    public static void main(String[] arguments) throws Exception {
        SparkSession spark = SparkSession.builder().getOrCreate();
        spark.streams().addListener(new Summaries(Long.parseLong(arguments[3]) - 1));
        Dataset<Row> texts = spark.readStream()
                .format("text")
                .option("wholetext", true)
                .option("maxFilesPerTrigger", 1)
                .load(arguments[0]);
        texts.selectExpr("_metadata.file_name AS file", "mamba_summarize(value, 20) AS summary")
                .writeStream()
                .format("parquet")
                .option("checkpointLocation", arguments[2])
                .trigger(Trigger.AvailableNow())
                .start(arguments[1])
                .awaitTermination();
        spark.stop();
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {}

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
        if (event.progress().batchId() == lastBatch) {
            Runtime.getRuntime().halt(1);
        }
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {}
}
