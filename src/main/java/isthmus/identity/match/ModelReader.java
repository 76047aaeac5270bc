package isthmus.identity.match;

import isthmus.catalog.Section;
import isthmus.identity.match.Block.Part;
import isthmus.identity.match.Field.Level;
import isthmus.identity.match.Model.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the models of a configuration, and tells every fault with its line. */
public final class ModelReader {
    private ModelReader() {}

    /** @param match the section; without models where it is empty */
    public static List<Model> read(Section match) {
        List<Model> models = new ArrayList<>();
        if (match.isEmpty()) {
            return models;
        }
        String version = match.required("version", "what every score is cited with, fs-1 for example");
        Limits usual = Limits.USUAL;
        Limits limits = new Limits(
                chance(match, "link", usual.link()),
                chance(match, "review", usual.review()),
                chance(match, "rival", usual.rival()),
                (int) number(match, "block", usual.block(), 2, 100_000));
        if (limits.review() > limits.link()) {
            match.problem("review", "review is above link", "a pair is looked at before it is linked");
        }
        for (Section one : match.sections("models")) {
            models.add(model(one, version, limits));
        }
        match.rejectUnknown();
        return List.copyOf(models);
    }

    /**
     * The same models with the weights of a file that was written over them.
     *
     * @param learnt its root: version, and under {@code models} by model and field the levels
     */
    public static List<Model> weighed(List<Model> models, Section learnt) {
        String version = learnt.required("version", "what every score is cited with");
        Section all = learnt.section("models");
        List<Model> weighed = new ArrayList<>();
        for (Model model : models) {
            Section own = all.section(model.name());
            weighed.add(own.isEmpty() ? model : weighed(model, version, own));
        }
        if (!models.isEmpty()) {
            all.rejectUnknown();
        }
        learnt.rejectUnknown();
        return List.copyOf(weighed);
    }

    private static Model weighed(Model model, String version, Section learnt) {
        List<Field> fields = new ArrayList<>();
        for (Field field : model.fields()) {
            Section own = learnt.section(field.name());
            List<String> vetoes = field.levels().stream()
                    .filter(Level::vetoes)
                    .map(Level::name)
                    .toList();
            fields.add(own.isEmpty() ? field : field.with(levels(own, learnt, field.comparison(), vetoes)));
        }
        learnt.rejectUnknown();
        return model.with(version, fields);
    }

    private static Model model(Section section, String version, Limits limits) {
        String name = section.required("name", "person, organization or whatever the records are");
        List<Field> fields = new ArrayList<>();
        for (Section one : section.sections("fields")) {
            field(one).ifPresent(fields::add);
        }
        List<Block> blocks = new ArrayList<>();
        for (String one : section.texts("blocks")) {
            block(section, one, fields).ifPresent(blocks::add);
        }
        if (fields.isEmpty() || blocks.isEmpty()) {
            section.problem("name", "a model needs fields and blocks", "blocks: [phone, name.sound + address.place]");
        }
        Model.Within within = within(section);
        section.rejectUnknown();
        return new Model(name, version, List.copyOf(fields), List.copyOf(blocks), within, limits);
    }

    private static Model.Within within(Section section) {
        String text = section.text("within", Model.Within.REVIEW.word());
        for (Model.Within one : Model.Within.values()) {
            if (one.word().equals(text)) {
                return one;
            }
        }
        section.problem("within", "within of " + text, "known here: never, review, link");
        return Model.Within.REVIEW;
    }

    private static Optional<Field> field(Section section) {
        String name = section.required("name", "as blocks and evidence name it");
        List<String> of = section.texts("of");
        if (of.isEmpty()) {
            section.problem("of", "missing of", "where its values stand");
        }
        String wanted = section.required("compare", "known here: " + Comparisons.names());
        boolean frequent = section.text("frequency", "false").equals("true");
        int strong = (int) number(section, "strong", 0, 0, 10);
        Optional<Comparison> comparison = Comparisons.named(wanted);
        if (comparison.isEmpty() && !wanted.isEmpty()) {
            section.problem("compare", "compare of " + wanted, "known here: " + Comparisons.names());
        }
        List<String> vetoes = section.texts("veto");
        Pattern ignored = pattern(section);
        List<Level> levels = comparison
                .map(one -> levels(section.section("levels"), section, one, vetoes))
                .orElse(List.of());
        section.section("levels");
        section.rejectUnknown();
        return comparison.map(one -> new Field(name, of, ignored, one, frequent, strong, levels));
    }

    private static @Nullable Pattern pattern(Section section) {
        String text = section.text("ignore");
        try {
            return text == null ? null : Pattern.compile(text);
        } catch (PatternSyntaxException fault) {
            section.problem("ignore", "ignore is no pattern", fault.getDescription());
            return null;
        }
    }

    private static List<Level> levels(Section weights, Section section, Comparison comparison, List<String> vetoes) {
        List<Level> levels = new ArrayList<>();
        for (String level : comparison.levels()) {
            List<String> pair = weights.texts(level);
            if (pair.size() == 2) {
                levels.add(new Level(
                        level,
                        share(weights, level, pair.get(0)),
                        share(weights, level, pair.get(1)),
                        vetoes.contains(level)));
            } else {
                weights.problem(level, "level " + level + " needs m and u", level + ": [0.9, 0.01]");
                levels.add(new Level(level, 0.5, 0.5, false));
            }
        }
        weights.rejectUnknown();
        for (String veto : vetoes) {
            if (!comparison.levels().contains(veto)) {
                section.problem("veto", "veto of " + veto, "known here: " + comparison.levels());
            }
        }
        return List.copyOf(levels);
    }

    /** {@code name.sound + address.place}: each a field, and after the dot a part of it. */
    private static Optional<Block> block(Section section, String text, List<Field> fields) {
        List<Part> parts = new ArrayList<>();
        for (String one : text.split("\\+")) {
            String[] names = one.strip().split("\\.", 2);
            String part = names.length == 2 ? names[1] : "";
            int at = -1;
            for (int i = 0; i < fields.size(); i++) {
                at = fields.get(i).name().equals(names[0]) ? i : at;
            }
            if (at < 0) {
                section.problem(
                        "blocks",
                        "block of " + names[0] + ", which is no field",
                        "known here: " + fields.stream().map(Field::name).toList());
                return Optional.empty();
            }
            List<String> known = fields.get(at).comparison().parts();
            if (!part.isEmpty() && !known.contains(part)) {
                section.problem("blocks", names[0] + " has no " + part, "known here: " + known);
                return Optional.empty();
            }
            parts.add(new Part(at, part));
        }
        return Optional.of(new Block(text.strip(), List.copyOf(parts)));
    }

    private static double chance(Section section, String key, double usual) {
        return number(section, key, usual, 0, 1);
    }

    /** A level that never happens would weigh infinitely much. */
    private static double share(Section section, String key, String text) {
        double share = parsed(section, key, text);
        if (!(share > 0 && share < 1)) {
            section.problem(key, key + " of " + text, "a share between 0 and 1, neither of them included");
            return 0.5;
        }
        return share;
    }

    private static double number(Section section, String key, double usual, double least, double most) {
        String text = section.text(key);
        if (text == null) {
            return usual;
        }
        double number = parsed(section, key, text);
        if (!(number >= least && number <= most)) {
            section.problem(key, key + " of " + text, "between " + least + " and " + most);
            return usual;
        }
        return number;
    }

    private static double parsed(Section section, String key, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            section.problem(key, key + " of " + text + " is no number", "write 0.99, for example");
            return Double.NaN;
        }
    }
}
