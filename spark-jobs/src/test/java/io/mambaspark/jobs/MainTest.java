package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "summarize --help",
                "retrieve --help",
                "embed --help",
                "index --help",
                "index describe --help",
                "index verify --help",
                "index repair --help",
                "index delete --help",
                "index compact --help",
                "search --help",
                "doctor --help",
                "bench --help"
            })
    void explainsItselfOnEveryLevel(String args) {
        assertThat(run(args.split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: mamba-spark").doesNotContain("null", "<main class>");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    summarise                                            | Unmatched argument
                    summarize --inptu x                                  | Unknown option
                    summarize                                            | There is nothing to read
                    summarize --input a --table b                        | not both
                    summarize --input a --max-words many                 | 'many' is not an int
                    summarize --input a --max-words -1                   | --max-words must be 0 or more
                    summarize --input a --overwrite                      | --overwrite needs --output
                    summarize --input a --format pdf                     | 'pdf'
                    summarize --input a --encoding latin-x               | --encoding latin-x is not an encoding
                    summarize --input a --encoding ?                     | --encoding ? is not an encoding
                    index --table a --index i --encoding UTF-16LE        | --encoding is for text files, not for --table
                    summarize --input a --device tpu                     | auto, cpu, gpu, opencl:NAME but was 'tpu'
                    summarize --input a --model /no/such/model           | MAMBA_CHECKPOINT_NOT_FOUND
                    summarize --input a --partitions -1                  | --partitions must be at least 1
                    retrieve --input a                                   | --query
                    retrieve --input a --query x --top-k 0               | --top-k must be at least 1
                    embed --input a --unit page                          | 'page'
                    index --input a                                      | give --index
                    index --index i                                      | There is nothing to read
                    index --input a --index i --append --replace         | not both
                    index --input a --index i --shards 0                 | --shards must be at least 1
                    index --input a --index i --passages pages           | 'pages'
                    index --input a --index i --model /no/such/model     | MAMBA_CHECKPOINT_NOT_FOUND
                    index forget i                                       | Unmatched argument
                    index describe                                       | PATH
                    index delete i                                       | --id
                    search --query x                                     | --index
                    search --index i                                     | nothing to look for
                    search --index i --query x --queries f               | not both
                    search --index i --query x --num-results 0           | --num-results must be 1 to 10000
                    search --index i --query x --mode fast               | hybrid, dense, lexical
                    search --index i --query x --filter rand()<1         | MAMBA_FILTER_NOT_ALLOWED
                    search --index i --query x --output-format xml       | parquet, json, csv, trec
                    search --index i --query x --overwrite               | --overwrite needs --output
                    doctor --model /no/such/model --jsno                 | Unknown option
                    bench --threads 0                                    | --threads must be at least 1
                    """)
    void answersWrongOptionsWithOneSentence(String args, String sentence) {
        assertThat(run(args.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(sentence).doesNotContain("\tat ", "Exception");
        assertThat(err.toString().lines().count()).isLessThanOrEqualTo(4);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void withoutACommandSaysWhichThereAre() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("summarize", "retrieve", "embed");
    }

    private int run(String... args) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
