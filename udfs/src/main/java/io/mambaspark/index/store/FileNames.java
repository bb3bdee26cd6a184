package io.mambaspark.index.store;

import java.util.regex.Pattern;

/**
 * The names that files of an index may have: letters, digits, {@code . _ -}, as Spark and Lucene make them. Such a name is one
 * step of a path on every file system, and never a way out of its folder.
 */
final class FileNames {
    private static final String PLAIN = "[A-Za-z0-9_][A-Za-z0-9._-]{0,254}";
    private static final Pattern FILE = Pattern.compile(PLAIN);
    /** Spark passes over a name that begins with an underscore. */
    private static final Pattern PARQUET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,240}\\.parquet");

    private FileNames() {}

    static boolean isPlain(String name) {
        return FILE.matcher(name).matches();
    }

    static boolean isParquet(String name) {
        return PARQUET.matcher(name).matches();
    }
}
