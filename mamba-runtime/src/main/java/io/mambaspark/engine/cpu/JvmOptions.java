package io.mambaspark.engine.cpu;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** The options with which this JVM runs, given or chosen by itself. */
final class JvmOptions {
    private JvmOptions() {}

    /** The value of an option; empty where this JVM does not have it, or tells none. */
    static Optional<String> value(String name) {
        try {
            HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return Optional.ofNullable(hotSpot)
                    .map(bean -> bean.getVMOption(name).getValue());
        } catch (IllegalArgumentException | LinkageError e) {
            return Optional.empty(); // no such option, or no such bean in this Java
        }
    }
}
