package io.mambaspark.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.engine.EngineBench;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.Engines;
import io.mambaspark.model.Checkpoint;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        customSynopsis = "mamba-spark bench [--threads=N,...] [--block-tokens=N,...] [--seconds=S]%n"
                + "                         [--model=PATH] [--device=DEVICE] [--json]",
        sortOptions = false,
        footer = "",
        header = "Measure how fast a model reads on this machine.",
        description =
                "%nReads blocks of tokens without Spark, and measures in the same run the rate of matrix products,"
                        + " which bounds it.%n")
final class BenchCommand implements Callable<Integer> {
    private static final List<Integer> CPU_BLOCKS = List.of(64, 256, 512, 1024);
    private static final List<Integer> DEVICE_BLOCKS = List.of(512, 2048, 8192);

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            description = "Numbers of threads to try (default: 1 to the number of processors, doubling; 1 where not on"
                    + " a CPU).")
    private List<Integer> threads = List.of();

    @Option(
            names = "--block-tokens",
            paramLabel = "N",
            split = ",",
            description = "Sizes of blocks to try (default: 64,256,512,1024, or up to 8192 where not on a CPU).")
    private List<Integer> blockTokens = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "3",
            description = "How long to read for each line (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Mixin
    private ModelOptions model;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        requirePositive("--threads", threads);
        requirePositive("--block-tokens", blockTokens);
        requirePositive("--seconds", List.of(seconds));
        Checkpoint checkpoint = model.checkpoint();
        PrintWriter out = spec.commandLine().getOut();
        List<EngineBench.Rate> rates = new ArrayList<>();
        if (!json) {
            out.println(" threads  block tokens    tokens/s  GEMM GFLOP/s  share of GEMM bound");
        }
        boolean onCpu = Engines.choose(model.engine()).device().equals("cpu");
        for (int count : orElse(threads, onCpu ? doubling() : List.of(1))) {
            for (int tokens : orElse(blockTokens, onCpu ? CPU_BLOCKS : DEVICE_BLOCKS)) {
                EngineOptions options = model.engine().withThreads(count).withBlockTokens(tokens);
                EngineBench.Rate rate = EngineBench.measure(checkpoint, options, Duration.ofSeconds(seconds));
                rates.add(rate);
                if (!json) {
                    out.println(line(rate));
                    out.flush();
                }
            }
        }
        if (json) {
            Map<String, Object> report =
                    Map.of("rows", rates.stream().map(BenchCommand::row).toList());
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
        }
        out.flush();
        return 0;
    }

    private static List<Integer> orElse(List<Integer> given, List<Integer> otherwise) {
        return given.isEmpty() ? otherwise : given;
    }

    private static void requirePositive(String option, List<Integer> numbers) {
        for (int number : numbers) {
            if (number < 1) {
                throw new UsageException(option + " must be at least 1, not " + number + ".");
            }
        }
    }

    /** 1, 2, 4 … and the number of processors itself. */
    private static List<Integer> doubling() {
        int processors = Runtime.getRuntime().availableProcessors();
        return IntStream.concat(IntStream.iterate(1, n -> n < processors, n -> 2 * n), IntStream.of(processors))
                .boxed()
                .toList();
    }

    private static String line(EngineBench.Rate rate) {
        return String.format(
                Locale.ROOT,
                "%8d  %12d  %,10.0f  %,12.1f  %18.0f%%",
                rate.threads(),
                rate.blockTokens(),
                rate.tokensPerSecond(),
                rate.gemmGflops(),
                100 * rate.shareOfGemmBound());
    }

    private static Map<String, Object> row(EngineBench.Rate rate) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("threads", rate.threads());
        row.put("block_tokens", rate.blockTokens());
        row.put("tokens_per_second", rate.tokensPerSecond());
        row.put("gemm_gflops", rate.gemmGflops());
        row.put("share_of_gemm_bound", rate.shareOfGemmBound());
        return row;
    }
}
