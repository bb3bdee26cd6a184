package io.mambaspark.index.search;

import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Ranks what all shards found for a query (reader.json, {@code corpus_hybrid}): candidates are the best of either half, and if
 * documents are to come once, the best passage of each of the best documents of either half too; their score is BM25 over the
 * sum of the query's idf (in readers of version 1, over its largest BM25), plus the weighted cosine. Equal scores go by document
 * id and passage.
 *
 * <p>Every shard has sent its best of either half. What is among the best of all shards is among the best of its own, so the
 * ranks of the halves are those of the whole index.
 */
final class Fusion {
    private static final int LEAST_DEPTH = 200;
    private static final int DEPTH_TIMES = 10;

    private static final Comparator<Candidate> BY_PLACE = Comparator.comparing(
                    (Candidate candidate) -> candidate.docId, CodePointOrder.INSTANCE)
            .thenComparingInt(candidate -> candidate.passage);

    private final SearchOptions options;
    private final ScoreRules rules;
    private final double idfSum;
    private final long passages;

    /**
     * A ranking.
     *
     * @param idfSum   of the query's terms over the whole index
     * @param passages of the whole index
     */
    Fusion(SearchOptions options, ScoreRules rules, double idfSum, long passages) {
        this.options = options;
        this.rules = rules;
        this.idfSum = idfSum;
        this.passages = passages;
    }

    /** How many of either half are candidates. */
    static int depth(SearchOptions options) {
        return Math.max(LEAST_DEPTH, DEPTH_TIMES * options.numResults());
    }

    /** A passage on its way to its rank. */
    static final class Candidate {
        final int shard;
        final int ordinal;
        final String docId;
        final int passage;
        final float bm25;
        final float cosine;
        int rank;
        int lexicalRank;
        int denseRank;
        float score;
        Float relevance;

        private Candidate(Found found, int i) {
            shard = found.shard();
            ordinal = found.ordinals()[i];
            docId = found.docIds()[i];
            passage = found.passages()[i];
            bm25 = found.bm25() == null ? 0 : found.bm25()[i];
            cosine = found.cosines() == null ? 0 : found.cosines()[i];
        }
    }

    /** The best candidates, ranked, by shard. */
    TreeMap<Integer, List<Candidate>> rank(Iterable<Found> found) {
        List<Candidate> all = new ArrayList<>();
        for (Found ofShard : found) {
            for (int i = 0; i < ofShard.ordinals().length; i++) {
                all.add(new Candidate(ofShard, i));
            }
        }
        TreeMap<Integer, List<Candidate>> winners = new TreeMap<>();
        for (Candidate winner : best(scored(all))) {
            winners.computeIfAbsent(winner.shard, shard -> new ArrayList<>()).add(winner);
        }
        winners.values().forEach(ofShard -> ofShard.sort(Comparator.comparingInt(winner -> winner.ordinal)));
        return winners;
    }

    private Set<Candidate> scored(List<Candidate> all) {
        List<Candidate> lexical = options.mode() == Mode.DENSE
                ? List.of()
                : sorted(all.stream().filter(candidate -> candidate.bm25 > 0).toList(), candidate -> candidate.bm25);
        List<Candidate> dense = options.mode() == Mode.LEXICAL ? List.of() : sorted(all, candidate -> candidate.cosine);
        Set<Candidate> candidates = new LinkedHashSet<>();
        for (int i = 0; i < Math.min(depth(options), lexical.size()); i++) {
            lexical.get(i).lexicalRank = i + 1;
            candidates.add(lexical.get(i));
        }
        for (int i = 0; i < Math.min(depth(options), dense.size()); i++) {
            dense.get(i).denseRank = i + 1;
            candidates.add(dense.get(i));
        }
        if (options.groupByDocument()) {
            candidates.addAll(firstOfDocuments(lexical, depth(options)));
            candidates.addAll(firstOfDocuments(dense, depth(options)));
        }
        float most = lexical.isEmpty() ? 0 : lexical.get(0).bm25;
        for (Candidate candidate : candidates) {
            candidate.score = score(candidate, most);
            candidate.relevance = rules.relevance(candidate.score, passages);
        }
        if (options.minRelevance() > 0) {
            candidates.removeIf(candidate -> candidate.relevance < options.minRelevance());
        }
        return candidates;
    }

    private float score(Candidate candidate, float mostBm25) {
        return switch (options.mode()) {
            case LEXICAL -> candidate.bm25;
            case DENSE -> candidate.cosine;
            case HYBRID -> rules.score(candidate.bm25, candidate.cosine, idfSum, mostBm25);
        };
    }

    private List<Candidate> best(Set<Candidate> candidates) {
        List<Candidate> ranking = sorted(List.copyOf(candidates), candidate -> candidate.score);
        List<Candidate> best = options.groupByDocument()
                ? firstOfDocuments(ranking, options.numResults())
                : ranking.subList(0, Math.min(options.numResults(), ranking.size()));
        for (int i = 0; i < best.size(); i++) {
            best.get(i).rank = i + 1;
        }
        return best;
    }

    private static List<Candidate> firstOfDocuments(List<Candidate> ranking, int most) {
        Set<String> seen = new HashSet<>();
        return ranking.stream()
                .filter(candidate -> seen.add(candidate.docId))
                .limit(most)
                .toList();
    }

    private static List<Candidate> sorted(List<Candidate> candidates, ToDoubleFunction<Candidate> score) {
        return candidates.stream()
                .sorted(Comparator.comparingDouble(score).reversed().thenComparing(BY_PLACE))
                .toList();
    }
}
