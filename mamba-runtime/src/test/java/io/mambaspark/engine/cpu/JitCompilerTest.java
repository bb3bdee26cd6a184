package io.mambaspark.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector kernels run only where C2 compiles them. */
class JitCompilerTest {
    private static final String OPENJDK = "OpenJDK 64-Bit Server VM";

    private static Optional<String> missing(String vm, String option, String value) {
        Map<String, String> options =
                new HashMap<>(Map.of("UseCompiler", "true", "TieredStopAtLevel", "4", "CompilationMode", "default"));
        options.put(option, value);
        return new JitCompiler(vm, name -> Optional.ofNullable(options.get(name))).missing();
    }

    @Test
    void theJvmOfTheseTestsHasC2() {
        assertThat(JitCompiler.here().missing()).isEmpty();
        assertThat(KernelChoice.best().reason()).endsWith("C2 compiles it");
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENJDK, "Java HotSpot(TM) 64-Bit Server VM"})
    void hotSpotHasC2(String vm) {
        assertThat(missing(vm, "UseJVMCICompiler", "false")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UseCompiler, false, -Xint",
        "TieredStopAtLevel, 0, level 0",
        "TieredStopAtLevel, 1, level 1",
        "TieredStopAtLevel, 3, level 3",
        "UseJVMCICompiler, true, Graal",
        "CompilationMode, quick-only, quick-only",
        "CompilationMode, high-only-quick-internal, internal",
        "NeverActAsServerClassMachine, true, as a client",
    })
    void anOptionThatTakesC2AwayIsNamed(String option, String value, String reason) {
        assertThat(missing(OPENJDK, option, value))
                .hasValueSatisfying(why -> assertThat(why).contains(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Eclipse OpenJ9 VM", "OpenJDK 64-Bit Zero VM", "OpenJDK Client VM", "unknown"})
    void anotherVmIsNamed(String vm) {
        assertThat(missing(vm, "UseJVMCICompiler", "false")).hasValue("this JVM is " + vm);
    }

    @Test
    void aJvmThatTellsNoOptionsIsNotTrusted() {
        assertThat(new JitCompiler(OPENJDK, name -> Optional.empty()).missing()).isPresent();
    }
}
