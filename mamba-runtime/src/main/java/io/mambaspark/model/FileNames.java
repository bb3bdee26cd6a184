package io.mambaspark.model;

/** Names of files that a checkpoint's own files mention. */
final class FileNames {
    private FileNames() {}

    /** Whether {@code name} is that of a file in the checkpoint's folder, not a path that leads out of it. */
    static boolean isPlain(String name) {
        return !name.isBlank()
                && !name.equals(".")
                && !name.contains("..")
                && name.chars().allMatch(c -> c > ' ' && "/\\:".indexOf(c) < 0);
    }
}
