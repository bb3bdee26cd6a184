package io.mambaspark.index.shard;

import io.mambaspark.storm.Storm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/**
 * Lucene's compound file of a shard as somebody sees it who knows the format: the files in it, each with a checksum of its own.
 *
 * @param file  that ends in .cfs
 * @param parts the files in it
 */
public record CompoundFile(Path file, List<Part> parts) {
    private static final String TABLE = "Lucene90CompoundEntries";

    /** The files that Lucene reads whole when it opens a segment, and finds most damage in; they say where all else is. */
    private static final Pattern DESCRIPTIONS = Pattern.compile(".*\\.(fnm|fdm|nvm|dvm|tmd|psm|vem|vemf|vemq)");

    /**
     * A file in the file.
     *
     * @param name  of it
     * @param begin where it is
     * @param from  where its header ends
     * @param to    where its footer begins
     */
    public record Part(String name, int begin, int from, int to) {
        private int end() {
            return to + CodecUtil.footerLength();
        }
    }

    /** Of the shard in {@code folder}. */
    public static CompoundFile in(Path folder) throws IOException {
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.filter(each -> each.toString().endsWith(".cfs"))
                    .findFirst()
                    .orElseThrow();
        }
        String name = file.getFileName().toString();
        List<Part> parts = new ArrayList<>();
        try (FSDirectory directory = FSDirectory.open(folder);
                IndexInput table = directory.openInput(name.replace(".cfs", ".cfe"), IOContext.READONCE);
                IndexInput all = directory.openInput(name, IOContext.READONCE)) {
            table.seek(CodecUtil.indexHeaderLength(TABLE, ""));
            for (int left = table.readVInt(); left > 0; left--) {
                String part = table.readString();
                long begin = table.readLong();
                long length = table.readLong();
                all.seek(begin);
                passHeader(all);
                int end = Math.toIntExact(begin + length);
                parts.add(new Part(part, (int) begin, (int) all.getFilePointer(), end - CodecUtil.footerLength()));
            }
        }
        return new CompoundFile(file, parts);
    }

    private static void passHeader(DataInput in) throws IOException {
        in.skipBytes(Integer.BYTES);
        in.readString();
        in.skipBytes(Integer.BYTES + 16);
        in.skipBytes(Byte.toUnsignedInt(in.readByte()));
    }

    /** The bytes with one of the files damaged where it is, and all checksums over it those of what it is now. */
    public byte[] forged(byte[] original, Random random) {
        byte[] bytes = original.clone();
        boolean described = random.nextInt(4) == 0;
        List<Part> some = parts.stream()
                .filter(part ->
                        part.from < part.to && DESCRIPTIONS.matcher(part.name).matches() == described)
                .toList();
        Part part = some.get(random.nextInt(some.size()));
        Storm.damageInPlace(bytes, part.from, part.to, random);
        Storm.forgeLuceneChecksum(bytes, part.begin, part.end());
        return Storm.withLuceneChecksum(bytes);
    }
}
