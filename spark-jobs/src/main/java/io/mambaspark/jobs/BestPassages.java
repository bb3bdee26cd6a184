package io.mambaspark.jobs;

import io.mambaspark.passage.PassageField;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.spark.sql.Row;

/** The best passages of all documents for each query, collected while documents are listed: as many as of one document. */
final class BestPassages {
    private record Place(String id, Row hit) {
        float relevance() {
            Float relevance = hit.getAs(PassageField.RELEVANCE.column());
            return relevance == null ? 0 : relevance;
        }

        float score() {
            return hit.getAs(PassageField.SCORE.column());
        }
    }

    private static final Comparator<Place> WORST_FIRST =
            Comparator.comparing(Place::relevance).thenComparing(Place::score);

    private final PassageListing listing;
    private final int topK;
    private final Map<String, PriorityQueue<Place>> best = new LinkedHashMap<>();

    BestPassages(PassageListing listing, List<String> queries, int topK) {
        this.listing = listing;
        this.topK = topK;
        queries.forEach(query -> best.put(query, new PriorityQueue<>(WORST_FIRST)));
    }

    /**
     * Adds a passage of a document.
     *
     * @param hit of type {@link RetrieveTask#hit()}
     */
    void add(String id, Row hit) {
        PriorityQueue<Place> ofQuery = best.get(hit.<String>getAs("query"));
        ofQuery.add(new Place(id, hit));
        if (ofQuery.size() > topK) {
            ofQuery.remove();
        }
    }

    /** Lists them, best first. */
    void list() {
        for (PriorityQueue<Place> ofQuery : best.values()) {
            Deque<Place> bestFirst = new ArrayDeque<>();
            while (!ofQuery.isEmpty()) {
                bestFirst.push(ofQuery.remove());
            }
            bestFirst.forEach(place -> listing.show(place.id(), place.hit()));
        }
        listing.end();
    }
}
