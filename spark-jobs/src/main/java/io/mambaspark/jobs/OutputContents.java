package io.mambaspark.jobs;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What an output folder holds, judged by its marker or, without one, by the names that Spark's writers give. */
final class OutputContents {
    private static final Predicate<String> COMMITS =
            Pattern.compile("_SUCCESS|_committed_.*|_started_.*").asMatchPredicate();
    private static final Pattern CHECKSUM = Pattern.compile("\\.(.*)\\.crc");

    private OutputContents() {}

    /** The name of something that no job wrote; empty if the folder may be deleted. */
    static Optional<String> foreign(FileSystem files, Path folder) throws IOException {
        Predicate<String> written;
        try {
            written =
                    OutputMarker.in(files, folder).map(OutputContents::listed).orElse(name -> name.startsWith("part-"));
        } catch (OutputMarker.Damaged e) {
            return Optional.of(OutputMarker.NAME);
        }
        Predicate<String> known = written.or(COMMITS);
        for (FileStatus entry : files.listStatus(folder)) {
            String name = entry.getPath().getName();
            var checksum = CHECKSUM.matcher(name);
            if (!entry.isFile() || !known.test(checksum.matches() ? checksum.group(1) : name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static Predicate<String> listed(OutputMarker marker) {
        Set<String> names = new HashSet<>(marker.files());
        names.add(OutputMarker.NAME);
        return names::contains;
    }

    /** Whether a job has ended writing the folder, and all its files are still there. */
    static boolean isWhole(FileSystem files, Path folder) throws IOException {
        try {
            Optional<OutputMarker> marker = OutputMarker.in(files, folder);
            return marker.isPresent()
                    && names(files, folder).containsAll(marker.get().files());
        } catch (OutputMarker.Damaged e) {
            return false;
        }
    }

    private static Set<String> names(FileSystem files, Path folder) throws IOException {
        return Arrays.stream(files.listStatus(folder))
                .map(entry -> entry.getPath().getName())
                .collect(Collectors.toSet());
    }
}
