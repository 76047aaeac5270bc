package isthmus.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks a system's samples: each is sound, each entity has an accepted and a rejected one, and no column goes untried. */
final class SampleCheck {
    private static final String IN = ".in.json";
    private static final String OUT = ".out.json";
    private static final String REJECTED = ".rejected.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final List<Pull> pulls;
    private final Map<String, Section> bodies;
    private final Problems problems;
    private final Set<String> accepted = new TreeSet<>();
    private final Set<String> rejected = new TreeSet<>();
    private final Set<String> tried = new TreeSet<>();

    /** @param bodies each pull as system.yaml has it */
    SampleCheck(Path folder, List<Pull> pulls, Map<String, Section> bodies, Problems problems) {
        this.folder = folder;
        this.pulls = pulls;
        this.bodies = bodies;
        this.problems = problems;
    }

    void check() throws IOException {
        Path samples = folder.resolve("samples");
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(samples)) {
            try (Stream<Path> all = Files.list(samples)) {
                all.sorted().forEach(files::add);
            }
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(IN)) {
                sample(file, name.substring(0, name.length() - IN.length()));
            } else if (!name.endsWith(OUT) && !name.endsWith(REJECTED)) {
                problems.add(file.toString(), 0, "not a sample", "<a-sentence>.in.json, .out.json or .rejected.json");
            } else if (!Files.exists(samples.resolve(name.replaceAll("\\.(out|rejected)\\.json$", IN)))) {
                problems.add(file.toString(), 0, "an expectation of no sample", "write its .in.json, or delete it");
            }
        }
        for (Pull pull : pulls) {
            cover(pull);
        }
    }

    private void sample(Path in, String sentence) throws IOException {
        Section piece = read(in);
        if (piece.isEmpty()) {
            return;
        }
        String named = piece.required("pull", "the pull that such a piece comes from");
        Pull pull = pulls.stream()
                .filter(candidate -> candidate.name().equals(named))
                .findFirst()
                .orElse(null);
        piece.required("at", "when it was fetched, with an offset");
        piece.text("ordinal");
        Section values = piece.section("values");
        Section children = piece.section("children");
        piece.rejectUnknown();
        if (pull == null) {
            piece.problem(
                    "pull",
                    "no pull " + named,
                    "known here: " + pulls.stream().map(Pull::name).toList());
            return;
        }
        known(values, pull.layout());
        values.keys().forEach(column -> tried.add(pull.name() + "." + column));
        for (String child : children.keys()) {
            Layout layout = pull.layout().child(child);
            if (layout == null) {
                children.problem(
                        child,
                        "no child table " + child,
                        "known here: " + pull.layout().childNames());
            } else {
                for (Section line : children.sections(child)) {
                    known(line, layout);
                    line.keys().forEach(column -> tried.add(pull.name() + "." + child + "." + column));
                }
            }
        }
        if (expected(in, pull, sentence + OUT, accepted) + expected(in, pull, sentence + REJECTED, rejected) == 0) {
            problems.add(
                    in.toString(), 1, "nothing is expected of it", "run isthmus test --update and read the result");
        }
    }

    private static void known(Section values, Layout layout) {
        for (String column : values.keys()) {
            if (layout.indexOf(column) < 0) {
                values.problem(
                        column, "unknown column " + column, "known here: " + String.join(", ", layout.columns()));
            }
        }
    }

    private int expected(Path in, Pull pull, String name, Set<String> entities) throws IOException {
        Path file = in.resolveSibling(name);
        if (!Files.exists(file)) {
            return 0;
        }
        for (String entity : read(file).keys()) {
            if (pull.entities().contains(entity)) {
                entities.add(pull.name() + "." + entity);
            }
        }
        return 1;
    }

    /** JSON is YAML, whose reader knows every line; but what only YAML allows is no JSON. */
    private Section read(Path file) throws IOException {
        String text = Section.text(file, problems);
        if (text == null) {
            return Section.nothing(file.toString());
        }
        try {
            JSON.readTree(text);
        } catch (JsonProcessingException fault) {
            int line = fault.getLocation() == null ? 0 : fault.getLocation().getLineNr();
            problems.add(file.toString(), line, "not JSON", fault.getOriginalMessage());
            return Section.nothing(file.toString());
        }
        return Section.read(file.toString(), text, problems);
    }

    private void cover(Pull pull) {
        String hint = "put one into samples/ and run isthmus test --update";
        for (String entity : pull.entities()) {
            String what = pull.name() + "." + entity;
            String mapping = folder.resolve(entity + ".mapping.yaml").toString();
            if (!accepted.contains(what)) {
                problems.add(mapping, 1, "no sample of a " + entity + " that is accepted", hint);
            }
            if (!rejected.contains(what)) {
                problems.add(mapping, 1, "no sample of a " + entity + " that is rejected", hint);
            }
        }
        Section body = bodies.get(pull.name());
        if (body != null && tried.stream().anyMatch(column -> column.startsWith(pull.name() + "."))) {
            cover(body.section("columns"), pull.name() + ".");
            Section children = body.section("children");
            for (String child : children.keys()) {
                String prefix = pull.name() + "." + child + ".";
                if (tried.stream().anyMatch(column -> column.startsWith(prefix))) {
                    cover(children.section(child), prefix);
                } else {
                    children.problem(child, "no sample has a row of " + child, "add one, or check its name");
                }
            }
        }
    }

    private void cover(Section columns, String prefix) {
        for (String key : columns.keys()) {
            PullReader.names(columns, key).stream()
                    .filter(column -> !tried.contains(prefix + column))
                    .findFirst()
                    .ifPresent(column -> columns.problem(
                            key, "no sample has column " + column, "add it to one in samples/, or check its name"));
        }
    }
}
