package isthmus.crosscheck;

import isthmus.model.CsvCell;
import java.math.BigDecimal;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The work list for a spreadsheet. What people have said about a break is left out: it may name somebody. */
final class BreaksCsv {
    private final Consumer<String> to;

    /** @param to takes the text piece by piece, the header at once */
    BreaksCsv(Consumer<String> to) {
        this.to = to;
        line(
                "id",
                "check",
                "subject",
                "cause",
                "severity",
                "owner",
                "state",
                "kwh",
                "money",
                "first_seen",
                "opened",
                "last_seen",
                "suppressed_until");
    }

    void add(Break one) {
        line(
                Long.toString(one.id()),
                one.code(),
                one.subject(),
                one.cause(),
                one.severity(),
                one.owner(),
                one.state().word(),
                plain(one.kwh()),
                plain(one.money()),
                one.firstSeen().toString(),
                one.opened().toString(),
                one.lastSeen().toString(),
                one.until() == null ? "" : one.until().toString());
    }

    private void line(String... cells) {
        to.accept(Stream.of(cells).map(CsvCell::of).collect(Collectors.joining(",", "", "\r\n")));
    }

    private static String plain(@Nullable BigDecimal amount) {
        return amount == null ? "" : amount.toPlainString();
    }
}
