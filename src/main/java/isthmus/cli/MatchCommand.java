package isthmus.cli;

import isthmus.identity.match.Matching.Decision;
import isthmus.identity.match.Matching.Match;
import isthmus.identity.match.Model;
import isthmus.identity.match.PersonFiles;
import isthmus.identity.match.Score;
import isthmus.identity.match.Trial;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus identity match}: tries a configuration on files of people, without a store. */
@Command(
        name = "match",
        mixinStandardHelpOptions = true,
        description =
                "Tries a configuration on CSV files of people: who in them is one. Shows keys only; connects to nothing.")
final class MatchCommand implements Callable<Integer> {
    private static final long SEED = 1;
    private static final int FEW = 5;

    @Parameters(
            arity = "1..2",
            paramLabel = "FILE",
            description = "With a head line. One is compared with itself, of two each has nobody twice.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "With one model, as config/identity-latin.yaml.")
    private Path config = Path.of("");

    @Option(names = "--key", required = true, paramLabel = "COLUMN", description = "The column that names a record.")
    private String key = "";

    @Option(
            names = "--truth",
            paramLabel = "PATTERN",
            description = "What of the key says whose a record is, as its first group: rec-([0-9]+)-")
    private @Nullable String truth;

    @Option(names = "--estimate", description = "Learn the weights from the files first.")
    private boolean estimate;

    @Mixin
    private Voice voice = new Voice();

    /** A pair by its keys. */
    record Example(String left, String right, BigDecimal posterior, String decision, String why, String differs) {}

    @Override
    public Integer call() throws IOException {
        Pattern person = pattern();
        for (Path file : files) {
            if (!Files.isReadable(file)) {
                throw new Refusal(Exit.USAGE, "There is no file " + file + ".");
            }
        }
        if (!Files.isReadable(config)) {
            throw new Refusal(Exit.USAGE, "There is no file " + config + ".");
        }
        PersonFiles people = PersonFiles.read(config, files, key);
        voice.doing(estimate ? "learning the weights" : "comparing");
        Model model = estimate ? people.estimate(SEED) : people.model();
        voice.doing("comparing");
        List<Match> matches = people.matches(model);
        Trial trial = person == null ? null : people.trial(matches, person.pattern());
        List<Example> examples = new ArrayList<>(examples(matches, Decision.LINK));
        examples.addAll(examples(matches, Decision.REVIEW));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("records", people.size());
        document.put("weights", model.version());
        document.put("linked", count(matches, Decision.LINK));
        document.put("review", count(matches, Decision.REVIEW));
        if (trial != null) {
            document.put("pairs", trial.pairs());
            document.put("precision", share(trial.precision()));
            document.put("recall", share(trial.recall()));
            document.put("reach", share(trial.reach()));
        }
        String figures = document.entrySet().stream()
                .map(one -> "%-10s %s".formatted(one.getKey(), shown(one.getValue())))
                .collect(Collectors.joining("\n"));
        document.put("examples", examples);
        voice.answer(document, figures + (examples.isEmpty() ? "" : "\n\n" + table(examples)));
        return Exit.OK;
    }

    private static String shown(Object figure) {
        return figure instanceof Integer || figure instanceof Long ? "%,d".formatted(figure) : figure.toString();
    }

    private @Nullable Pattern pattern() {
        if (truth == null) {
            return null;
        }
        try {
            Pattern person = Pattern.compile(truth);
            if (person.matcher("").groupCount() == 0) {
                throw new Refusal(Exit.USAGE, "--truth needs a group that says whose a record is: rec-([0-9]+)-");
            }
            return person;
        } catch (PatternSyntaxException fault) {
            throw new Refusal(Exit.USAGE, "--truth is no pattern: " + fault.getDescription());
        }
    }

    private static long count(List<Match> matches, Decision decision) {
        return matches.stream().filter(match -> match.decision() == decision).count();
    }

    /** The least likely of them, which tell most. */
    private static List<Example> examples(List<Match> matches, Decision decision) {
        List<Match> some =
                matches.stream().filter(match -> match.decision() == decision).toList();
        return some.subList(Math.max(0, some.size() - FEW), some.size()).stream()
                .map(match -> new Example(
                        match.left().id(),
                        match.right().id(),
                        share(match.score().posterior()),
                        decision == Decision.LINK ? "linked" : "review",
                        match.why(),
                        differs(match.score())))
                .toList();
    }

    /** The rest is the same, or one of them has nothing there. */
    private static String differs(Score score) {
        return score.said().stream()
                .filter(one -> !one.level().equals("same"))
                .map(one -> one.field() + " " + one.level())
                .collect(Collectors.joining(", "));
    }

    /** Rounded down, so that 1 means all. */
    private static BigDecimal share(double share) {
        return BigDecimal.valueOf(share).setScale(4, RoundingMode.DOWN);
    }

    private static String table(List<Example> examples) {
        Table table = new Table("posterior", "decision", "why", "left", "right", "same but for");
        examples.forEach(one -> table.row(
                one.posterior().toPlainString(), one.decision(), one.why(), one.left(), one.right(), one.differs()));
        return table.text();
    }
}
