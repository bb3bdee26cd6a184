package io.mambaspark.jobs;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of a job.
 *
 * @param spark the session
 * @param owned whether it was made here; one that was there before (a notebook's) is not ours to stop
 */
record JobSession(SparkSession spark, boolean owned) implements AutoCloseable {
    static JobSession start(String command) {
        boolean owned = SparkSession.getDefaultSession().isEmpty();
        SparkConf conf = new SparkConf();
        String registrators = conf.get("spark.kryo.registrator", "");
        String own = JobsKryoRegistrator.class.getName();
        conf.set("spark.kryo.registrator", registrators.isEmpty() ? own : registrators + "," + own);
        // Progress travels with the heartbeats; the default of ten seconds would make it stutter.
        conf.setIfMissing("spark.executor.heartbeatInterval", "2s");
        conf.setIfMissing("spark.app.name", "mamba-spark " + command);
        SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
        return new JobSession(spark, owned);
    }

    @Override
    public void close() {
        if (owned) {
            spark.stop();
        }
    }
}
