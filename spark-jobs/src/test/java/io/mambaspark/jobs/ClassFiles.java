package io.mambaspark.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The classes of some jars and of Java, as they are written: none is loaded. Members are names with descriptors. */
final class ClassFiles implements AutoCloseable {
    private final URLClassLoader jars;
    private final Map<String, Optional<ClassFile>> read = new HashMap<>();

    private ClassFiles(URLClassLoader jars) {
        this.jars = jars;
    }

    /** Of one jar and all of a folder. */
    static ClassFiles of(Path jar, Path folder) throws IOException {
        List<URL> urls = new ArrayList<>(List.of(jar.toUri().toURL()));
        try (Stream<Path> others = Files.list(folder)) {
            for (Path other : others.toList()) {
                urls.add(other.toUri().toURL());
            }
        }
        return new ClassFiles(new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
    }

    boolean has(String name) {
        return file(name).isPresent();
    }

    /** Whether the class or what it inherits from has that member. */
    boolean has(String name, String member) {
        return file(name).stream()
                .anyMatch(file -> file.members.contains(member)
                        || file.abstracts.contains(member)
                        || file.parents.stream().anyMatch(parent -> has(parent, member)));
    }

    /** The methods that the class inherits and nothing implements. */
    Set<String> abstracts(String name) {
        Set<String> abstracts = new HashSet<>();
        Set<String> concrete = new HashSet<>();
        collect(name, abstracts, concrete);
        abstracts.removeAll(concrete);
        return abstracts;
    }

    private void collect(String name, Set<String> abstracts, Set<String> concrete) {
        file(name).ifPresent(file -> {
            abstracts.addAll(file.abstracts);
            concrete.addAll(file.members);
            file.parents.forEach(parent -> collect(parent, abstracts, concrete));
        });
    }

    private Optional<ClassFile> file(String name) {
        Optional<ClassFile> known = read.get(name);
        if (known == null) {
            known = readFile(name);
            read.put(name, known);
        }
        return known;
    }

    private Optional<ClassFile> readFile(String name) {
        try (InputStream in = jars.getResourceAsStream(name + ".class")) {
            if (in == null) {
                return Optional.empty();
            }
            ClassFile file = new ClassFile();
            new ClassReader(in).accept(file, ClassReader.SKIP_CODE);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        jars.close();
    }

    private static final class ClassFile extends ClassVisitor {
        private final List<String> parents = new ArrayList<>();
        private final Set<String> members = new HashSet<>();
        private final Set<String> abstracts = new HashSet<>();

        private ClassFile() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            if (parent != null) {
                parents.add(parent);
            }
            parents.addAll(List.of(interfaces));
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            members.add(name + descriptor);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            ((access & Opcodes.ACC_ABSTRACT) == 0 ? members : abstracts).add(name + descriptor);
            return null;
        }
    }
}
