package io.mambaspark.sql.batch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.HiveTableRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.execution.datasources.v2.FileTable;

/** Where the tables that a query reads are stored, also those of views and subqueries. Reads no rows. */
public final class TableLocations {
    /** Properties with which a table of another catalog says where its files are; the last two are Iceberg's. */
    private static final List<String> LOCATIONS =
            List.of(TableCatalog.PROP_LOCATION, "path", "write.data.path", "write.metadata.path");

    private final Set<Path> found = new LinkedHashSet<>();

    private TableLocations() {}

    /**
     * The folders of all tables, of their partitions and of searched indexes, as the catalogs name them. What is not
     * stored in files (a JDBC table) or does not say where (a view of an RDD) has none.
     */
    public static Set<Path> of(Dataset<Row> query) {
        TableLocations locations = new TableLocations();
        LogicalPlan plan = ((org.apache.spark.sql.classic.Dataset<Row>) query)
                .queryExecution()
                .analyzed();
        locations.add(plan);
        Scala.list(plan.subqueriesAll()).forEach(locations::add);
        // Partitions and files may be stored outside of their table. Of a Hive table this is the table's own folder.
        Set<Path> outside = Arrays.stream(query.inputFiles())
                .map(TableLocations::path)
                .filter(file -> !locations.found.contains(file))
                .map(Path::getParent)
                .collect(Collectors.toSet());
        locations.found.addAll(outside);
        return locations.found;
    }

    /** Spark encodes the names of files; some other sources do not. */
    private static Path path(String file) {
        try {
            return new Path(new URI(file));
        } catch (URISyntaxException e) {
            return new Path(file);
        }
    }

    private void add(LogicalPlan plan) {
        plan.foreach(node -> {
            addNode(node);
            return null;
        });
    }

    private void addNode(LogicalPlan node) {
        if (node instanceof LogicalRelation relation) {
            if (relation.relation() instanceof HadoopFsRelation files) {
                found.addAll(Scala.list(files.location().rootPaths()));
            }
            relation.catalogTable().foreach(this::addTable);
        } else if (node instanceof HiveTableRelation hive) {
            addTable(hive.tableMeta());
        } else if (node instanceof DataSourceV2Relation relation) {
            addTable(relation.table());
        } else if (node instanceof MambaSearch search) {
            found.add(new Path(search.search().path()));
        }
    }

    private Void addTable(CatalogTable table) {
        if (table.storage().locationUri().isDefined()) {
            found.add(new Path(table.storage().locationUri().get()));
        }
        return null;
    }

    private void addTable(Table table) {
        if (table instanceof FileTable files) {
            found.addAll(Scala.list(files.fileIndex().rootPaths()));
        }
        Map<String, String> properties = table.properties();
        List<String> locations = new ArrayList<>(LOCATIONS);
        locations.retainAll(properties.keySet());
        locations.forEach(key -> found.add(new Path(properties.get(key))));
    }
}
