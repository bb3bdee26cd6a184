package io.mambaspark.index.store;

import io.mambaspark.error.MambaError;
import io.mambaspark.sql.MambaSqlException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkThrowable;

/** Why a file of an index, or a copy of one, could not be read or written: each reason is a condition. */
public final class IndexFailure {
    /** What operating systems and HDFS call a disk that is full. */
    private static final List<String> FULL =
            List.of("No space left on device", "not enough space on the disk", "Disk quota exceeded", "QuotaExceeded");

    /** What Spark calls a file that it cannot read. */
    private static final String UNREAD_FILE = "FAILED_READ_FILE";

    private IndexFailure() {}

    /** What could not be read: MAMBA_INDEX_UNREADABLE, or MAMBA_INDEX_SCHEME_UNKNOWN. */
    public static MambaSqlException reading(String path, Throwable cause) {
        if (cause instanceof UnsupportedFileSystemException) {
            String scheme = path.contains(":") ? path.substring(0, path.indexOf(':')) : "";
            return MambaSqlException.of("MAMBA_INDEX_SCHEME_UNKNOWN", Map.of("scheme", scheme, "path", path), cause);
        }
        return MambaSqlException.of("MAMBA_INDEX_UNREADABLE", Map.of("path", path, "cause", text(cause)), cause);
    }

    /** What could not be written: MAMBA_INDEX_DISK_FULL, MAMBA_INDEX_NOT_A_FOLDER or MAMBA_INDEX_NOT_WRITABLE. */
    public static MambaSqlException writing(String path, Throwable cause) {
        if (isFull(cause)) {
            return full(path, cause);
        }
        if (cause instanceof FileAlreadyExistsException
                || cause instanceof ParentNotDirectoryException
                || cause instanceof NotDirectoryException) {
            return notAFolder(path, cause);
        }
        return MambaSqlException.of("MAMBA_INDEX_NOT_WRITABLE", Map.of("path", path, "cause", text(cause)), cause);
    }

    static MambaSqlException notAFolder(String path, Throwable cause) {
        return MambaSqlException.of("MAMBA_INDEX_NOT_A_FOLDER", Map.of("path", path), cause);
    }

    static MambaSqlException corrupt(IndexFolder folder, String file, Flaw flaw) {
        return MambaSqlException.of("MAMBA_INDEX_CORRUPT", flaw.parameters(folder, file), flaw.getCause());
    }

    /**
     * MAMBA_INDEX_CORRUPT.
     *
     * @param file     from the index's folder on
     * @param field    the name of the value
     * @param expected what it must be, to follow "must be"
     */
    public static MambaSqlException corrupt(
            IndexFolder folder, String file, String field, Object value, String expected) {
        return corrupt(folder, file, new Flaw(field, value, expected));
    }

    /**
     * Why Spark gave up a job that changes an index: the error of ours that a task ended with, a disk that is full, or a file of
     * the index that Spark cannot read. Empty for everything else, such as what goes wrong in the table of documents.
     */
    public static Optional<MambaSqlException> ofJob(IndexFolder folder, Throwable failure) {
        for (Throwable cause : causes(failure).toList()) {
            if (cause instanceof MambaError.Carrier carrier) {
                return Optional.of(MambaSqlException.of(carrier.error(), failure));
            }
            if (isFullItself(cause)) {
                return Optional.of(full(folder.root() + " or a disk of an executor", failure));
            }
        }
        return ofFile(folder, failure);
    }

    /** MAMBA_INDEX_CORRUPT if Spark failed because it cannot read a file of the index. */
    public static Optional<MambaSqlException> ofFile(IndexFolder folder, Throwable failure) {
        return causes(failure)
                .flatMap(cause -> unreadFile(cause).stream())
                .filter(folder::holds)
                .map(file -> (Flaw) new Flaw("content", text(failure), "Parquet").initCause(failure))
                .map(flaw -> corrupt(folder, IndexFolder.PASSAGES, flaw))
                .findFirst();
    }

    /** The path of the file because of which Spark fails; empty if it is not because of a file. */
    private static Optional<String> unreadFile(Throwable cause) {
        if (cause instanceof SparkThrowable spark
                && spark.getCondition() != null
                && spark.getCondition().startsWith(UNREAD_FILE)) {
            return Optional.ofNullable(spark.getMessageParameters().get("path"));
        }
        return Optional.empty();
    }

    private static MambaSqlException full(String path, Throwable cause) {
        return MambaSqlException.of("MAMBA_INDEX_DISK_FULL", Map.of("path", path, "cause", text(cause)), cause);
    }

    private static boolean isFull(Throwable failure) {
        return causes(failure).anyMatch(IndexFailure::isFullItself);
    }

    private static boolean isFullItself(Throwable cause) {
        String text = cause.toString();
        return FULL.stream().anyMatch(text::contains);
    }

    /** From the failure itself to what went wrong first. */
    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    private static String text(Throwable cause) {
        return cause.toString().lines().findFirst().orElse("").strip();
    }
}
