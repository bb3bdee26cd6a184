package io.mambaspark.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Loads our SQL classes anew, on a Spark that lacks one class. */
final class SabotagedLoader extends ClassLoader {
    private final String missing;

    SabotagedLoader(String missing) {
        super(SabotagedLoader.class.getClassLoader());
        this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.equals(missing)) {
            throw new ClassNotFoundException(name);
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
