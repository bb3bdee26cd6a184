package io.mambaspark.hive;

import io.mambaspark.sql.Call;
import io.mambaspark.sql.FunctionDescription;
import io.mambaspark.sql.MambaConf;
import io.mambaspark.sql.MambaFunction;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.RowEvaluator;
import java.util.Optional;
import org.apache.hadoop.hive.ql.exec.UDFArgumentException;
import org.apache.hadoop.hive.ql.exec.UDFArgumentLengthException;
import org.apache.hadoop.hive.ql.metadata.HiveException;
import org.apache.hadoop.hive.ql.udf.generic.GenericUDF;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspector;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspectorConverters;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import scala.Option;

/** A function as Hive knows it. Spark makes one for each task, and may send one: nothing in it travels. */
public abstract class HiveFunction extends GenericUDF {
    private transient ObjectInspectorConverters.Converter[] converters;
    private transient RowEvaluator evaluator;

    /** What it evaluates. */
    abstract MambaFunction function();

    @Override
    public ObjectInspector initialize(ObjectInspector[] given) throws UDFArgumentException {
        FunctionDescription description = function().description();
        int most = description.arguments().size();
        if (given.length < description.fewestArguments() || given.length > most) {
            throw new UDFArgumentLengthException(
                    description.call() + " cannot be called with " + given.length + " arguments");
        }
        converters = new ObjectInspectorConverters.Converter[given.length];
        for (int i = 0; i < given.length; i++) {
            converters[i] =
                    HiveTypes.converter(given[i], description.arguments().get(i));
        }
        return HiveTypes.inspector(description.result());
    }

    @Override
    public Object evaluate(DeferredObject[] given) throws HiveException {
        if (evaluator == null) {
            evaluator = new RowEvaluator(new Call(function(), false, ModelChoice.of(conf())));
        }
        Object[] arguments = new Object[given.length];
        for (int i = 0; i < given.length; i++) {
            arguments[i] = HiveTypes.toArgument(converters[i].convert(given[i].get()));
        }
        try {
            return HiveTypes.toHive(evaluator.evaluate(arguments));
        } catch (MambaSqlException e) {
            throw new HiveException(e.getMessage(), e);
        }
    }

    /** What the session has set, which travels with its tasks, before what the application has. */
    private static MambaConf conf() {
        TaskContext task = TaskContext.get();
        SparkConf ofApplication = SparkEnv.get().conf();
        return MambaConf.of(key -> {
            String ofSession = task == null ? null : task.getLocalProperty(key);
            Option<String> value = ofApplication.getOption(key);
            return Optional.ofNullable(ofSession != null ? ofSession : value.isDefined() ? value.get() : null);
        });
    }

    @Override
    public String getDisplayString(String[] children) {
        return getStandardDisplayString(function().description().name(), children);
    }
}
