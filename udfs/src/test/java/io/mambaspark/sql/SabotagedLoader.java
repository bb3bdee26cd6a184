package io.mambaspark.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Loads our SQL classes anew, on a Spark of which one class cannot be used. */
final class SabotagedLoader extends ClassLoader {
    private final String unusable;
    private final Supplier<Error> failure;

    /** A Spark that lacks the class. */
    SabotagedLoader(String missing) {
        this(missing, () -> new NoClassDefFoundError(missing));
    }

    /** A Spark that fails where the class is needed. */
    SabotagedLoader(String unusable, Supplier<Error> failure) {
        super(SabotagedLoader.class.getClassLoader());
        this.unusable = unusable;
        this.failure = failure;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.equals(unusable)) {
            throw failure.get();
        }
        if (!name.startsWith("io.mambaspark.sql.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = in.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
