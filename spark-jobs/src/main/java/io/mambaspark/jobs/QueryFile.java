package io.mambaspark.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Queries out of a file: a line each, as JSON with the fields id and text, or as an id, a tab and a text. A first line {@code
 * id<tab>text} is a header; blank lines are nothing.
 */
final class QueryFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER = "id\ttext";

    private final String path;
    private final List<SearchQuery> queries = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private QueryFile(String path) {
        this.path = path;
    }

    /**
     * Reads all queries, in the order of the file.
     *
     * @throws UsageException when there is no such file, or a line is not a query with words and an id of its own
     */
    static List<SearchQuery> read(String path, Configuration hadoop) {
        QueryFile file = new QueryFile(path);
        Path hadoopPath = new Path(path);
        try (InputStream in = hadoopPath.getFileSystem(hadoop).open(hadoopPath)) {
            String text =
                    TextBytes.decode(in.readAllBytes(), StandardCharsets.UTF_8).text();
            int number = 0;
            for (String line : text.lines().toList()) {
                file.add(++number, line);
            }
        } catch (FileNotFoundException e) {
            throw new UsageException("--queries " + path + " names no file.");
        } catch (IOException e) {
            throw new UsageException("--queries " + path + " cannot be read: " + e.getMessage());
        }
        if (file.queries.isEmpty()) {
            throw new UsageException("--queries " + path + " holds no queries.");
        }
        return file.queries;
    }

    private void add(int number, String line) {
        if (line.isBlank() || number == 1 && line.equals(HEADER)) {
            return;
        }
        SearchQuery query = line.stripLeading().startsWith("{") ? ofJson(number, line) : ofTabs(number, line);
        if (query.text().isBlank()) {
            throw wrong(number, "asks nothing");
        }
        if (!ids.add(query.id())) {
            throw wrong(number, "has the id " + query.id() + " of a line before");
        }
        queries.add(query);
    }

    private SearchQuery ofJson(int number, String line) {
        try {
            JsonNode json = JSON.readTree(line);
            JsonNode id = json.get("id");
            JsonNode text = json.get("text");
            if (id == null || id.isContainerNode() || id.isNull() || text == null || !text.isTextual()) {
                throw wrong(number, "has no id or no text");
            }
            return new SearchQuery(id.asText(), text.asText());
        } catch (JsonProcessingException e) {
            throw wrong(number, "is not JSON");
        }
    }

    private SearchQuery ofTabs(int number, String line) {
        int tab = line.indexOf('\t');
        if (tab < 0) {
            throw wrong(number, "is neither JSON nor an id, a tab and a text");
        }
        return new SearchQuery(line.substring(0, tab), line.substring(tab + 1));
    }

    private UsageException wrong(int number, String what) {
        return new UsageException("Line " + number + " of --queries " + path + " " + what + ".");
    }
}
