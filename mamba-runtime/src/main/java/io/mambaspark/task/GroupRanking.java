package io.mambaspark.task;

import io.mambaspark.model.SelectionRules;
import io.mambaspark.text.DocumentForm;
import io.mambaspark.text.UnitForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Ranks the units of one tier of a document: groups of adjacent ones, mostly of one, best first. The ranking does not depend on how
 * many are taken, so shorter summaries are parts of longer ones. Holds the best {@link SelectionRules#rankPool} units only.
 */
final class GroupRanking {
    /** Sums of the same numbers in another order may differ by this. */
    private static final double ROUNDING = 1e-12;

    private final DocumentUnits units;
    private final SelectionRules rules;
    private final DocumentForm document;
    private final Tier tier;
    private final Population scores;
    private final long allWords;
    private final NameCentrality names;
    private final double nameWeight;
    private final boolean anyLead;

    private final List<Ranked> pool;
    /** Units before those of the pool, that they may need. */
    private final Map<Integer, Ranked> others = new HashMap<>();

    private final Set<Integer> taken = new HashSet<>();
    private final int[] takenOfPart;
    private final WordSets said;

    /**
     * A unit with what its rank depends on.
     *
     * @param z      its score in deviations, with what its form and place add
     * @param place  its number among the units of the tier
     * @param before the words of the document before it
     */
    private record Ranked(int unit, double z, int words, boolean dangling, int place, long before) {}

    /** A group and its value. */
    private record Valued(double value, List<Ranked> group) {}

    GroupRanking(
            DocumentUnits units,
            SelectionRules rules,
            DocumentForm document,
            Tier tier,
            Population scores,
            NameCentrality.Lazy names) {
        this.units = units;
        this.rules = rules;
        this.document = document;
        this.tier = tier;
        this.scores = scores;
        this.takenOfPart = new int[rules.spreadParts() + 1];
        this.said = new WordSets(rules.duplicateJaccard(), rules.duplicateLeastWords());
        long words = 0;
        int ofTier = 0;
        for (int i = 0; i < units.size(); i++) {
            words += units.words(i);
            ofTier += holds(i) ? 1 : 0;
        }
        this.allWords = words;
        this.anyLead = ofTier >= rules.leadLeastUnits();
        this.nameWeight = rules.nameZ() * growth(ofTier);
        this.names = nameWeight == 0 ? null : names.get();
        this.pool = best();
    }

    /** Names count in long documents: from 0 at so many units to 1 at more. */
    private double growth(int ofTier) {
        double growth =
                Math.log(Math.max(1, ofTier) / rules.nameFrom()) / Math.log(rules.nameFull() / rules.nameFrom());
        return Math.min(1, Math.max(0, growth));
    }

    private boolean holds(int unit) {
        return tier.holds(document, units, unit);
    }

    private List<Ranked> best() {
        Comparator<Ranked> bestFirst =
                Comparator.comparingDouble((Ranked ranked) -> -ranked.z()).thenComparingInt(Ranked::unit);
        PriorityQueue<Ranked> worstFirst = new PriorityQueue<>(bestFirst.reversed());
        long before = 0;
        int place = 0;
        for (int i = 0; i < units.size(); i++) {
            if (holds(i)) {
                Ranked ranked = ranked(i, place++, before);
                if (tier.takes(units.form(i))) {
                    worstFirst.add(ranked);
                }
                if (worstFirst.size() > rules.rankPool()) {
                    worstFirst.remove();
                }
            }
            before += units.words(i);
        }
        List<Ranked> best = new ArrayList<>(worstFirst);
        best.sort(bestFirst);
        return best;
    }

    private Ranked ranked(int unit, int place, long before) {
        UnitForm form = units.form(unit);
        double z = scores.z(units.score(unit));
        if (names != null) {
            z += nameWeight * names.of(units.text(unit));
        }
        if (anyLead) {
            z += rules.leadZ() * Math.exp(-place / rules.leadTau());
        }
        if (form.oddQuotes()) {
            z -= rules.oddQuotesZ();
        }
        if (form.dialogue() || (rules.insideDialogue() && form.inside())) {
            z -= rules.dialogueZ();
        }
        return new Ranked(unit, z, units.words(unit), form.dangling(), place, before);
    }

    /** The next group, in document order; null if there is none. */
    List<Integer> next() {
        while (!pool.isEmpty()) {
            Valued best = bestGroup();
            Ranked leader = best.group().get(best.group().size() - 1);
            pool.remove(leader);
            List<Integer> group = take(best.group(), leader);
            if (group != null && !group.isEmpty()) {
                return group;
            }
        }
        return null;
    }

    private Valued bestGroup() {
        Valued best = null;
        for (Ranked ranked : pool) {
            boolean hopeless =
                    best != null && ranked.z() + rules.adjacentZ() < best.value() - ROUNDING && !ranked.dangling();
            if (!hopeless) {
                Valued valued = valued(ranked);
                best = best == null || valued.value() > best.value() ? valued : best;
            }
        }
        return best;
    }

    private Valued valued(Ranked ranked) {
        int unit = ranked.unit();
        boolean adjacent = taken.contains(unit - 1) || taken.contains(unit + 1);
        double crowd = rules.spreadZ() * takenOfPart[part(ranked)];
        double value = ranked.z() - crowd + (adjacent ? rules.adjacentZ() : 0);
        if (!ranked.dangling() || taken.contains(unit - 1)) {
            return new Valued(value, List.of(ranked));
        }
        double alone = value - rules.danglingZ();
        List<Ranked> group = new ArrayList<>(List.of(ranked));
        while (group.get(0).dangling() && !taken.contains(group.get(0).unit() - 1)) {
            Ranked before = before(group.get(0));
            if (before == null || group.size() == rules.groupMax()) {
                return new Valued(alone, List.of(ranked));
            }
            group.add(0, before);
        }
        double sum = 0;
        long words = 0;
        for (Ranked each : group) {
            sum += each.z() * each.words();
            words += each.words();
        }
        double together = sum / words - crowd;
        return together >= alone ? new Valued(together, group) : new Valued(alone, List.of(ranked));
    }

    /** The unit before another one, if it is of the tier. */
    private Ranked before(Ranked ranked) {
        int unit = ranked.unit() - 1;
        if (unit < 0 || !holds(unit)) {
            return null;
        }
        return others.computeIfAbsent(
                unit, each -> ranked(each, ranked.place() - 1, ranked.before() - units.words(each)));
    }

    private int part(Ranked ranked) {
        return (int) (rules.spreadParts() * ranked.before() / Math.max(1, allWords));
    }

    /** Takes what is new of a group; null if its leader says what another unit says. */
    private List<Integer> take(List<Ranked> group, Ranked leader) {
        List<Ranked> fresh = new ArrayList<>();
        List<int[]> words = new ArrayList<>();
        for (Ranked each : group) {
            if (taken.contains(each.unit())) {
                continue;
            }
            int[] set = said.of(units.text(each.unit()));
            if (each.unit() == leader.unit() && said.has(set)) {
                return null;
            }
            fresh.add(each);
            words.add(set);
        }
        for (int k = 0; k < fresh.size(); k++) {
            Ranked each = fresh.get(k);
            taken.add(each.unit());
            takenOfPart[part(each)]++;
            said.take(words.get(k));
            pool.removeIf(other -> other.unit() == each.unit());
        }
        return fresh.stream().map(Ranked::unit).toList();
    }
}
