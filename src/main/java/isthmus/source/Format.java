package isthmus.source;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a file holds records; what differs between two files of one format is said by the settings of their pull. */
interface Format {

    /** Reads the whole file once, from end to end, and refuses it as a whole unless it is sound and complete. */
    Sound check(Path file) throws Refused, IOException;

    /**
     * The records of a sound file.
     *
     * @param name what locators begin with
     * @param done the ordinal of the last record that is committed already; 0 when none is
     */
    Records read(Path file, Sound sound, String name, long done) throws Refused, IOException;

    /** Cuts the bytes that were kept of one record again. */
    Piece again(byte[] bytes, long ordinal, String locator);

    /**
     * What a sound file says of itself.
     *
     * @param businessTime null when it names none
     * @param end the ordinal that is reached when all of it is done
     * @param notes what is odd about it, yet no reason to refuse it
     * @param names the column names that it begins with; empty when it holds none
     */
    record Sound(@Nullable OffsetDateTime businessTime, long end, List<Reason> notes, List<String> names) {
        Sound(@Nullable OffsetDateTime businessTime, long end, List<Reason> notes) {
            this(businessTime, end, notes, List.of());
        }
    }

    /** The reader that the pull's {@code format} names; without one, framed lines of delimited fields. */
    static Format of(LegacySystem system, Pull pull) {
        return switch (pull.settings().getOrDefault("format", "delimited")) {
            case "delimited" -> new Delimited(pull, system.charset(), system.zone());
            case "nem12" -> new Nem(pull, system.charset(), system.zone(), "NEM12");
            case "nem13" -> new Nem(pull, system.charset(), system.zone(), "NEM13");
            case "xml" -> new Tree(system, pull, true);
            case "json" -> new Tree(system, pull, false);
            case "jsonl" -> new JsonLines(pull, system.charset());
            case "espi" -> new Espi(pull, system.zone());
            case "mscons" -> new Mscons(pull, system.charset(), system.zone());
            case "fixed" -> new FixedWidth(pull, system.charset());
            case "xlsx" -> new Workbook(pull);
            default -> throw new IllegalArgumentException("the catalog knows no format of pull " + pull.name());
        };
    }
}
