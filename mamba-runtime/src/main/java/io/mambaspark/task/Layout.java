package io.mambaspark.task;

import io.mambaspark.model.SelectionRules;
import io.mambaspark.text.DocumentForm;
import io.mambaspark.text.OneLine;
import io.mambaspark.text.UnitForm;
import io.mambaspark.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Prints the units that a summary takes: runs of adjacent ones, each with its quotation marks closed. For one document. */
final class Layout {
    private static final String BULLET = "- ";
    private static final String AFTER_HEADING = ": ";

    private final SummaryFormat format;
    private final DocumentUnits units;
    private final SelectionRules rules;
    private final DocumentForm document;
    private final Words words;
    private final Sections sections;

    Layout(
            SummaryFormat format,
            DocumentUnits units,
            SelectionRules rules,
            DocumentForm document,
            Words words,
            Sections sections) {
        this.format = format;
        this.units = units;
        this.rules = rules;
        this.document = document;
        this.words = words;
        this.sections = sections;
    }

    /** How many words are printed beside those of the units. */
    long extraWords(List<Integer> chosen) {
        return switch (format) {
            case TEXT -> (runs(chosen).size() - 1L) * count(rules.gap());
            case BULLETS -> runs(chosen).size() * (long) count(BULLET);
            case OUTLINE ->
                chosen.stream()
                        .map(sections::of)
                        .filter(Objects::nonNull)
                        .distinct()
                        .mapToLong(this::count)
                        .sum();
        };
    }

    private int count(String text) {
        return words.count(text, 0, text.length());
    }

    /** What is printed. */
    String print(List<Integer> chosen) {
        List<String> lines = new ArrayList<>();
        switch (format) {
            case TEXT -> lines.add(text(chosen, chosen.size()));
            case BULLETS -> runs(chosen).forEach(run -> lines.add(BULLET + run(run, chosen.size())));
            case OUTLINE -> bySection(chosen).forEach((section, ofSection) -> lines.add(line(section, ofSection)));
        }
        return String.join("\n", lines);
    }

    private String text(List<Integer> chosen, int all) {
        return String.join(
                rules.gap(), runs(chosen).stream().map(run -> run(run, all)).toList());
    }

    private Map<String, List<Integer>> bySection(List<Integer> chosen) {
        Map<String, List<Integer>> bySection = new LinkedHashMap<>();
        chosen.forEach(unit -> bySection
                .computeIfAbsent(sections.of(unit), each -> new ArrayList<>())
                .add(unit));
        return bySection;
    }

    private String line(String section, List<Integer> chosen) {
        List<Integer> below =
                chosen.stream().filter(unit -> !sections.isHeading(unit)).toList();
        if (section == null || below.isEmpty()) {
            return section == null ? text(chosen, chosen.size()) : section;
        }
        return section + AFTER_HEADING + text(below, below.size());
    }

    private static List<List<Integer>> runs(List<Integer> chosen) {
        List<List<Integer>> runs = new ArrayList<>();
        int last = -2;
        for (int unit : chosen) {
            if (unit != last + 1) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(unit);
            last = unit;
        }
        return runs;
    }

    private String run(List<Integer> run, int all) {
        List<String> lines = new ArrayList<>();
        for (int unit : run) {
            UnitForm form = units.form(unit);
            String mark = all > 1 && document.isTitle(form, units.words(unit)) ? rules.titleMark() : "";
            lines.add(OneLine.of(units.text(unit)) + mark);
        }
        return balanced(String.join(" ", lines), units.form(run.get(0)).inside());
    }

    /** Opens and closes the double quotation marks of a run. */
    private static String balanced(String run, boolean inside) {
        if (run.indexOf('\u201C') >= 0 || run.indexOf('\u201D') >= 0) {
            int depth = 0;
            int lowest = 0;
            for (int i = 0; i < run.length(); i++) {
                depth += run.charAt(i) == '\u201C' ? 1 : run.charAt(i) == '\u201D' ? -1 : 0;
                lowest = Math.min(lowest, depth);
            }
            return "\u201C".repeat(-lowest) + run + "\u201D".repeat(depth - lowest);
        }
        String opened = inside ? '"' + run : run;
        return opened.chars().filter(c -> c == '"').count() % 2 == 1 ? opened + '"' : opened;
    }
}
