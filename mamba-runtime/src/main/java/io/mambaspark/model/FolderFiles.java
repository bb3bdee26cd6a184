package io.mambaspark.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A checkpoint in a folder of any Java file system. */
record FolderFiles(Path folder) implements CheckpointFiles {
    @Override
    public String location() {
        return folder.toString();
    }

    @Override
    public boolean has(String file) {
        try {
            return Files.isRegularFile(folder.resolve(file));
        } catch (InvalidPathException e) {
            return false; // No file of this file system can have that name.
        }
    }

    @Override
    public InputStream open(String file) throws IOException {
        return Files.newInputStream(folder.resolve(file));
    }

    @Override
    public FileBytes openWeights(String file) throws IOException {
        Path path = folder.resolve(file);
        SeekableByteChannel channel = Files.newByteChannel(path);
        try {
            // Only the default file system can map; a zip file system, for one, cannot.
            return channel instanceof FileChannel mappable
                    ? new MappedBytes(path.toString(), mappable)
                    : new StreamedBytes(
                            path.toString(), Channels.newInputStream(channel), OptionalLong.of(channel.size()));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
