package io.mambaspark.jobs;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * A text file, opened only inside the task that reads it.
 *
 * @param id       the path relative to the input that named it
 * @param path     the full path, with its file system
 * @param bytes    the length of the file as it is stored, compressed or not
 * @param encoding of a file without a byte order mark
 */
record FileSource(String id, String path, long bytes, String encoding) implements DocumentSource {
    /** The encoding of files of which nothing else is known. */
    static final String UTF_8 = "UTF-8";

    /** The same file with another id. */
    FileSource called(String newId) {
        return new FileSource(newId, path, bytes, encoding);
    }

    @Override
    public SourceText open(Configuration hadoop, int maxBytes) throws DocumentException {
        Path file = new Path(path);
        try (InputStream stored = stored(file, hadoop);
                InputStream in = decompressed(stored, file, hadoop)) {
            return read(in, maxBytes);
        } catch (FileNotFoundException e) {
            throw unreadable(e + hint());
        } catch (IOException | RuntimeException | LinkageError | InternalError | OutOfMemoryError e) {
            // A codec may throw anything at a damaged file, and allocates what a length in it says.
            throw unreadable(e.toString());
        }
    }

    /** Java lists a name that it cannot decode with U+FFFD, and cannot open it. */
    private String hint() {
        return path.indexOf('\uFFFD') < 0
                ? ""
                : "; names are in " + System.getProperty("sun.jnu.encoding")
                        + " here: start the driver and the executors with LC_ALL=C.UTF-8";
    }

    private DocumentException unreadable(String cause) {
        return new DocumentException("MAMBA_DOCUMENT_UNREADABLE", Map.of("path", path, "cause", cause));
    }

    private DocumentException notText(Signatures.Kind kind) {
        return new DocumentException(
                "MAMBA_DOCUMENT_NOT_TEXT", Map.of("path", path, "kind", kind.name(), "advice", kind.advice()));
    }

    private static InputStream stored(Path file, Configuration hadoop) throws IOException {
        FileSystem files = file.getFileSystem(hadoop);
        // Hadoop cannot name the checksum file of a name with a colon, so there is none.
        boolean unchecked =
                files instanceof ChecksumFileSystem && file.getName().indexOf(':') >= 0;
        return unchecked ? ((ChecksumFileSystem) files).getRawFileSystem().open(file) : files.open(file);
    }

    private InputStream decompressed(InputStream stored, Path file, Configuration hadoop)
            throws IOException, DocumentException {
        CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
        if (codec == null) {
            return stored;
        }
        try {
            return codec.createInputStream(stored);
        } catch (RuntimeException | LinkageError e) {
            throw new DocumentException(
                    "MAMBA_DOCUMENT_CODEC_MISSING",
                    Map.of("path", path, "codec", codec.getClass().getSimpleName(), "cause", e.toString()));
        }
    }

    private SourceText read(InputStream in, int maxBytes) throws IOException, DocumentException {
        byte[] head = in.readNBytes(Signatures.BYTES);
        Optional<Signatures.Kind> kind = Signatures.of(head);
        if (kind.isPresent()) {
            throw notText(kind.get());
        }
        byte[] all = new SequenceInputStream(new ByteArrayInputStream(head), in).readNBytes(maxBytes + 1);
        if (all.length > maxBytes) {
            throw DocumentSource.tooLarge(maxBytes);
        }
        SourceText text = TextBytes.decode(all, Charset.forName(encoding));
        if (Utf8.isLongerThan(maxBytes, text.text())) {
            throw DocumentSource.tooLarge(maxBytes);
        }
        refuseBinary(text, head);
        return text;
    }

    /** UTF-16 without a mark shows only in what becomes of it: NULs, or bytes that are not UTF-8. */
    private void refuseBinary(SourceText text, byte[] head) throws DocumentException {
        int nul = text.text().indexOf('\0');
        boolean wrong = nul >= 0 || text.replaced() > 0 && encoding.equals(UTF_8);
        Optional<Charset> unicode = wrong ? UnmarkedUnicode.of(head) : Optional.empty();
        if (unicode.isPresent()) {
            throw notText(new Signatures.Kind(
                    unicode.get() + " without a byte order mark", "Read it with --encoding " + unicode.get() + "."));
        }
        if (nul >= 0) {
            throw notText(new Signatures.Kind(
                    "binary data, with a NUL at character " + nul, "Leave it out of --input, or remove the NULs."));
        }
    }
}
