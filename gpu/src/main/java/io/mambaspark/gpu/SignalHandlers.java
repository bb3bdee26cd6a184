package io.mambaspark.gpu;

/**
 * Has an OpenCL driver give the JVM its SIGSEGV back.
 *
 * <p>Hazard: a driver built on LLVM, as PoCL is, puts LLVM's crash handlers over the JVM's whenever it looks for devices or
 * builds a program. The JVM stops its threads by a SIGSEGV each, and LLVM's handler is taken off by the first: a second
 * thread that comes in the same moment ends the whole process, without a word. LLVM's handler puts back what it found,
 * however, so we cause the first SIGSEGV ourselves, at once and in one thread.
 */
final class SignalHandlers {
    private SignalHandlers() {}

    /** A call on null is a SIGSEGV that the JVM turns into an exception; its first call, on an object, resolves it. */
    @SuppressWarnings("ReturnValueIgnored")
    static void restore() {
        for (Object receiver : new Object[] {"", null}) {
            try {
                receiver.hashCode();
            } catch (NullPointerException e) {
                // What was wanted.
            }
        }
    }
}
