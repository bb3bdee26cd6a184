package io.mambaspark.task;

import io.mambaspark.model.SelectionRules;
import io.mambaspark.text.DocumentForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which units a summary takes, by the rules of the reader (reader.json, {@code summary_selection}). For one document. */
final class Selection {
    private final DocumentUnits units;
    private final SelectionRules rules;
    private final DocumentForm document;
    private final Layout layout;
    private final int leastWords;
    private final int maxWords;

    private List<Integer> taken = new ArrayList<>();
    private long words;
    private int nearest = -1;
    private int tried;

    private Selection(
            DocumentUnits units,
            SelectionRules rules,
            DocumentForm document,
            Layout layout,
            int leastWords,
            int maxWords) {
        this.units = units;
        this.rules = rules;
        this.document = document;
        this.layout = layout;
        this.leastWords = leastWords;
        this.maxWords = maxWords;
    }

    /**
     * The units taken, in document order. One that is longer than the limit stands alone, and must be cut.
     *
     * @param leastWords of a unit whose score counts, unless all are shorter
     * @param maxWords   of what {@code layout} prints, at least 1
     */
    static List<Integer> of(
            DocumentUnits units,
            SelectionRules rules,
            DocumentForm document,
            Layout layout,
            int leastWords,
            int maxWords) {
        return new Selection(units, rules, document, layout, leastWords, maxWords).select();
    }

    private List<Integer> select() {
        Population scores = scores();
        NameCentrality.Lazy names = new NameCentrality.Lazy(units);
        for (Tier tier : Tier.values()) {
            tried = 0;
            fill(new GroupRanking(units, rules, document, tier, scores, names));
            if (words >= rules.enough() * maxWords || tried > 0) {
                break;
            }
        }
        return taken.isEmpty() && nearest >= 0 ? List.of(nearest) : taken;
    }

    /** Of the units of enough words; of all units if there is none. */
    private Population scores() {
        Population ofAll = new Population();
        Population ofCandidates = new Population();
        for (int i = 0; i < units.size(); i++) {
            float score = Ranking.checked(units.score(i), i);
            ofAll.add(score);
            if (units.words(i) >= leastWords) {
                ofCandidates.add(score);
            }
        }
        return ofCandidates.count() > 0 ? ofCandidates : ofAll;
    }

    /** Takes groups until the target is reached, or too many did not fit. */
    private void fill(GroupRanking ranking) {
        while (words * rules.target() < maxWords) {
            List<Integer> group = ranking.next();
            if (group == null) {
                return;
            }
            int first = group.get(0);
            if (tried > 0 && units.form(first).dangling() && Collections.binarySearch(taken, first - 1) < 0) {
                tried++;
                continue;
            }
            add(group);
            if ((words * rules.target() >= rules.near() * maxWords && tried > 0) || tried > rules.fitRanks()) {
                return;
            }
        }
    }

    private void add(List<Integer> group) {
        List<Integer> chosen = new ArrayList<>(taken);
        chosen.addAll(group);
        Collections.sort(chosen);
        long more = group.stream().mapToLong(units::words).sum();
        long extra = layout.extraWords(chosen);
        if (words + more + extra <= maxWords) {
            taken = chosen;
            words += more;
        } else if (nearest < 0 && taken.isEmpty()) {
            nearest = group.get(group.size() - 1);
        }
        // After a group that fits, this asks whether another one of its size would.
        if (tried > 0 || words + more + extra > maxWords) {
            tried++;
        }
    }
}
