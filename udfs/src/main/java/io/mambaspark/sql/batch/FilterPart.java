package io.mambaspark.sql.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExtractValue;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IntegralDivide;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.StringTrim;
import org.apache.spark.sql.catalyst.expressions.StringTrimLeft;
import org.apache.spark.sql.catalyst.expressions.StringTrimRight;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;

/**
 * The language of filters, part by part: what the documentation prints, and at the same time all that {@link FilterCheck}
 * accepts. Nodes are those that Spark's parser makes, functions those that it leaves to be resolved.
 */
public enum FilterPart {
    /** What is filtered. */
    COLUMNS(
            "columns and their fields",
            List.of("doc_id = 'en/1'", "author.name = 'Dickens'", "`end` > 100", "labels['genre'] = 'novel'"),
            Set.of(UnresolvedAttribute.class, UnresolvedExtractValue.class),
            Set.of()),

    /** What it is compared with. */
    VALUES(
            "values",
            List.of(
                    "year = 1666",
                    "published >= DATE '2020-01-01'",
                    "published < TIMESTAMP '2020-01-01 12:00:00'",
                    "TRUE"),
            Set.of(Literal.class),
            Set.of()),

    /** Comparisons. */
    COMPARISONS(
            "comparisons",
            List.of("year = 1666", "year <> 1666", "year < 1800", "year >= 1800", "year <=> NULL"),
            Set.of(
                    EqualTo.class,
                    EqualNullSafe.class,
                    LessThan.class,
                    LessThanOrEqual.class,
                    GreaterThan.class,
                    GreaterThanOrEqual.class),
            Set.of()),

    /** Conditions together. */
    LOGIC(
            "AND, OR, NOT",
            List.of("NOT (year < 1800 OR year > 1900) AND passage = 0"),
            Set.of(And.class, Or.class, Not.class),
            Set.of()),

    /** One of a list. */
    LISTS("IN (list)", List.of("doc_id IN ('en/1', 'en/2')"), Set.of(In.class), Set.of()),

    /** A range. */
    RANGES("BETWEEN", List.of("year BETWEEN 1800 AND 1900"), Set.of(), Set.of("between")),

    /** A pattern. */
    PATTERNS("LIKE", List.of("doc_id LIKE 'en/%'", "doc_id LIKE '10!%' ESCAPE '!'"), Set.of(Like.class), Set.of()),

    /** Nothing. */
    NULLS("IS NULL", List.of("year IS NULL", "year IS NOT NULL"), Set.of(IsNull.class, IsNotNull.class), Set.of()),

    /** Numbers, dates and intervals. */
    ARITHMETIC(
            "arithmetic",
            List.of(
                    "`end` - start > 100",
                    "year % 100 = 0",
                    "year DIV 100 = 18",
                    "-year < +1 * 2 / 3",
                    "published + INTERVAL '1' DAY > DATE '2020-01-01'"),
            Set.of(
                    Add.class,
                    Subtract.class,
                    Multiply.class,
                    Divide.class,
                    IntegralDivide.class,
                    Remainder.class,
                    UnaryMinus.class,
                    UnaryPositive.class),
            Set.of()),

    /** To another type, which is none of arrays, maps and structs. */
    CASTS(
            "CAST to a number, BOOLEAN, STRING, BINARY, DATE or TIMESTAMP",
            List.of("CAST(year AS STRING) LIKE '18%'", "TRY_CAST(doc_id AS INT) < 100", "passage::DOUBLE > 0.5"),
            Set.of(Cast.class),
            Set.of()),

    /** Of dates and timestamps. */
    DATE_PARTS(
            "parts of dates",
            List.of("year(published) = 2020", "extract(MONTH FROM published) = 12"),
            Set.of(),
            Set.of(
                    "year",
                    "quarter",
                    "month",
                    "weekofyear",
                    "weekday",
                    "day",
                    "dayofmonth",
                    "dayofweek",
                    "dayofyear",
                    "hour",
                    "minute",
                    "second",
                    "extract",
                    "date_part")),

    /** Of texts. */
    TEXTS(
            "functions of texts",
            List.of(
                    "lower(title) = 'alice'",
                    "length(trim(title)) > 3",
                    "trim(BOTH 'x' FROM title) = ''",
                    "trim(LEADING FROM title) = trim(TRAILING FROM title)",
                    "substring(title FROM 1 FOR 3) = 'The'"),
            Set.of(StringTrim.class, StringTrimLeft.class, StringTrimRight.class, Substring.class),
            Set.of(
                    "lower",
                    "lcase",
                    "upper",
                    "ucase",
                    "trim",
                    "btrim",
                    "ltrim",
                    "rtrim",
                    "substring",
                    "substr",
                    "length",
                    "len",
                    "char_length",
                    "character_length")),

    /** Of arrays. */
    ARRAYS("functions of arrays", List.of("array_contains(tags, 'law')"), Set.of(), Set.of("array_contains"));

    private final String meaning;
    private final List<String> examples;
    private final Set<Class<? extends Expression>> nodes;
    private final Set<String> functions;

    FilterPart(String meaning, List<String> examples, Set<Class<? extends Expression>> nodes, Set<String> functions) {
        this.meaning = meaning;
        this.examples = examples;
        this.nodes = nodes;
        this.functions = functions;
    }

    /** What it is called. */
    public String meaning() {
        return meaning;
    }

    /** Conditions that have it, over the columns of passages and published, title, year, tags, labels and author. */
    public List<String> examples() {
        return examples;
    }

    /** The functions that it allows, in alphabetical order. */
    public List<String> functions() {
        return functions.stream().sorted().toList();
    }

    Set<Class<? extends Expression>> nodes() {
        return nodes;
    }

    static Set<Class<? extends Expression>> allNodes() {
        return all(part -> part.nodes.stream());
    }

    static Set<String> allFunctions() {
        return all(part -> part.functions.stream());
    }

    private static <T> Set<T> all(Function<FilterPart, Stream<T>> of) {
        return Arrays.stream(values()).flatMap(of).collect(Collectors.toUnmodifiableSet());
    }
}
