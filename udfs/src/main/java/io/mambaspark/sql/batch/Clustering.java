package io.mambaspark.sql.batch;

import java.lang.reflect.Constructor;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.physical.ClusteredDistribution;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import scala.collection.immutable.Seq;

/**
 * Asks for rows that are partitioned by some columns. {@link ClusteredDistribution} is made by reflection: its
 * constructor has three parameters up to Spark 4.2 and four from 4.3 on. All but the first have defaults, which Scala
 * keeps in static methods.
 */
final class Clustering {
    private static final String DEFAULT = "$lessinit$greater$default$";

    private Clustering() {}

    /** @throws IllegalStateException when Spark has none that is made so */
    static Distribution by(Seq<Expression> columns) {
        Constructor<?> constructor = ClusteredDistribution.class.getConstructors()[0];
        Object[] arguments = new Object[constructor.getParameterCount()];
        try {
            arguments[0] = columns;
            for (int i = 1; i < arguments.length; i++) {
                arguments[i] =
                        ClusteredDistribution.class.getMethod(DEFAULT + (i + 1)).invoke(null);
            }
            return (Distribution) constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("ClusteredDistribution is not as we know it: " + constructor, e);
        }
    }
}
