package io.mambaspark.sql;

import io.mambaspark.error.ErrorConditions;
import io.mambaspark.sql.batch.FilterPart;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/**
 * Writes {@code docs/functions.md}, and the tables in other pages, from what functions, filters, errors and keys say of
 * themselves.
 */
final class Reference {
    private final StringBuilder text = new StringBuilder();

    private Reference() {}

    static String markdown() {
        Reference reference = new Reference();
        reference.line("""
                # SQL functions

                <!-- Written by FunctionReferenceTest from the code: do not edit. -->

                Every function but `mamba_search`, which is a table, also has a form that starts with `try_`: it gives NULL where the \
                other one fails. Offsets count \
                code points from 0, the end is exclusive: `substring(text, start + 1, end - start)`. Arguments can be given by \
                name: `mamba_summarize(text, max_words => 80)`. With the catalog (`spark.sql.catalog.mamba=\
                io.mambaspark.sql.MambaCatalog`) the functions are called `mamba.summarize(text)` and so on. A call in a branch of \
                CASE, if or coalesce is evaluated for all rows, as with other functions that read many rows together: write \
                `mamba_summarize(CASE WHEN … THEN text END)` to read some only.
                """);
        Functions.all(Evaluation.BATCHED)
                .forEach(function -> reference.function(
                        function.description(), function.description().result().sql()));
        Functions.ofTables().forEach(reference::table);
        reference.line("## Errors\n\n[All conditions](errors.md), and how the APIs of each Spark show them.\n");
        reference.keys();
        return reference.text.toString();
    }

    /** A page with {@code part} between the two comments that enclose the generated part of this name. */
    static String withWrittenPart(String page, String name, String part) {
        String start = "<!-- " + name + ": written by FunctionReferenceTest from the code: do not edit. -->\n";
        String end = "<!-- end of " + name + " -->\n";
        int from = page.indexOf(start) + start.length();
        return page.substring(0, from) + part + page.substring(page.indexOf(end, from));
    }

    /** What a filter of an index may have. */
    static String filters() {
        Reference reference = new Reference();
        reference.line("| a filter may have | for example |\n|---|---|");
        for (FilterPart part : FilterPart.values()) {
            String functions = part.functions().size() < 2
                    ? ""
                    : ": " + part.functions().stream().map(Reference::code).collect(Collectors.joining(", "));
            reference.line("| " + part.meaning() + functions + " | "
                    + part.examples().stream()
                            .map(example -> example.contains("`") ? "`` " + example + " ``" : code(example))
                            .collect(Collectors.joining(", "))
                    + " |");
        }
        return reference.text.toString();
    }

    private void table(FunctionDescription function) {
        function(function, "TABLE(" + ((StructType) function.result()).toDDL() + ")");
    }

    private void function(FunctionDescription function, String result) {
        line("## " + function.name() + "\n");
        line("`" + function.call() + "` → `" + result + "`\n");
        line(function.usage() + "\n");
        if (!function.arguments().isEmpty()) {
            line("| argument | type | default | |\n|---|---|---|---|");
            function.arguments().forEach(this::argument);
            line("");
        }
        line("Gives: " + function.meaning() + "\n");
        line("```sql");
        function.examples().forEach(example -> line(example.sql() + ";\n-- " + example.result()));
        line("```\n");
        if (!function.errors().isEmpty()) {
            line("Errors: " + function.errors().stream().map(Reference::code).collect(Collectors.joining(", "))
                    + ".\n");
        }
        line("Since " + function.since() + ".\n");
    }

    private void argument(Argument argument) {
        String types = argument.typeNames().stream().map(Reference::code).collect(Collectors.joining(" or "));
        String standard = argument.defaultValue() != null
                ? code(argument.defaultValue().toString())
                : argument.optional() ? "none" : "required";
        line("| " + code(argument.name()) + " | " + types + " | " + standard + " | " + argument.meaning()
                + (argument.constant() ? " The same in all rows." : "") + " |");
    }

    /** All conditions. */
    static String errors() {
        Reference reference = new Reference();
        reference.line("| condition | SQLSTATE | message |\n|---|---|---|");
        ErrorConditions.all().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> reference.line(
                        "| " + code(entry.getKey()) + " | " + entry.getValue().sqlState() + " | "
                                + entry.getValue().template().replace("<", "&lt;") + " |"));
        return reference.text.toString();
    }

    private void keys() {
        line("## Configuration\n\n| key | value | default | |\n|---|---|---|---|");
        MambaConf.KEYS.forEach(key -> line("| " + code(key.name()) + " | " + key.type() + " | "
                + code(key.defaultValue()) + " | " + key.meaning() + " |"));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
