package io.mambaspark.sql.batch;

import io.mambaspark.sql.MambaSqlException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * Checks the tree of a filter as it was parsed, before any name in it is resolved: each node must be of a {@link FilterPart}.
 *
 * @param text that was parsed, of which messages show the part that is refused
 */
record FilterCheck(String text) {
    private static final Set<Class<? extends Expression>> NODES = FilterPart.allNodes();
    private static final Set<String> FUNCTIONS = FilterPart.allFunctions();

    /** {@link org.apache.spark.sql.types.DataType#typeName} without what is in brackets. */
    private static final Set<String> TYPES = Set.of(
            "boolean",
            "byte",
            "short",
            "integer",
            "long",
            "float",
            "double",
            "decimal",
            "string",
            "char",
            "varchar",
            "binary",
            "date",
            "timestamp",
            "timestamp_ntz");

    private static final String UNKNOWN = "filters have nothing of this kind";

    private record Level(Expression node, int depth) {}

    /**
     * Refuses the first node that is of no part. Not recursive: the tree may be too deep for that.
     *
     * @throws MambaSqlException MAMBA_FILTER_NOT_ALLOWED
     */
    void check(Expression root) {
        Deque<Level> open = new ArrayDeque<>();
        open.push(new Level(root, 1));
        while (!open.isEmpty()) {
            Level level = open.pop();
            if (level.depth() > FilterText.DEPTH) {
                throw FilterText.tooDeep(text);
            }
            checkNode(level.node());
            // The leftmost child on top.
            List<Expression> children = Scala.list(level.node().children());
            Collections.reverse(children);
            children.forEach(child -> open.push(new Level(child, level.depth() + 1)));
        }
    }

    private void checkNode(Expression node) {
        if (node instanceof UnresolvedFunction function) {
            checkFunction(function);
        } else if (!NODES.contains(node.getClass())) {
            throw notAllowed(node, UNKNOWN);
        } else if (node instanceof Cast cast
                && !TYPES.contains(cast.dataType().typeName().replaceFirst("\\(.*", ""))) {
            throw notAllowed(
                    node, "filters have no values of type " + cast.dataType().sql());
        }
    }

    private void checkFunction(UnresolvedFunction function) {
        String name = Scala.list(function.nameParts()).size() == 1
                ? function.nameParts().head().toLowerCase(Locale.ROOT)
                : "";
        if (!FUNCTIONS.contains(name)) {
            throw notAllowed(function, "it is none of the functions of filters");
        }
        // After the name and the arguments come DISTINCT, FILTER, IGNORE NULLS and the like, which differ between
        // Sparks.
        Iterator<Object> elements = function.productIterator().drop(2);
        while (elements.hasNext()) {
            if (!isAbsent(elements.next())) {
                throw notAllowed(function, UNKNOWN);
            }
        }
    }

    private static boolean isAbsent(Object element) {
        return Boolean.FALSE.equals(element)
                || element instanceof Option<?> option && option.isEmpty()
                || element instanceof Seq<?> some && some.isEmpty();
    }

    /** A filter is refused because of a node, which the message shows as the user wrote it. */
    MambaSqlException notAllowed(Expression node, String reason) {
        Origin origin = node.origin();
        if (origin.startIndex().isEmpty() || origin.stopIndex().isEmpty()) {
            return FilterText.notAllowed(node.prettyName(), reason);
        }
        // ANTLR counts code points, and the end is inclusive.
        int start = text.offsetByCodePoints(0, (Integer) origin.startIndex().get());
        int end = text.offsetByCodePoints(0, (Integer) origin.stopIndex().get() + 1);
        return FilterText.notAllowed(text.substring(start, Math.max(start, end)), reason);
    }
}
