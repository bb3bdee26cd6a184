package io.mambaspark.sql;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * A key of Spark's configuration.
 *
 * @param name         starts with {@code spark.mamba.}
 * @param type         what its value must be, in words
 * @param defaultValue as a user would write it
 * @param meaning      a sentence
 * @param parser       throws IllegalArgumentException for what is not of the type
 */
public record ConfKey<T>(String name, String type, String defaultValue, String meaning, Function<String, T> parser) {
    static ConfKey<String> text(String name, String type, String defaultValue, String meaning) {
        return new ConfKey<>(name, type, defaultValue, meaning, String::strip);
    }

    static ConfKey<Integer> count(String name, String defaultValue, String meaning) {
        return new ConfKey<>(name, "a whole number above 0", defaultValue, meaning, value -> {
            int number = Integer.parseInt(value.strip());
            if (number < 1) {
                throw new IllegalArgumentException(value);
            }
            return number;
        });
    }

    static ConfKey<Double> share(String name, String defaultValue, String meaning) {
        return new ConfKey<>(name, "a number above 0 and up to 1", defaultValue, meaning, value -> {
            double share = Double.parseDouble(value.strip());
            if (share > 0 && share <= 1) {
                return share;
            }
            throw new IllegalArgumentException(value);
        });
    }

    static ConfKey<Long> bytes(String name, String defaultValue, String meaning) {
        return new ConfKey<>(name, "a size such as 64m", defaultValue, meaning, JavaUtils::byteStringAsBytes);
    }

    static ConfKey<Boolean> flag(String name, String defaultValue, String meaning) {
        return new ConfKey<>(name, "true or false", defaultValue, meaning, value -> switch (value.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(value);
        });
    }

    /**
     * The value in force.
     *
     * @param conf gives the value that was set for a name
     * @throws MambaSqlException MAMBA_CONF_INVALID
     */
    public T in(Function<String, Optional<String>> conf) {
        String value = conf.apply(name).orElse(defaultValue);
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw MambaSqlException.of(
                    "MAMBA_CONF_INVALID", Map.of("key", name, "value", value, "type", type, "meaning", meaning));
        }
    }

    /**
     * The value in force in a session.
     *
     * @throws MambaSqlException MAMBA_CONF_INVALID
     */
    public T in(SparkSession spark) {
        return in(key -> {
            Option<String> value = spark.conf().getOption(key);
            return value.isDefined() ? Optional.of(value.get()) : Optional.empty();
        });
    }
}
