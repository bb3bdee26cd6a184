package io.mambaspark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The functions as a catalog, under names without {@code mamba_}:
 * <pre>
 * spark.sql.catalog.mamba  io.mambaspark.sql.MambaCatalog
 * SELECT mamba.summarize(text, 80) FROM books
 * SHOW USER FUNCTIONS IN mamba
 * </pre>
 */
public final class MambaCatalog implements FunctionCatalog {
    private static final String PREFIX = "mamba_";
    private static final Identifier[] NONE = {};

    private String name;

    @Override
    public void initialize(String newName, CaseInsensitiveStringMap options) {
        name = newName;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String[] defaultNamespace() {
        return new String[0];
    }

    @Override
    public Identifier[] listFunctions(String[] namespace) throws NoSuchNamespaceException {
        if (namespace.length > 0) {
            throw new NoSuchNamespaceException(namespace);
        }
        List<Identifier> names = new ArrayList<>();
        for (MambaFunction function : Functions.all(Evaluation.BATCHED)) {
            names.add(Identifier.of(namespace, shortName(function)));
            names.add(Identifier.of(namespace, Call.TRY + shortName(function)));
        }
        return names.toArray(NONE);
    }

    @Override
    public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
        String asked = identifier.name().toLowerCase(Locale.ROOT);
        boolean errorsAreNull = asked.startsWith(Call.TRY);
        String shortName = errorsAreNull ? asked.substring(Call.TRY.length()) : asked;
        Optional<MambaFunction> found = identifier.namespace().length > 0
                ? Optional.empty()
                : Functions.all(Evaluation.BATCHED).stream()
                        .filter(function -> shortName(function).equals(shortName))
                        .findFirst();
        return new UnboundCall(found.orElseThrow(() -> new NoSuchFunctionException(identifier)), errorsAreNull);
    }

    private static String shortName(MambaFunction function) {
        return function.description().name().substring(PREFIX.length());
    }
}
