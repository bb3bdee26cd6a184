/**
 * The functions for Hive's way to declare them, in a Spark session with {@code enableHiveSupport}:
 * <pre>{@code
 * CREATE FUNCTION mamba_summarize AS 'io.mambaspark.hive.MambaSummarize' USING JAR 'bundle.jar'
 * }</pre>
 * They are evaluated a row at a time. Where another door is open, its functions are faster.
 */
package io.mambaspark.hive;
