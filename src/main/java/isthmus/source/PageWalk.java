package isthmus.source;

import isthmus.catalog.Pull;
import isthmus.model.Chunk;
import isthmus.model.Position;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * Walks over the pages of a changed-since operation: says what to ask next, reads the answer, goes on until there is no
 * further page. One page is one chunk.
 */
public final class PageWalk {
    private static final LocalDateTime BEGINNING = LocalDateTime.of(1970, 1, 1, 0, 0);

    private final Extraction extraction;
    private final Watermark watermark;
    private final String since;
    private final Set<String> tokens = new HashSet<>();
    private @Nullable String token;
    private Set<String> others = Set.of();
    private boolean isOver;

    public PageWalk(Extraction extraction, Optional<Position> last) {
        this.extraction = extraction;
        watermark = new Watermark(
                last,
                extraction.system().zone(),
                extraction.start().toLocalDateTime().plusDays(1));
        since = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(watermark
                .from(cursor().overlap())
                .map(from -> from.truncatedTo(ChronoUnit.SECONDS))
                .orElse(BEGINNING));
    }

    private Pull.Cursor cursor() {
        Pull.Cursor cursor = extraction.pull().cursor();
        if (cursor == null) {
            throw new IllegalStateException("the catalog lets no page walk without a cursor pass");
        }
        return cursor;
    }

    public boolean hasNext() {
        return !isOver;
    }

    /** The names of elements in the records of the last page that nobody reads. */
    public Set<String> others() {
        return others;
    }

    /** The payload that asks for the next page: {@code <pull>.request.xml} with its placeholders filled in. */
    public Document request() {
        if (isOver) {
            throw new NoSuchElementException();
        }
        Map<String, String> values =
                token == null ? Map.of("since", since) : Map.of("since", since, "pageToken", token);
        return RequestTemplate.fill(extraction.pull().question(), values);
    }

    /**
     * Reads the answer to {@link #request}.
     *
     * @param envelope the bytes of the answer as they came
     * @throws SourceAway when they are no whole answer
     */
    public Chunk read(byte[] envelope) {
        SoapPage page = SoapPage.read(extraction, envelope);
        page.changeTimes().forEach(time -> watermark.see(time, List.of()));
        others = page.others();
        String next = page.nextToken();
        if (next != null && !tokens.add(next)) {
            throw new SourceAway(extraction.pull().name() + " gives the same page token twice", null);
        }
        token = next;
        isOver = next == null;
        String value = watermark.value();
        return page.chunk(envelope, value == null ? null : extraction.position(value));
    }
}
