package isthmus.flow;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.contract.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures a legacy database before it is pulled from: its clock, its rights, its indexes, and how late its rows commit. */
public final class Soundings {
    private static final Pattern TABLE = Pattern.compile("(?i)\\bfrom\\s+([A-Za-z0-9_.\"`]+)");
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final int MOST_ROWS = 200_000;

    private final Connection connection;
    private final LegacySystem system;
    private final Clock clock;
    private final String product;

    public Soundings(Connection connection, LegacySystem system, Clock clock) throws SQLException {
        this.connection = connection;
        this.system = system;
        this.clock = clock;
        this.product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    }

    /**
     * One thing that was measured.
     *
     * @param isWell false when somebody should look at it
     */
    public record Sounding(String what, boolean isWell, String found) {}

    /** What concerns the whole database. */
    public List<Sounding> database() throws SQLException {
        List<Sounding> soundings = new ArrayList<>();
        Instant before = clock.instant();
        LocalDateTime theirs = now();
        Instant ours = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
        soundings.add(skew(theirs, ours, system.zone()));
        if (isMaria()) {
            soundings.add(told("server zone", "select concat(@@session.time_zone, ' (', @@system_time_zone, ')')"));
            soundings.add(charset("select @@character_set_database"));
        } else if (product.contains("postgresql")) {
            soundings.add(told("server zone", "select current_setting('TimeZone')"));
            soundings.add(charset("select current_setting('server_encoding')"));
        }
        soundings.add(rights());
        return soundings;
    }

    private boolean isMaria() {
        return product.contains("mariadb") || product.contains("mysql");
    }

