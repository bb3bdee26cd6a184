package io.mambaspark.error;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The table of error conditions, {@value #RESOURCE}, which has the form of Spark's own. */
public final class ErrorConditions {
    static final String RESOURCE = "error-conditions.json";

    private static final Pattern PARAMETER = Pattern.compile("<([a-zA-Z]+)>");
    private static final Map<String, Condition> ALL = read();

    /**
     * A condition.
     *
     * @param template the message, with {@code <parameters>}
     * @param sqlState five characters
     */
    public record Condition(String template, String sqlState) {
        /** The names of the placeholders. */
        public Set<String> parameters() {
            return PARAMETER
                    .matcher(template)
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
        }
    }

    private ErrorConditions() {}

    /** All conditions by name. */
    public static Map<String, Condition> all() {
        return ALL;
    }

    static Condition of(String condition) {
        return ALL.get(condition);
    }

    static void check(String condition, Map<String, String> parameters) {
        Condition known = ALL.get(condition);
        if (known == null) {
            throw new IllegalArgumentException(condition + " is not in " + RESOURCE);
        }
        if (!known.parameters().equals(parameters.keySet())) {
            throw new IllegalArgumentException(
                    condition + " takes " + known.parameters() + ", not " + parameters.keySet());
        }
    }

    static String fill(String template, Map<String, String> parameters) {
        return PARAMETER
                .matcher(template)
                .replaceAll((MatchResult match) -> Matcher.quoteReplacement(parameters.get(match.group(1))));
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
