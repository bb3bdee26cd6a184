package io.mambaspark.gpu;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Aparapi's native library, loaded by us and not by Aparapi: from a folder that the user can choose, once a JVM, and
 * without Aparapi's changes to the JVM's logging.
 */
final class AparapiLibrary {
    /** The library belongs to the class loader that loaded it first; set where all class loaders of the JVM see it. */
    static final String OWNER = "io.mambaspark.gpu.aparapi.owner";

    private static final String USE_AGENT = "com.aparapi.useAgent";
    /** Held here: a logger that nobody holds loses its level. */
    private static final Logger APARAPI = Logger.getLogger("com.aparapi.logLevel");

    private static boolean loaded;

    private AparapiLibrary() {}

    /** Loads the library if that has not been done; says why it cannot be. */
    static synchronized Optional<String> load(Path folder) {
        if (loaded) {
            return Optional.empty();
        }
        Optional<String> foreign = foreignClasses();
        if (foreign.isPresent()) {
            return foreign;
        }
        String me = AparapiLibrary.class.getClassLoader().toString();
        Object owner = System.getProperties().putIfAbsent(OWNER, me);
        if (owner != null) {
            return Optional.of("Aparapi's native library belongs to another class loader of this JVM (" + owner
                    + "), and a JVM loads it once; put this library where all share it, such as"
                    + " spark.executor.extraClassPath, instead of adding it to each session");
        }
        Optional<String> failure = loadFrom(folder);
        if (failure.isPresent()) {
            System.getProperties().remove(OWNER);
        } else {
            quietly();
            loaded = true;
        }
        return failure;
    }

    /** A library's functions are bound to the classes of the loader that loads it, and to no others. */
    private static Optional<String> foreignClasses() {
        try {
            Class<?> config = Class.forName("com.aparapi.Config", false, AparapiLibrary.class.getClassLoader());
            if (config.getClassLoader() == AparapiLibrary.class.getClassLoader()) {
                return Optional.empty();
            }
            return Optional.of("Aparapi's classes come from another jar than this library ("
                    + config.getProtectionDomain().getCodeSource() + "), so its native code cannot be bound to them;"
                    + " take that jar away: the bundle brings its own");
        } catch (ClassNotFoundException e) {
            return Optional.of("Aparapi's classes are not on the class path");
        }
    }

    private static Optional<String> loadFrom(Path folder) {
        try {
            Path own = Files.createTempDirectory(folder, "mamba-aparapi");
            Path library = own.resolve("libaparapi.so");
            try (InputStream resource = resource()) {
                Files.copy(resource, library);
                System.load(library.toAbsolutePath().toString());
            } finally {
                // Linux keeps what is mapped.
                Files.deleteIfExists(library);
                Files.deleteIfExists(own);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("Aparapi's native library could not be written to " + folder + " (" + e
                    + "); name another folder in spark.mamba." + GpuSettings.NATIVE_FOLDER);
        } catch (UnsatisfiedLinkError e) {
            return Optional.of(explained(folder, String.valueOf(e.getMessage())));
        }
    }

    static String explained(Path folder, String error) {
        if (error.contains("failed to map segment") || error.contains("Operation not permitted")) {
            return "files in " + folder + " may not be executed (noexec); name a folder where they may in spark.mamba."
                    + GpuSettings.NATIVE_FOLDER;
        }
        if (error.contains("libOpenCL")) {
            return "there is no OpenCL loader, libOpenCL.so.1; on Debian and Ubuntu: apt-get install ocl-icd-libopencl1";
        }
        return "Aparapi's native library does not load: " + error;
    }

    private static InputStream resource() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        String name = "/linux/libaparapi_" + (processor.equals("amd64") ? "x86_64" : processor) + ".so";
        InputStream resource = system.contains("linux") ? AparapiLibrary.class.getResourceAsStream(name) : null;
        if (resource == null) {
            throw new FileNotFoundException("there is none for " + system + " on " + processor);
        }
        return resource;
    }

    /**
     * Has Aparapi set itself up: told that the library is there already (which it calls an agent), and with the levels of
     * the JVM's log handlers, which it changes, put back.
     */
    private static void quietly() {
        Map<Handler, Level> levels = new HashMap<>();
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            levels.put(handler, handler.getLevel());
        }
        String before = System.setProperty(USE_AGENT, "true");
        try {
            Class.forName("com.aparapi.Config", true, AparapiLibrary.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Aparapi's classes are not beside its library", e);
        } finally {
            if (before == null) {
                System.clearProperty(USE_AGENT);
            } else {
                System.setProperty(USE_AGENT, before);
            }
            levels.forEach(Handler::setLevel);
        }
        APARAPI.setLevel(Level.OFF);
    }
}
