package io.mambaspark.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The error conditions of {@value #RESOURCE}, which has the form of Spark's own. */
final class ErrorConditions {
    static final String RESOURCE = "mamba-error-conditions.json";

    private static final Pattern PARAMETER = Pattern.compile("<([a-zA-Z]+)>");
    private static final Map<String, Condition> ALL = read();

    /**
     * A condition.
     *
     * @param template the message, with {@code <parameters>}
     * @param sqlState five characters
     */
    record Condition(String template, String sqlState) {}

    private ErrorConditions() {}

    static Map<String, Condition> all() {
        return ALL;
    }

    /** The SQLSTATE of a condition; that of a system error for one that is not listed. */
    static String sqlState(String condition) {
        Condition known = ALL.get(condition);
        return known == null ? "58000" : known.sqlState();
    }

    /** The whole message of a condition, as Spark words it. */
    static String message(String condition, Map<String, String> parameters) {
        String text = PARAMETER
                .matcher(ALL.get(condition).template())
                .replaceAll(match -> Matcher.quoteReplacement(parameters.get(match.group(1))));
        return format(condition, text);
    }

    static String format(String condition, String text) {
        return "[" + condition + "] " + text + " SQLSTATE: " + sqlState(condition);
    }

    private static Map<String, Condition> read() {
        try (InputStream in = ErrorConditions.class.getResourceAsStream(RESOURCE)) {
            Map<String, Condition> all = new TreeMap<>();
            new ObjectMapper()
                    .readTree(in)
                    .properties()
                    .forEach(entry -> all.put(entry.getKey(), condition(entry.getValue())));
            return Map.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Condition condition(JsonNode json) {
        String template = StreamSupport.stream(json.get("message").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining("\n"));
        return new Condition(template, json.get("sqlState").asText());
    }
}
