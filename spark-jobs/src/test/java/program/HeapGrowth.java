package program;

import java.lang.management.ManagementFactory;
import org.apache.spark.sql.SparkSession;

/**
 * What stays on the heap. {@code queries N SQL} runs a query N times in one session, {@code sessions N SQL} starts and stops
 * N sessions that run it once; each prints {@code HEAP <bytes>}, the growth per query or session after a warm-up as long.
 */
public final class HeapGrowth {
    private static final int COLLECTIONS = 6;

    private HeapGrowth() {}

    public static void main(String[] arguments) throws InterruptedException {
        int times = Integer.parseInt(arguments[1]);
        String sql = arguments[2];
        Runnable run = arguments[0].equals("sessions") ? () -> session(sql) : () -> query(session(), sql);
        repeat(run, times);
        long before = used();
        repeat(run, times);
        System.out.println("HEAP " + (used() - before) / times);
        session().stop();
    }

    private static void repeat(Runnable run, int times) {
        for (int i = 0; i < times; i++) {
            run.run();
        }
    }

    private static void session(String sql) {
        SparkSession spark = session();
        query(spark, sql);
        spark.stop();
    }

    private static SparkSession session() {
        return SparkSession.builder().getOrCreate();
    }

    private static void query(SparkSession spark, String sql) {
        spark.sql(sql).collectAsList();
    }

    /** Weak references, and those that are cleared because of them, go one collection after the other. */
    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(500);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
