package io.mambaspark.model;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.OptionalInt;

/** One JSON object of a checkpoint, with lookups that say which file and field is wrong. */
record CheckpointJson(String file, JsonNode node) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static CheckpointJson parse(String file, byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (!node.isObject()) {
                throw CheckpointException.corrupt(file, "it must hold a JSON object");
            }
            return new CheckpointJson(file, node);
        } catch (IOException e) {
            throw CheckpointException.corrupt(file, "it is not valid JSON (" + e.getMessage() + ")", e);
        }
    }

    /** The object under {@code field}; an empty one if there is none. */
    CheckpointJson object(String field) {
        JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return new CheckpointJson(file, MAPPER.createObjectNode());
        }
        if (!value.isObject()) {
            throw wrong(field, "must be an object", value);
        }
        return new CheckpointJson(file, value);
    }

    boolean has(String field) {
        return !isAbsent(node.path(field));
    }

    String text(String field, String otherwise) {
        JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw wrong(field, "must be a string", value);
        }
        return value.textValue();
    }

    boolean flag(String field, boolean otherwise) {
        JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrong(field, "must be true or false", value);
        }
        return value.booleanValue();
    }

    int integer(String field) {
        return optionalInteger(field)
                .orElseThrow(() -> CheckpointException.corrupt(file, "the field " + field + " is missing"));
    }

    int integer(String field, int otherwise) {
        return optionalInteger(field).orElse(otherwise);
    }

    OptionalInt optionalInteger(String field) {
        JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return OptionalInt.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(field, "must be a whole number below 2^31", value);
        }
        return OptionalInt.of(value.intValue());
    }

    float number(String field, float otherwise) {
        JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw wrong(field, "must be a number", value);
        }
        return value.floatValue();
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private CheckpointException wrong(String field, String rule, JsonNode value) {
        return CheckpointException.corrupt(file, "the field " + field + " " + rule + ", not " + value);
    }
}
