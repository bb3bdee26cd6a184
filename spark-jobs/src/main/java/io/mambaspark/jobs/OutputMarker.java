package io.mambaspark.jobs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Says in a folder that a job wrote it, and that it is whole. Hidden from Spark by its name.
 *
 * @param job     the job's name
 * @param version of this program
 * @param files   the names of all files that the job wrote
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record OutputMarker(String job, String version, List<String> files) {
    /** The name of its file. */
    static final String NAME = "_mamba_output.json";

    /** Room for hundreds of thousands of files. */
    private static final int MAX_BYTES = 64 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** There is a marker, and it cannot be one that a job wrote. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        Damaged(Path file) {
            super(file + " is damaged");
        }
    }

    /** Marks {@code folder}, in which a job has written all its files. */
    static void write(String job, FileSystem files, Path folder) throws IOException {
        List<String> names = Arrays.stream(files.listStatus(folder))
                .map(FileStatus::getPath)
                .map(Path::getName)
                .sorted()
                .toList();
        try (OutputStream out = files.create(RealPath.child(folder, NAME), false)) {
            out.write(JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsBytes(new OutputMarker(job, Main.version(), names)));
        }
    }

    /**
     * The marker of {@code folder}; empty without one.
     *
     * @throws Damaged when it is not as a job writes it
     */
    static Optional<OutputMarker> in(FileSystem files, Path folder) throws IOException {
        Path file = RealPath.child(folder, NAME);
        byte[] bytes;
        try (InputStream in = files.open(file)) {
            bytes = in.readNBytes(MAX_BYTES);
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
        try {
            OutputMarker marker = JSON.readValue(bytes, OutputMarker.class);
            if (marker == null || marker.job == null || marker.version == null || marker.files == null) {
                throw new Damaged(file);
            }
            return Optional.of(marker);
        } catch (JsonProcessingException e) {
            throw new Damaged(file);
        }
    }
}
