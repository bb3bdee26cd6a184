package io.mambaspark.sql.rows;

import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The part of a file that Spark shows to {@code input_file_name()} and its like on this thread.
 *
 * @param path   empty where there is none
 * @param start  its first byte; negative where there is none
 * @param length in bytes; negative where it is unknown
 */
record FileBlock(UTF8String path, long start, long length) {
    /** What is shown now. */
    static FileBlock shown() {
        return new FileBlock(
                InputFileBlockHolder.getInputFilePath(),
                InputFileBlockHolder.getStartOffset(),
                InputFileBlockHolder.getLength());
    }

    boolean isShown() {
        return start == InputFileBlockHolder.getStartOffset()
                && length == InputFileBlockHolder.getLength()
                && path.equals(InputFileBlockHolder.getInputFilePath());
    }

    void show() {
        if (isShown()) {
            return;
        }
        if (start < 0) {
            InputFileBlockHolder.unset(); // Spark refuses to set what there is not
        } else {
            InputFileBlockHolder.set(path.toString(), start, length);
        }
    }
}
