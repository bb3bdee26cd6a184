/**
 * The functions as classes that Spark's {@code UDF} interfaces register by name, one for each number of arguments:
 * <pre>{@code
 * spark.udf.registerJavaFunction("summary", "io.mambaspark.sql.udf.MambaSummarize", "string")   # PySpark
 * }</pre>
 * They are evaluated a row at a time, with the model of the session that registers them. Where another door is open, its
 * functions are faster.
 */
package io.mambaspark.sql.udf;
