package io.mambaspark.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A user's program: one class, in a jar of its own.
 *
 * @param jar       without any of ours
 * @param mainClass its only class
 */
record TestProgram(Path jar, String mainClass) {
    static TestProgram of(Class<?> program, Path folder) throws IOException {
        Path jar = folder.resolve(program.getSimpleName() + ".jar");
        String name = program.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                InputStream code = program.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            code.transferTo(out);
        }
        return new TestProgram(jar, program.getName());
    }
}
