package io.mambaspark.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * A text file, opened only inside the task that reads it.
 *
 * @param id    the path relative to the input that named it
 * @param path  the full path, with its file system
 * @param bytes the length of the file as it is stored, compressed or not
 */
record FileSource(String id, String path, long bytes) implements DocumentSource {
    @Override
    public SourceText open(Configuration hadoop, int maxBytes) throws DocumentException {
        Path file = new Path(path);
        try (InputStream in = decompressed(file, hadoop)) {
            byte[] utf8 = in.readNBytes(maxBytes + 1);
            if (utf8.length > maxBytes) {
                throw DocumentSource.tooLarge(maxBytes);
            }
            return Utf8.decode(utf8);
        } catch (IOException e) {
            throw new DocumentException("MAMBA_DOCUMENT_UNREADABLE", Map.of("path", path, "cause", e.toString()));
        }
    }

    private static InputStream decompressed(Path file, Configuration hadoop) throws IOException {
        FileSystem files = file.getFileSystem(hadoop);
        CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
        return codec == null ? files.open(file) : codec.createInputStream(files.open(file));
    }
}