    private LocalDateTime now() throws SQLException {
        String question = isMaria()
                ? "select now(6)"
                : "select localtimestamp" + (product.contains("oracle") ? " from dual" : "");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getObject(1, LocalDateTime.class);
        }
    }

    static Sounding skew(LocalDateTime theirs, Instant ours, ZoneId zone) {
        Duration skew = Duration.between(ours, theirs.atZone(zone).toInstant());
        String said = "its now() is " + theirs.withNano(0) + ", " + words(skew.abs())
                + (skew.isNegative() ? " behind" : " ahead of") + " ours when read in " + zone;
        boolean isZone = skew.abs().compareTo(Duration.ofMinutes(20)) > 0;
        return new Sounding(
                "clock", skew.abs().compareTo(Duration.ofSeconds(5)) <= 0, said + (isZone ? "; is zone: right?" : ""));
    }

    private Sounding told(String what, String question) throws SQLException {
        return new Sounding(what, true, ask(question));
    }

    private String ask(String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    private Sounding charset(String question) throws SQLException {
        String theirs = ask(question);
        String plain = theirs.toLowerCase(Locale.ROOT).replaceAll("mb[34]$|[^a-z0-9]", "");
        boolean isSame = Stream.concat(Stream.of(system.charset().name()), system.charset().aliases().stream())
                .anyMatch(name -> name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]", "")
                        .equals(plain));
        return new Sounding(
                "charset",
                isSame,
                "it stores " + theirs + ", system.yaml says " + system.charset().name());
    }

    private Sounding rights() throws SQLException {
        if (!isMaria()) {
            boolean isReadOnly = connection.isReadOnly();
            return new Sounding("rights", isReadOnly, "the connection is read-only: " + isReadOnly);
        }
        Set<String> more = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show grants")) {
            while (rows.next()) {
                Matcher grant = Pattern.compile("(?i)grant (.+?) on ").matcher(rows.getString(1));
                if (grant.find()) {
                    more.addAll(List.of(grant.group(1).split(",\\s*")));
                }
            }
        } catch (SQLException silent) {
            // A server without a table of grants has nothing to tell, and nothing to protect.
            return new Sounding("rights", true, "the server does not tell: error " + silent.getErrorCode());
        }
        more.removeAll(Set.of("SELECT", "USAGE", "SHOW VIEW"));
        return new Sounding(
                "rights",
                more.isEmpty(),
                more.isEmpty() ? "it may read, and no more" : "it may also " + String.join(", ", more));
    }

    /** What concerns one pull: its table's key and cursor. */
    public List<Sounding> pull(Pull pull) throws SQLException {
        Matcher named = TABLE.matcher(query(pull));
        if (!named.find()) {
            return List.of();
        }
        String table = named.group(1).replaceAll("[\"`]", "").replaceAll("^.*\\.", "");
        Tables.Found found = new Tables(connection).find(table);
        if (found == null) {
            return List.of(new Sounding("table", false, "no table " + table + " in this schema"));
        }
        List<Sounding> soundings = new ArrayList<>();
        boolean isUnique = found.unique().stream().anyMatch(index -> pull.key().containsAll(index));
        soundings.add(new Sounding(
                "key",
                isUnique,
                pull.key() + (isUnique ? " is unique in " : " is held unique by no index of ") + table));
        Pull.Cursor cursor = pull.cursor();
        if (cursor != null) {
            boolean isIndexed = found.indexed().contains(cursor.time());
            soundings.add(new Sounding(
                    "cursor",
                    isIndexed,
                    cursor.time()
                            + (isIndexed ? " is indexed" : " begins no index: every poll reads the whole table")));
        }
        return soundings;
    }

    private static String query(Pull pull) {
        return pull.question().replaceAll("--.*", "");
    }

    /** Looks on for a while and tells how long after its change time a row could first be seen. */
    public @Nullable Sounding lateness(Pull pull, Duration watch) throws SQLException {
        Pull.Cursor cursor = pull.cursor();
        if (cursor == null) {
            return null;
        }
        LocalDateTime from = now().minus(cursor.overlap()).minus(watch);
        Set<List<String>> seen = new HashSet<>();
        Duration latest = Duration.ZERO;
        long came = -1;
        Instant end = clock.instant().plus(watch);
        do {
            LocalDateTime asked = now();
            boolean isFirst = came < 0;
            came = Math.max(came, 0);
            for (List<String> row : rows(pull, from)) {
                if (seen.add(row) && !isFirst) {
                    came++;
                    Duration late = late(row.get(row.size() - 1), asked);
                    latest = late.compareTo(latest) > 0 ? late : latest;
                }
            }
            connection.rollback();
        } while (clock.instant().isBefore(end) && seen.size() < MOST_ROWS && Backoff.sleep(POLL));
        if (came == 0) {
            String said = "no row changed in the %s that was looked on; nothing measured, overlap stays %s";
            return new Sounding("lateness", true, said.formatted(words(watch), cursor.overlap()));
        }
        Duration advised = Duration.ofMinutes(latest.multipliedBy(2).toMinutes() + 1);
        advised = advised.compareTo(LEAST) < 0 ? LEAST : advised;
        String said =
                "%d rows came in %s of looking every %d ms; the latest was seen %s after its %s; overlap at least %s, it is %s";
        return new Sounding(
                "lateness",
                cursor.overlap().compareTo(advised) >= 0,
                said.formatted(
                        came, words(watch), POLL.toMillis(), words(latest), cursor.time(), advised, cursor.overlap()));
    }

    private List<List<String>> rows(Pull pull, LocalDateTime from) throws SQLException {
        List<List<String>> keys = new ArrayList<>();
        Pull.Cursor cursor = java.util.Objects.requireNonNull(pull.cursor());
        try (PreparedStatement question =
                connection.prepareStatement(query(pull).replace(":?from", "?"))) {
            question.setString(1, from.withNano(0).toString().replace('T', ' '));
            question.setMaxRows(MOST_ROWS);
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    List<String> row = new ArrayList<>();
                    for (String column : pull.key()) {
                        row.add(String.valueOf(rows.getString(column)));
                    }
                    row.add(String.valueOf(rows.getString(cursor.time())));
                    keys.add(row);
                }
            }
        }
        return keys;
    }

    private static Duration late(String time, LocalDateTime seen) {
        try {
            Duration late = Duration.between(LocalDateTime.parse(time.strip().replace(' ', 'T')), seen);
            return late.isNegative() ? Duration.ZERO : late;
        } catch (DateTimeException notATime) {
            return Duration.ZERO;
        }
    }

    private static String words(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return "%d.%03d s".formatted(duration.toSeconds(), duration.toMillisPart());
        }
        return duration.toHours() > 1
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min";
    }
}
