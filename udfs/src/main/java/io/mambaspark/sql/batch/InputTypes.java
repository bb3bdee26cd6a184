package io.mambaspark.sql.batch;

import io.mambaspark.sql.Argument;
import java.util.List;
import org.apache.spark.sql.internal.types.StringTypeWithCollation$;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TypeCollection;

/** What Catalyst casts arguments to. */
final class InputTypes {
    private InputTypes() {}

    static AbstractDataType of(Argument argument) {
        List<AbstractDataType> types =
                argument.types().stream().map(InputTypes::accepted).toList();
        return types.size() == 1 ? types.get(0) : new TypeCollection(Scala.seq(types));
    }

    /** A string of any collation is as good as any other. */
    private static AbstractDataType accepted(DataType type) {
        return type instanceof StringType ? StringTypeWithCollation$.MODULE$.apply(true, true, true) : type;
    }
}
