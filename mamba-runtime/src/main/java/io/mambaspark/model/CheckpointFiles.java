package io.mambaspark.model;

import java.io.IOException;
import java.io.InputStream;

/** The files of one checkpoint, wherever they lie. Thread-safe. */
interface CheckpointFiles {
    /** The largest JSON file that is read; the largest tokenizers have about 35 MB. */
    int MAX_JSON = 256 << 20;

    /** Where the files lie, for messages. */
    String location();

    boolean has(String file);

    /** Where one file lies, for messages. */
    default String path(String file) {
        return location() + "/" + file;
    }

    /** Opens a file that is there. */
    InputStream open(String file) throws IOException;

    /** Opens a file of weights that is there. */
    FileBytes openWeights(String file) throws IOException;

    /** The whole content of a JSON file that is there. */
    default byte[] json(String file) {
        try (InputStream in = open(file)) {
            byte[] content = in.readNBytes(MAX_JSON);
            if (in.read() >= 0) {
                throw CheckpointException.corrupt(path(file), "it has more than " + MAX_JSON + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw CheckpointException.unreadable(path(file), e);
        }
    }

    /** As {@link #openWeights}, with the error told in this package's words. */
    default FileBytes weights(String file) {
        try {
            return openWeights(file);
        } catch (IOException e) {
            throw CheckpointException.unreadable(path(file), e);
        }
    }
}
