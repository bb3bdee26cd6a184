package io.mambaspark.index.search;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Rows of an RDD that is made when it is first run: to make an RDD of a DataFrame can run jobs, which neither describing nor
 * explaining a search may do.
 */
final class DeferredRdd extends RDD<Row> {
    private static final long serialVersionUID = 1L;

    private final transient Supplier<JavaRDD<Row>> rows;

    DeferredRdd(SparkContext spark, Supplier<JavaRDD<Row>> rows) {
        super(spark, none(), ClassTag$.MODULE$.apply(Row.class));
        this.rows = rows;
    }

    /** Asked for once, on the driver, before the first job. */
    @Override
    public Seq<Dependency<?>> getDependencies() {
        return seq(new OneToOneDependency<>(rows.get().rdd()));
    }

    @Override
    public Partition[] getPartitions() {
        return parent().partitions();
    }

    @Override
    public Iterator<Row> compute(Partition split, TaskContext context) {
        return parent().iterator(split, context);
    }

    @SuppressWarnings("unchecked") // the only dependency is ours
    private RDD<Row> parent() {
        return (RDD<Row>) dependencies().head().rdd();
    }

    private static Seq<Dependency<?>> none() {
        return CollectionConverters.asScala(List.<Dependency<?>>of()).toSeq();
    }

    private static Seq<Dependency<?>> seq(Dependency<?> one) {
        return CollectionConverters.asScala(List.<Dependency<?>>of(one)).toSeq();
    }
}
