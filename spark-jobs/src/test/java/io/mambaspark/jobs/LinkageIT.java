package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The jar is compiled against one Spark: all that its own classes use of another, and all that they must implement, is
 * there. No query meets all of it.
 */
@Tag("distribution")
class LinkageIT {
    private static final String OURS = "io/mambaspark/";
    private static final String SPARK = "org/apache/spark/";

    @ParameterizedTest
    @MethodSource(SparkHome.EACH)
    void whatTheBundleNeedsOfSparkIsThere(SparkHome home) throws IOException {
        Path bundle = Path.of(System.getProperty("mamba.bundle"));
        try (ClassFiles files = ClassFiles.of(bundle, home.folder().resolve("jars"));
                JarFile jar = new JarFile(bundle.toFile())) {
            Needs needs = new Needs(files);
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith(OURS) && entry.getName().endsWith(".class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        new ClassReader(in).accept(needs, ClassReader.SKIP_DEBUG);
                    }
                }
            }
            assertThat(needs.used).as("what is used of Spark").hasSizeGreaterThan(500);
            assertThat(needs.missing).isEmpty();
        }
    }

    /** Reads classes one after the other. */
    private static final class Needs extends ClassVisitor {
        private final ClassFiles files;
        private final Set<String> used = new TreeSet<>();
        private final Set<String> missing = new TreeSet<>();
        private String reader;

        private Needs(ClassFiles files) {
            super(Opcodes.ASM9);
            this.files = files;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            reader = name;
            needs(parent);
            for (String each : interfaces) {
                needs(each);
            }
            if ((access & Opcodes.ACC_ABSTRACT) == 0) {
                files.abstracts(name).forEach(method -> missing.add(name + " lacks " + method));
            }
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean inInterface) {
                    needs(owner, method + type);
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    needs(owner, field + type);
                }

                @Override
                public void visitTypeInsn(int opcode, String type) {
                    needs(type);
                }

                @Override
                public void visitInvokeDynamicInsn(String method, String type, Handle by, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle) {
                            needs(handle.getOwner(), handle.getName() + handle.getDesc());
                        }
                    }
                }
            };
        }

        private void needs(String owner, String member) {
            if (owner.startsWith(SPARK)) {
                used.add(owner + "." + member);
                if (!files.has(owner, member)) {
                    missing.add(reader + " uses " + owner + "." + member);
                }
            }
        }

        private void needs(String type) {
            if (type.startsWith(SPARK) && !files.has(type)) {
                missing.add(reader + " uses " + type);
            }
        }
    }
}
