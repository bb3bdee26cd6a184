package io.mambaspark.jobs;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** What users write in Python, in {@code src/test/resources/pyspark}. */
final class Scripts {
    private Scripts() {}

    static Path python(String name) {
        try {
            return Path.of(Scripts.class.getResource("/pyspark/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(name, e);
        }
    }
}
