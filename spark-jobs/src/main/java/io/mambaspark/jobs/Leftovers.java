package io.mambaspark.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders beside an output while it is replaced, and the ones that a killed job left. */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final FileSystem files;
    private final Path folder;

    Leftovers(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** Where the rows of a job are until all are written. */
    Path newFolder(UUID id) {
        return beside(prefix("new") + id);
    }

    /** Where the old output is until the new one is in its place. */
    Path oldFolder(UUID id) {
        return beside(prefix("old") + id);
    }

    private String prefix(String kind) {
        return "." + folder.getName() + "." + kind + "-";
    }

    private Path beside(String name) {
        return RealPath.child(folder.getParent(), name);
    }

    /**
     * Puts an old output back that no new one has replaced, and removes all else.
     *
     * @throws UsageException when it cannot tell which folder is whole; then it has changed nothing
     */
    void settle() throws IOException {
        List<Path> news = left("new");
        List<Path> olds = left("old");
        if (!olds.isEmpty()) {
            if (files.exists(folder)) {
                if (!OutputContents.isWhole(files, folder)) {
                    throw undecided(olds);
                }
                olds.forEach(this::delete);
            } else {
                if (olds.size() > 1) {
                    throw undecided(olds);
                }
                JobOutput.move(files, olds.get(0), folder);
                LOG.warn("{} is back: a job was killed before it had replaced it", folder);
            }
        }
        news.forEach(this::delete);
    }

    private UsageException undecided(List<Path> olds) {
        return new UsageException("A job was killed while it replaced " + folder
                + ", and it is unknown whether that folder or " + olds
                + " is complete: keep the complete one under the first name and delete the others.");
    }

    private List<Path> left(String kind) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(prefix(kind)) + ID);
        List<Path> left = new ArrayList<>();
        try {
            FileStatus[] found = files.listStatus(
                    folder.getParent(), path -> name.matcher(path.getName()).matches());
            Arrays.stream(found).filter(FileStatus::isDirectory).forEach(each -> left.add(each.getPath()));
        } catch (FileNotFoundException e) {
            return List.of(); // No parent, no leftovers.
        }
        return left;
    }

    /** Deletes a folder; if that fails, the next run tries again. */
    void delete(Path left) {
        try {
            if (!files.delete(left, true) && files.exists(left)) {
                throw new IOException("the file system refuses it");
            }
        } catch (IOException e) {
            LOG.warn("{} could not be deleted ({}); the next run to this output tries again", left, e.toString());
        }
    }
}
