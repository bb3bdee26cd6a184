package io.mambaspark.engine.cpu;

import java.util.Optional;
import java.util.function.Function;

/**
 * What compiles the code of this JVM. Without C2 each operation of the Vector API is a call with vectors on the heap, a
 * hundred times slower than plain loops.
 *
 * @param vm      the system property {@code java.vm.name}
 * @param options the value of an option of the JVM; empty where the JVM does not have it
 */
record JitCompiler(String vm, Function<String, Optional<String>> options) {
    private static final int C2_LEVEL = 4;

    /** That of this JVM. */
    static JitCompiler here() {
        return new JitCompiler(System.getProperty("java.vm.name", "unknown"), JvmOptions::value);
    }

    /** Why C2 does not compile here, as a clause; empty if it does. */
    Optional<String> missing() {
        // OpenJDK and its builds: "OpenJDK 64-Bit Server VM", "Java HotSpot(TM) 64-Bit Server VM"; others have no C2.
        boolean server = vm.endsWith("Server VM") && (vm.startsWith("OpenJDK ") || vm.contains("HotSpot"));
        if (!server) {
            return Optional.of("this JVM is " + vm);
        }
        Optional<String> useCompiler = options.apply("UseCompiler");
        if (useCompiler.isEmpty()) {
            return Optional.of("this JVM does not tell its options");
        }
        if (!Boolean.parseBoolean(useCompiler.get())) {
            return Optional.of("this JVM only interprets (-Xint or -XX:-UseCompiler)");
        }
        if (options.apply("UseJVMCICompiler").filter(Boolean::parseBoolean).isPresent()) {
            return Optional.of("this JVM compiles with Graal (-XX:+UseJVMCICompiler)");
        }
        Optional<String> level = options.apply("TieredStopAtLevel");
        if (level.filter(value -> Integer.parseInt(value) < C2_LEVEL).isPresent()) {
            return Optional.of("this JVM compiles up to level " + level.get() + " only (-XX:TieredStopAtLevel)");
        }
        if (options.apply("NeverActAsServerClassMachine")
                .filter(Boolean::parseBoolean)
                .isPresent()) {
            return Optional.of("this JVM compiles as a client does (-XX:+NeverActAsServerClassMachine)");
        }
        return options.apply("CompilationMode")
                .filter(mode -> mode.startsWith("quick-only") || mode.contains("internal"))
                .map(mode -> "this JVM compiles in the mode " + mode + " (-XX:CompilationMode)");
    }
}
