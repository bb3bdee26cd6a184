package io.mambaspark.engine.cpu;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * The kernels that this JVM can run best, and why these.
 *
 * @param kernels the kernels
 * @param reason  a sentence for operators
 */
record KernelChoice(Kernels kernels, String reason) {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final KernelChoice BEST = choose();

    /** Chosen once a JVM. */
    static KernelChoice best() {
        return BEST;
    }

    private static KernelChoice choose() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return new KernelChoice(
                    new ScalarKernels(),
                    "the module " + VECTOR_MODULE + " is not in the boot layer: start java with --add-modules="
                            + VECTOR_MODULE + " (Spark 4 does so by itself)");
        }
        Optional<String> without = JitCompiler.here().missing();
        if (without.isPresent()) {
            return new KernelChoice(
                    new ScalarKernels(),
                    "the module " + VECTOR_MODULE + " is in the boot layer, but " + without.get()
                            + ": only HotSpot's C2 makes vector instructions of it");
        }
        try {
            // By name: this class must load where the module is missing.
            Kernels vector = (Kernels) Class.forName(
                            KernelChoice.class.getPackageName() + ".VectorKernels",
                            true,
                            KernelChoice.class.getClassLoader())
                    .getDeclaredConstructor()
                    .newInstance();
            Rehearsal.of(vector);
            return new KernelChoice(
                    vector, "the module " + VECTOR_MODULE + " is in the boot layer, and C2 compiles it");
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            return new KernelChoice(
                    new ScalarKernels(), "the module " + VECTOR_MODULE + " is there but does not work: " + cause);
        }
    }
}
