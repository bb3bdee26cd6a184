package io.mambaspark.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How documents lie in files; the names are what {@code --format} takes. */
@SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
enum InputFormat {
    auto(Set.of()),
    text(Set.of()),
    json(Set.of("json", "jsonl", "ndjson")),
    parquet(Set.of("parquet")),
    csv(Set.of("csv")),
    orc(Set.of("orc"));

    private static final Set<String> COMPRESSED = Set.of("gz", "bz2", "zst", "snappy", "lz4", "deflate");

    private final Set<String> extensions;

    InputFormat(Set<String> extensions) {
        this.extensions = extensions;
    }

    /** What Spark's reader must be told so that texts with line breaks and quotes survive. */
    Map<String, String> readerOptions() {
        return this == csv ? Map.of("header", "true", "multiLine", "true", "escape", "\"") : Map.of();
    }

    /** The one format of all these files by their extensions; what is none of Spark's formats is text. */
    static InputFormat of(List<FileSource> files) {
        Set<InputFormat> found = files.stream().map(file -> byName(file.path())).collect(Collectors.toSet());
        if (found.size() > 1) {
            throw new UsageException("--input holds files of several formats "
                    + found.stream().map(Enum::name).sorted().toList()
                    + ": say with --format which one to read, or name the files by a glob.");
        }
        return found.iterator().next();
    }

    private static InputFormat byName(String path) {
        String[] parts = path.substring(path.lastIndexOf('/') + 1)
                .toLowerCase(Locale.ROOT)
                .split("\\.", -1);
        int last = parts.length - 1;
        String extension = last > 0 && COMPRESSED.contains(parts[last]) ? parts[last - 1] : parts[last];
        // Spark's own files put the codec first: part-0.snappy.parquet.
        return Arrays.stream(values())
                .filter(format -> format.extensions.contains(extension))
                .findFirst()
                .orElse(text);
    }
}
