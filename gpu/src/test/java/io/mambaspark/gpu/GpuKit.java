package io.mambaspark.gpu;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is to be shown on a GPU machine: correctness, then speed. Arguments: the model's folder, the file of
 * {@link BookTokens}, and options such as {@code --device=opencl:pocl --seconds=3 --blocks=1024,8192}, or
 * {@code --tokens=2000} for the first tokens of the books only.
 */
final class GpuKit {
    /** Tokens of a piece whose vector is wanted. */
    static final int PIECE = 200;

    final Checkpoint reader;
    final List<int[]> books;
    final double seconds;
    final int[] blocks;
    final int streamSeconds;
    private final String device;

    private GpuKit(String[] arguments) throws IOException {
        reader = Checkpoint.open(Path.of(arguments[0]));
        int most = Integer.parseInt(option(arguments, "tokens", "1000000"));
        books = BookTokens.read(Path.of(arguments[1])).stream()
                .map(book -> Arrays.copyOf(book, Math.min(book.length, most)))
                .toList();
        device = option(arguments, "device", "gpu");
        seconds = Double.parseDouble(option(arguments, "seconds", "2"));
        blocks = Arrays.stream(option(arguments, "blocks", "512,1024,2048,4096,8192,16384,32768,65536")
                        .split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        streamSeconds = Integer.parseInt(option(arguments, "stream", "0"));
    }

    private static String option(String[] arguments, String name, String otherwise) {
        for (String argument : arguments) {
            if (argument.startsWith("--" + name + "=")) {
                return argument.substring(name.length() + 3);
            }
        }
        return otherwise;
    }

    public static void main(String[] arguments) throws Exception {
        GpuKit kit = new GpuKit(arguments);
        kit.say("== device");
        DeviceChoice choice = GpuEngineProvider.required(kit.options(1));
        kit.say(
                "%s: %s; %d compute units, %,d MB, %,d MB an allocation, %d KB local, heap %,d MB, driver %s",
                choice.name(),
                choice.reason(),
                choice.device().getMaxComputeUnits(),
                choice.device().getGlobalMemSize() >> 20,
                choice.device().getMaxMemAllocSize() >> 20,
                choice.device().getLocalMemSize() >> 10,
                Runtime.getRuntime().maxMemory() >> 20,
                choice.device().getOpenCLPlatform().getVersion());
        boolean correct = new KitChecks(kit).allRight();
        new KitRates(kit, choice).show();
        kit.say(correct ? "== all correct" : "== FAILED");
        System.exit(correct ? 0 : 1);
    }

    EngineOptions options(int blockTokens) {
        return new EngineOptions(device, 1, blockTokens);
    }

    MambaEngine engine(Checkpoint checkpoint, int blockTokens) {
        return new GpuEngineProvider().create(checkpoint, options(blockTokens));
    }

    void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    /** The largest of the blocks asked for, or {@code most} if that is less. */
    int block(int most) {
        return Math.min(most, blocks[blocks.length - 1]);
    }
}
