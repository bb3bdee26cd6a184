package io.mambaspark.jobs;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/** Where the files of {@code --input} are stored: what globs match, and what symbolic links in local folders lead to. */
final class InputPlaces {
    private static final Pattern GLOB = Pattern.compile("[*?\\[{\\\\]");
    private static final Pattern BRACES_OF_SEVERAL_NAMES = Pattern.compile("\\{[^}]*/");

    private final Configuration hadoop;
    private final Set<Place> places = new HashSet<>();

    private InputPlaces(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * All places of these inputs.
     *
     * @param written is one of them if a glob will match it once it exists
     */
    static Set<Place> of(List<String> inputs, Place written, Configuration hadoop) {
        InputPlaces all = new InputPlaces(hadoop);
        for (String input : inputs) {
            try {
                all.add(input, written.path());
            } catch (IOException | IllegalArgumentException e) {
                throw new UsageException("--input " + input + " cannot be reached: " + e.getMessage() + ".");
            }
        }
        return all.places;
    }

    private void add(String input, RealPath output) throws IOException {
        String name = "--input " + input;
        InputPath found = InputPath.find(input, hadoop);
        FileSystem files = found.path().getFileSystem(hadoop);
        for (FileStatus match : found.matches()) {
            RealPath place = RealPath.of(match.getPath(), hadoop);
            places.add(new Place(name, place));
            if (match.isDirectory() && RealPath.isLocal(files)) {
                addLinks(name, RealPath.nio(place.path()));
            }
        }
        if (!found.literal()) {
            addIfMatched(name, files.makeQualified(found.path()), output);
        }
    }

    /** What is read through a symbolic link; names that are not read are passed over. */
    private void addLinks(String name, java.nio.file.Path folder) throws IOException {
        List<java.nio.file.Path> links = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(java.nio.file.Path child, BasicFileAttributes attributes) {
                boolean read = child.equals(folder) || !HiddenNames.isHidden(fileName(child));
                return read ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(java.nio.file.Path child, BasicFileAttributes attributes) {
                if (attributes.isSymbolicLink() && !HiddenNames.isHidden(fileName(child))) {
                    links.add(child);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(java.nio.file.Path child, IOException e) {
                return FileVisitResult.CONTINUE; // Listing the input says what is wrong with it.
            }
        });
        for (java.nio.file.Path link : links) {
            if (!Files.exists(link)) {
                continue; // Dangling or a loop: nothing is read through it.
            }
            RealPath place = RealPath.ofLocal(link.toString(), hadoop);
            boolean isNew = places.add(new Place(name + " (by its link " + link + ")", place));
            if (isNew && Files.isDirectory(link)) {
                addLinks(name, RealPath.nio(place.path()));
            }
        }
    }

    private static String fileName(java.nio.file.Path path) {
        return path.getFileName().toString();
    }

    /** The next run would read the output: a name in it, or its own, is one that the glob asks for. */
    private void addIfMatched(String name, Path pattern, RealPath output) throws IOException {
        String glob = pattern.toUri().getPath();
        if (!GLOB.matcher(glob).find() || BRACES_OF_SEVERAL_NAMES.matcher(glob).find()) {
            return;
        }
        Path base = pattern;
        List<String> wanted = new ArrayList<>();
        while (GLOB.matcher(base.toUri().getPath()).find()) {
            wanted.add(0, base.getName());
            base = base.getParent();
        }
        RealPath root = RealPath.of(base, hadoop);
        if (output.equals(root) || !output.isIn(root)) {
            return;
        }
        String[] names = output.name()
                .substring(root.name().length())
                .replaceFirst("^/", "")
                .split("/", -1);
        Path matched = root.path();
        for (int i = 0; i < wanted.size(); i++) {
            if (i == names.length || !new GlobPattern(wanted.get(i)).matches(names[i])) {
                return;
            }
            matched = RealPath.child(matched, names[i]);
        }
        places.add(new Place(name, new RealPath(root.store(), matched)));
    }
}
