package isthmus.cli;

import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.flow.Failure;
import isthmus.flow.Rehearsal;
import isthmus.normalize.Normalizer;
import isthmus.security.Fingerprints;
import isthmus.security.seal.MasterKeys;
import isthmus.security.seal.Opener;
import isthmus.store.Published;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus dryrun}: what live rows would become, against what is published now. */
@Command(
        name = "dryrun",
        mixinStandardHelpOptions = true,
        description = "Reads live rows and shows what they would become, what would be rejected, and how that differs"
                + " from what is published; publishes nothing and moves no cursor.")
final class DryRunCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "The legacy system.")
    private String system = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ENTITY", description = "Only this entity.")
    private @Nullable String entity;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many pieces of each pull (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--keys",
            paramLabel = "KEY",
            split = ",",
            description = "Only these native keys; a composite one is joined with /.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Rows that changed since \"2026-11-01 00:00:00\", in the system's zone, less the overlap.")
    private @Nullable String since;

    @Option(names = "--clear", description = "Shows classified fields too. They are personal data: mind who looks on.")
    private boolean clear;

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() throws SQLException {
        Home home = Home.here();
        home.system(system);
        if (since != null && !since.matches("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")) {
            throw new Refusal(Exit.USAGE, "--since is a local time such as \"2026-11-01 00:00:00\".");
        }
        if (clear) {
            voice.tell("Classified fields are shown in clear: this is personal data.");
        }
        try (var harbour = place.harbour(voice::doing)) {
            Catalog catalog = harbour.only(home, system);
            LegacySystem legacy = catalog.systems().get(0);
            Normalizer normalizer = Normalizer.compile(catalog, fingerprints(harbour), Clock.systemUTC());
            List<DryRun.Report> reports = new ArrayList<>();
            List<String> failures = new ArrayList<>();
            try (Published published = published(harbour);
                    Rehearsal rehearsal = Rehearsal.open(catalog, Clock.systemUTC())) {
                for (Pull pull : chosen(legacy)) {
                    voice.doing("reading " + system + "." + pull.name());
                    Set<String> entities = entity == null ? Set.copyOf(pull.entities()) : Set.of(entity);
                    DryRun run =
                            new DryRun(legacy, pull, normalizer, published, entities, new HashSet<>(keys), rows, clear);
                    Failure failure = rehearsal.read(system, pull.name(), since, run::take);
                    if (failure != null) {
                        failures.add(system + "." + pull.name() + ": "
                                + failure.reason().code() + ": " + failure.text());
                    }
                    reports.add(run.report());
                }
            }
            answer(reports, failures);
            return failures.isEmpty() ? Exit.OK : Exit.CANNOT_REACH;
        }
    }

    private List<Pull> chosen(LegacySystem legacy) {
        List<Pull> pulls = legacy.pulls().stream()
                .filter(pull -> entity == null || pull.entities().contains(entity))
                .toList();
        if (pulls.isEmpty()) {
            throw new Refusal(Exit.USAGE, "No pull of " + system + " brings " + entity + ".");
        }
        return pulls;
    }

    /** Without the hub's own key every record of a person would look changed. */
    private static Fingerprints fingerprints(Place.Harbour harbour) {
        String key = harbour.variable("ISTHMUS_HMAC_KEY");
        if (key == null && harbour.variable("ISTHMUS_STORE_URL") != null) {
            throw new Refusal(Exit.USAGE, "ISTHMUS_HMAC_KEY is not set: without it nothing compares with the store.");
        }
        return key == null ? Fingerprints.nobodys() : new Fingerprints(key);
    }

    private @Nullable Published published(Place.Harbour harbour) throws SQLException {
        String url = harbour.variable("ISTHMUS_STORE_URL");
        String user = harbour.variable("ISTHMUS_STORE_USER");
        String password = harbour.variable("ISTHMUS_STORE_PASSWORD");
        return url == null || user == null
                ? null
                : Published.open(url, user, password == null ? "" : password, keys -> opener(harbour, keys));
    }

    /** Without the master key a record of a person would look changed in all that is sealed. */
    private static Opener opener(Place.Harbour harbour, DataSource keys) {
        MasterKeys masters = MasterKeys.said(
                harbour.variable("ISTHMUS_SEAL_PROFILE"),
                harbour.variable("ISTHMUS_SEAL_KEY"),
                harbour.variable("ISTHMUS_SEAL_FORMER"));
        return masters == null ? Opener.NONE : new Opener(masters, keys);
    }

    private void answer(List<DryRun.Report> reports, List<String> failures) {
        StringBuilder text = new StringBuilder();
        reports.forEach(report -> text.append(DryRunText.of(report)).append("\n\n"));
        failures.forEach(failure -> text.append("failed: ").append(failure).append('\n'));
        voice.answer(new Answer(reports, failures), text.toString().stripTrailing());
    }

    private record Answer(List<DryRun.Report> reports, List<String> failures) {}
}
