package io.mambaspark.index.search;

import io.mambaspark.index.Passages;
import io.mambaspark.index.store.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a shell is given to make an index anew; where its documents came from, only the user knows. */
final class RebuildCommand {
    private static final String PLAIN = "[\\w./:@%+,=-]+";

    private RebuildCommand() {}

    static String of(String path, Manifest manifest) {
        List<String> words = new ArrayList<>(
                List.of("spark-submit", "mamba-spark-bundle.jar", "index", "--input", "DOCUMENTS", "--index", path));
        if (manifest.keptSchema().size() > 0) {
            words.addAll(List.of(
                    "--keep-columns", String.join(",", manifest.keptSchema().fieldNames())));
        }
        if (manifest.passages() != Passages.RULE) {
            words.addAll(List.of("--passages", manifest.passages().name().toLowerCase(Locale.ROOT)));
        }
        words.add("--replace");
        return words.stream().map(RebuildCommand::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches(PLAIN) ? word : '\'' + word.replace("'", "'\\''") + '\'';
    }
}
