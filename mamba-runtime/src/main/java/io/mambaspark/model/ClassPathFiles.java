package io.mambaspark.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.OptionalLong;

/** A checkpoint among the resources beside a class. */
record ClassPathFiles(Class<?> neighbour, String folder) implements CheckpointFiles {
    @Override
    public String location() {
        return "class path, " + neighbour.getPackageName().replace('.', '/') + "/" + folder;
    }

    @Override
    public boolean has(String file) {
        return url(file) != null;
    }

    @Override
    public InputStream open(String file) throws IOException {
        return connect(file).getInputStream();
    }

    @Override
    public FileBytes openWeights(String file) throws IOException {
        URLConnection connection = connect(file);
        long length = connection.getContentLengthLong();
        return new StreamedBytes(
                path(file), connection.getInputStream(), length < 0 ? OptionalLong.empty() : OptionalLong.of(length));
    }

    private URLConnection connect(String file) throws IOException {
        URL url = url(file);
        if (url == null) {
            throw new FileNotFoundException(path(file));
        }
        URLConnection connection = url.openConnection();
        // The JVM's cache of open jars is shared: closing a stream of it can close the jar under other readers.
        connection.setUseCaches(false);
        return connection;
    }

    private URL url(String file) {
        return neighbour.getResource(folder + "/" + file);
    }
}
