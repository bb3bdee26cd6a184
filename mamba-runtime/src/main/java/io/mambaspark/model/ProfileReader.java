package io.mambaspark.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.mambaspark.text.FormRules;
import io.mambaspark.text.LookAlikes;
import io.mambaspark.text.TextNormalisation;
import io.mambaspark.text.UnitRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Makes a {@link ReaderProfile} of a reader.json; what the file leaves out is as in {@link ReaderProfile#plain()}. */
final class ProfileReader {
    private static final String LOOK_ALIKES = "look_alikes";

    private final CheckpointJson json;
    private final int vocabSize;

    private ProfileReader(CheckpointJson json, int vocabSize) {
        this.json = json;
        this.vocabSize = vocabSize;
    }

    static ReaderProfile read(CheckpointJson json, int vocabSize) {
        return new ProfileReader(json, vocabSize).profile();
    }

    private ReaderProfile profile() {
        ReaderProfile plain = ReaderProfile.plain();
        RuleReader candidates = RuleReader.of(json, "candidates");
        UnitRules units = candidates.isEmpty() ? UnitRules.PLAIN : units(candidates);
        float denseWeight = denseWeight(plain.denseWeight());
        return new ReaderProfile(
                json.text("version", plain.version()),
                normalisation(),
                marker("doc"),
                marker("query"),
                marker("sep"),
                units,
                RuleReader.of(json, "form").ifPresent(rules -> form(rules, units, candidates)),
                RuleReader.of(json, "summary_selection").ifPresent(ProfileReader::selection),
                query(),
                RuleReader.of(json, "passage_selection").ifPresent(ProfileReader::passages),
                hybrid(denseWeight),
                denseWeight,
                RuleReader.of(json, "relevance").ifPresent(ProfileReader::relevance));
    }

    private TextNormalisation normalisation() {
        CheckpointJson rules = json.object("text_normalisation");
        Map<Character, String> replace = new HashMap<>();
        rules.object("replace").node().properties().forEach(rule -> {
            replace.put(character("replace", rule.getKey()), replacement(rule.getKey(), rule.getValue()));
        });
        // The rule is told in words: there is one, or there is none.
        boolean lowerCaseCapitals = rules.has("capitals");
        int decidedOn = rules.integer("capitals_decided_on_characters", 0);
        try {
            return new TextNormalisation(
                    lookAlikes(rules.object(LOOK_ALIKES)),
                    replace,
                    lowerCaseCapitals,
                    rules.has("capitals_decided_on_characters") ? decidedOn : Long.MAX_VALUE);
        } catch (IllegalArgumentException e) {
            throw CheckpointException.corrupt(json.file(), "text_normalisation.replace: " + e.getMessage(), e);
        }
    }

    private LookAlikes lookAlikes(CheckpointJson rules) {
        Set<Character> removed = new HashSet<>();
        RuleReader reader = new RuleReader(rules, "text_normalisation." + LOOK_ALIKES);
        for (String character : reader.texts("remove")) {
            removed.add(character(LOOK_ALIKES + ".remove", character));
        }
        String compose = rules.text("compose", "");
        if (!compose.isEmpty() && !compose.equals("NFC")) {
            throw CheckpointException.corrupt(
                    json.file(), "text_normalisation.look_alikes.compose must be NFC, not \"" + compose + "\"");
        }
        List<LookAlikes.Range> ranges = new ArrayList<>();
        for (String range : reader.texts("compatibility")) {
            if (range.length() != 3 || range.charAt(1) != '-') {
                throw CheckpointException.corrupt(
                        json.file(),
                        "text_normalisation.look_alikes.compatibility must hold ranges such as a-z, not \"" + range
                                + "\"");
            }
            ranges.add(new LookAlikes.Range(range.charAt(0), range.charAt(2)));
        }
        return new LookAlikes(removed, !compose.isEmpty(), ranges);
    }

    private char character(String field, String key) {
        if (key.length() != 1) {
            throw CheckpointException.corrupt(
                    json.file(), "text_normalisation." + field + " must map single characters, not \"" + key + "\"");
        }
        return key.charAt(0);
    }

    private String replacement(String key, JsonNode value) {
        if (!value.isTextual()) {
            throw CheckpointException.corrupt(
                    json.file(), "text_normalisation.replace must map \"" + key + "\" to a string, not " + value);
        }
        return value.textValue();
    }

    private OptionalInt marker(String name) {
        OptionalInt marker = json.object("markers").optionalInteger(name);
        if (marker.isPresent() && (marker.getAsInt() < 0 || marker.getAsInt() >= vocabSize)) {
            throw CheckpointException.corrupt(
                    json.file(),
                    "markers." + name + " = " + marker.getAsInt() + " is no token of a vocabulary of " + vocabSize);
        }
        return marker;
    }

    private static UnitRules units(RuleReader rules) {
        return new UnitRules(
                rules.words("cjk_class", "cjk_character_words"),
                rules.count("least_words"),
                rules.count("line_block_least_lines"),
                rules.count("line_block_words_per_end"),
                rules.share("few_capitals_share"),
                rules.count("csv_least_commas"),
                rules.patterns("row_patterns"),
                rules.pattern("heading_pattern"),
                rules.pattern("bullet_pattern"),
                rules.pattern("fence_pattern"));
    }

    private static FormRules form(RuleReader rules, UnitRules units, RuleReader candidates) {
        return new FormRules(
                rules.share("uses_ends"),
                rules.share("uses_capitals"),
                rules.share("uses_verbs"),
                rules.count("uses_verbs_least_words"),
                rules.share("capitals_share"),
                rules.count("heading_words"),
                rules.range("title_case_words"),
                rules.share("title_case_share"),
                rules.count("title_case_word_letters"),
                rules.count("verbless_below_words"),
                rules.range("document_title_words"),
                units.leastWords(),
                candidates.isEmpty() ? units.leastWords() : candidates.count("cjk_least_words"),
                rules.share("dialogue_share"),
                rules.pattern("end_pattern"),
                rules.pattern("dangling_phrase_pattern"),
                rules.pattern("self_reference_pattern"),
                Set.copyOf(rules.texts("auxiliaries")),
                Set.copyOf(rules.texts("verbs")),
                Set.copyOf(rules.texts("pronouns")),
                Set.copyOf(rules.texts("connectives")));
    }

    private static SelectionRules selection(RuleReader rules) {
        SelectionRules read = new SelectionRules(
                rules.count("spread_parts"),
                rules.number("spread_z"),
                rules.number("odd_quotes_z"),
                rules.number("dialogue_z"),
                rules.flag("inside_dialogue"),
                rules.number("dangling_z"),
                rules.count("group_max"),
                rules.number("lead_z"),
                rules.positive("lead_tau"),
                rules.count("lead_least_units"),
                rules.number("adjacent_z"),
                rules.number("duplicate_jaccard"),
                rules.count("duplicate_least_words"),
                rules.number("enough"),
                rules.count("fit_ranks"),
                rules.positive("target"),
                rules.number("near"),
                rules.count("rank_pool"),
                rules.text("gap"),
                rules.text("title_mark"),
                rules.number("name_z"),
                rules.positive("name_from"),
                rules.positive("name_full"));
        if (read.nameFull() <= read.nameFrom()) {
            throw rules.wrong("name_full", "above name_from");
        }
        return read;
    }

    /** A query_selection without numbers is version 1's, which tells its rule in words. */
    private QueryRules query() {
        RuleReader rules = RuleReader.of(json, "query_selection");
        if (rules.isEmpty() || !rules.has("cosine")) {
            return QueryRules.VERSION_1;
        }
        RuleReader selection = RuleReader.of(json, "summary_selection");
        return new QueryRules(
                rules.number("bm25"),
                rules.number("cosine"),
                rules.number("neighbour"),
                rules.number("salience"),
                (float) rules.positive("bm25_k1"),
                (float) rules.share("bm25_b"),
                selection.isEmpty() ? null : selection(selection.overriddenBy(rules, "overrides")));
    }

    private static PassageRules passages(RuleReader rules) {
        return new PassageRules(
                (float) rules.positive("k1"),
                (float) rules.share("b"),
                rules.number("cosine_weight"),
                rules.number("neighbour_weight"),
                rules.flag("fold_accents"));
    }

    private static RelevanceRules relevance(RuleReader rules) {
        return new RelevanceRules(
                rules.number("slope"),
                rules.number("length"),
                rules.number("intercept"),
                rules.share("nothing_relevant_below"),
                rules.share("same_subject_below"));
    }

    private HybridRules hybrid(float denseWeight) {
        RuleReader rules = RuleReader.of(json, "corpus_hybrid");
        String form = rules.isEmpty() || !rules.has("form") ? "max" : rules.text("form");
        return switch (form) {
            case "max" -> new HybridRules(HybridRules.Form.MAX, denseWeight);
            case "idf" -> new HybridRules(HybridRules.Form.IDF, rules.number("cosine_weight"));
            default ->
                throw CheckpointException.corrupt(
                        json.file(), "corpus_hybrid.form must be idf or max, not \"" + form + "\"");
        };
    }

    private float denseWeight(float otherwise) {
        float weight = json.object("corpus_hybrid").number("dense_weight", otherwise);
        if (!(weight >= 0) || Float.isInfinite(weight)) {
            throw CheckpointException.corrupt(
                    json.file(), "corpus_hybrid.dense_weight must be at least 0, not " + weight);
        }
        return weight;
    }
}
