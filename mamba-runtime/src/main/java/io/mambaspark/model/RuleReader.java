package io.mambaspark.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mambaspark.text.FormRules;
import io.mambaspark.text.LinePattern;
import io.mambaspark.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;

/** Reads one object of rules of a reader.json. If it is there, each of its rules must be, and make sense. */
record RuleReader(CheckpointJson json, String name) {
    private static final int MOST = 1_000_000;
    /** Of a pattern and of a list: a reader has dozens of rules, not thousands. */
    private static final int LONGEST_PATTERN = 4_000;

    private static final int LONGEST_LIST = 10_000;

    /** The rules under {@code name}; none if there are none, or only some told in words. */
    static RuleReader of(CheckpointJson json, String name) {
        JsonNode node = json.node().path(name);
        return new RuleReader(
                node.isTextual()
                        ? new CheckpointJson(json.file(), JsonNodeFactory.instance.objectNode())
                        : json.object(name),
                name);
    }

    boolean isEmpty() {
        return json.node().isEmpty();
    }

    boolean has(String rule) {
        return json.has(rule);
    }

    <T> Optional<T> ifPresent(Function<RuleReader, T> reader) {
        return isEmpty() ? Optional.empty() : Optional.of(reader.apply(this));
    }

    /** These rules with those that {@code other} has under {@code key} in their place. */
    RuleReader overriddenBy(RuleReader other, String key) {
        ObjectNode merged = json.node().deepCopy();
        other.json.object(key).node().fields().forEachRemaining(rule -> merged.set(rule.getKey(), rule.getValue()));
        return new RuleReader(new CheckpointJson(json.file(), merged), name);
    }

    double number(String rule) {
        return number(rule, "a number", value -> true);
    }

    double positive(String rule) {
        return number(rule, "a number above 0", value -> value > 0);
    }

    /** In [0, 1]. */
    double share(String rule) {
        return number(rule, "a number from 0 to 1", value -> value >= 0 && value <= 1);
    }

    private double number(String rule, String what, DoublePredicate allowed) {
        JsonNode value = json.node().path(rule);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue()) || !allowed.test(value.doubleValue())) {
            throw wrong(rule, what, value);
        }
        return value.doubleValue();
    }

    int count(String rule) {
        JsonNode value = json.node().path(rule);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > MOST) {
            throw wrong(rule, "a whole number from 1 to " + MOST, value);
        }
        return value.intValue();
    }

    boolean flag(String rule) {
        JsonNode value = json.node().path(rule);
        if (!value.isBoolean()) {
            throw wrong(rule, "true or false", value);
        }
        return value.booleanValue();
    }

    String text(String rule) {
        JsonNode value = json.node().path(rule);
        if (!value.isTextual()) {
            throw wrong(rule, "a string", value);
        }
        return value.textValue();
    }

    /** A list of strings; empty if there is none. */
    List<String> texts(String rule) {
        JsonNode values = json.node().path(rule);
        if (values.isMissingNode()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values) {
            if (!value.isTextual()) {
                throw wrong(rule, "a list of strings", values);
            }
            texts.add(value.textValue());
        }
        if (!values.isArray() || texts.size() > LONGEST_LIST) {
            throw wrong(rule, "a list of at most " + LONGEST_LIST + " strings", values);
        }
        return texts;
    }

    FormRules.Range range(String rule) {
        JsonNode value = json.node().path(rule);
        if (!value.isArray()
                || value.size() != 2
                || !value.path(0).isInt()
                || !value.path(1).isInt()) {
            throw wrong(rule, "a list of two whole numbers", value);
        }
        FormRules.Range range =
                new FormRules.Range(value.path(0).intValue(), value.path(1).intValue());
        if (range.least() < 0 || range.most() < range.least()) {
            throw wrong(rule, "two numbers of which the second is not below the first", value);
        }
        return range;
    }

    LinePattern pattern(String rule) {
        return pattern(rule, text(rule));
    }

    List<LinePattern> patterns(String rule) {
        return texts(rule).stream().map(text -> pattern(rule, text)).toList();
    }

    private LinePattern pattern(String rule, String text) {
        if (text.length() > LONGEST_PATTERN) {
            throw wrong(
                    rule,
                    "a pattern of at most " + LONGEST_PATTERN + " characters",
                    json.node().path(rule));
        }
        try {
            return LinePattern.of(text);
        } catch (PatternSyntaxException e) {
            throw CheckpointException.corrupt(json.file(), name + "." + rule + " is no pattern: " + e.getMessage(), e);
        }
    }

    /** How words are counted. */
    Words words(String characters, String share) {
        try {
            return Words.withCharacters(text(characters), share(share));
        } catch (IllegalArgumentException e) {
            throw CheckpointException.corrupt(
                    json.file(), name + "." + characters + " is no class of characters: " + e.getMessage(), e);
        }
    }

    /** The error of a rule that does not fit another one. */
    CheckpointException wrong(String rule, String what) {
        return wrong(rule, what, json.node().path(rule));
    }

    private CheckpointException wrong(String rule, String what, JsonNode value) {
        return CheckpointException.corrupt(
                json.file(),
                value.isMissingNode()
                        ? name + " lacks " + rule + ", " + what
                        : name + "." + rule + " must be " + what + ", not " + value);
    }
}
