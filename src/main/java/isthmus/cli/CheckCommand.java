package isthmus.cli;

import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.flow.Failure;
import isthmus.flow.Rehearsal;
import isthmus.flow.Soundings;
import isthmus.model.Chunk;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import isthmus.source.Folder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus check}: whether a system can be pulled from, and what its clock, rights and indexes are like. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Connects to a system, reads one page of each pull, and tells what should be looked at. Moves nothing.")
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SYSTEM", description = "The legacy system.")
    private String system = "";

    @Option(
            names = "--watch",
            paramLabel = "TIME",
            defaultValue = "PT10S",
            description = "How long to look on for late rows, as ISO 8601 (default: ${DEFAULT-VALUE}).")
    private Duration watch = Duration.ofSeconds(10);

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    private final Clock clock = Clock.systemUTC();
    private final List<Finding> findings = new ArrayList<>();
    private boolean isAway;

    /** One thing that was looked at. */
    record Finding(String pull, String what, boolean isWell, String found) {}

    @Override
    public Integer call() throws SQLException {
        Home home = Home.here();
        home.system(system);
        try (var harbour = place.harbour(voice::doing)) {
            Catalog catalog = harbour.only(home, system);
            LegacySystem legacy = catalog.systems().get(0);
            try (Rehearsal rehearsal = Rehearsal.open(catalog, clock)) {
                for (Pull pull : legacy.pulls()) {
                    voice.doing("reading a page of " + system + "." + pull.name());
                    page(rehearsal, legacy, pull);
                }
                if (!isAway) {
                    connection(rehearsal, legacy);
                }
            }
        }
        voice.answer(findings, text());
        boolean isWell = findings.stream().allMatch(Finding::isWell);
        return isAway ? Exit.CANNOT_REACH : isWell ? Exit.OK : Exit.CHECK_FAILED;
    }

    /** Not a table: what was found is a sentence, and sentences are not cut. */
    private String text() {
        StringBuilder out = new StringBuilder();
        for (Finding one : findings) {
            String where = one.pull().isEmpty() ? "connection" : one.pull();
            out.append("%-5s %-15s %-12s %s%n".formatted(one.isWell() ? "ok" : "LOOK", where, one.what(), one.found()));
        }
        return out.toString().stripTrailing();
    }

    private void page(Rehearsal rehearsal, LegacySystem legacy, Pull pull) {
        Instant start = clock.instant();
        List<Chunk> page = new ArrayList<>();
        Failure failure = rehearsal.read(system, pull.name(), null, chunk -> {
            page.add(chunk);
            return false;
        });
        if (failure != null) {
            isAway |= failure.reason().fate() == Reason.Fate.RETRY;
            note(pull, "page", false, failure.reason().code() + ": " + failure.text());
            return;
        }
        if (page.isEmpty()) {
            note(pull, "page", true, "nothing is there to be read");
            return;
        }
        Chunk chunk = page.get(0);
        List<String> uncut = new ArrayList<>();
        for (Piece piece : chunk.pieces()) {
            Outcome.Rejected refusal = piece.refusal();
            if (refusal != null) {
                uncut.add(piece.locator() + ": " + refusal.reason().code() + ", " + refusal.hint());
            }
        }
        String first = uncut.isEmpty() ? "" : "; " + uncut.get(0);
        long millis = Duration.between(start, clock.instant()).toMillis();
        note(
                pull,
                "page",
                uncut.isEmpty(),
                "%s in %,d ms from %s, %,d of them cannot be cut%s"
                        .formatted(
                                Count.of(chunk.read(), "piece"),
                                millis,
                                chunk.origin().object(),
                                uncut.size(),
                                first));
        if (legacy.transport().equals("soap")) {
            Duration skew =
                    Duration.between(clock.instant(), chunk.origin().at().toInstant());
            note(
                    pull,
                    "clock",
                    skew.abs().compareTo(Duration.ofMinutes(1)) <= 0,
                    "its message says " + chunk.origin().at() + ", " + skew.toSeconds() + " s from ours");
        }
    }

    private void connection(Rehearsal rehearsal, LegacySystem legacy) throws SQLException {
        if (legacy.transport().equals("jdbc")) {
            try (Connection connection = rehearsal.database(system)) {
                Soundings soundings = new Soundings(connection, legacy, clock);
                soundings.database().forEach(one -> note("", one));
                for (Pull pull : legacy.pulls()) {
                    soundings.pull(pull).forEach(one -> note(pull.name(), one));
                    voice.doing("looking on at " + system + "." + pull.name() + " for " + watch);
                    Soundings.Sounding late = soundings.lateness(pull, watch);
                    if (late != null) {
                        note(pull.name(), late);
                    }
                }
                connection.rollback();
            }
        } else if (legacy.isOfFiles()) {
            try (Folder folder = rehearsal.folder(system)) {
                legacy.pulls().forEach(pull -> directories(folder, legacy, pull));
            }
        }
    }

    private void directories(Folder folder, LegacySystem legacy, Pull pull) {
        for (String setting : List.of("directory", "archive", "refused")) {
            String directory = pull.settings().getOrDefault(setting, "");
            boolean isThere = folder.exists(directory);
            note(pull, setting, isThere, directory + (isThere ? "" : " is not there; nothing was written to try"));
        }
        String directory = pull.settings().getOrDefault("directory", "");
        if (!folder.exists(directory)) {
            return;
        }
        String pattern = pull.settings().getOrDefault("pattern", "");
        List<Folder.Entry> waiting = folder.list(directory).stream()
                .filter(entry -> entry.isFile() && entry.name().matches(pattern))
                .toList();
        note(pull, "waiting", true, Count.of(waiting.size(), "file") + " of its pattern");
        waiting.stream().mapToLong(Folder.Entry::modified).max().ifPresent(newest -> {
            OffsetDateTime at =
                    Instant.ofEpochMilli(newest).atZone(legacy.zone()).toOffsetDateTime();
            boolean isAhead = at.toInstant().isAfter(clock.instant().plusSeconds(60));
            note(pull, "clock", !isAhead, "the newest file is of " + at + (isAhead ? ", which is ahead of ours" : ""));
        });
    }

    private void note(Pull pull, String what, boolean isWell, String found) {
        findings.add(new Finding(pull.name(), what, isWell, found));
    }

    private void note(String pull, Soundings.Sounding one) {
        findings.add(new Finding(pull, one.what(), one.isWell(), one.found()));
    }
}
