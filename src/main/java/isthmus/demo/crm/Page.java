package isthmus.demo.crm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Some consecutive rows and the token of those that follow, absent after the last. */
record Page(List<JsonNode> rows, @Nullable PageToken next) {
    private static final int LARGEST = 1_000;

    /** The page of the request; the first {@code repeats} boundaries of a walk repeat the row before them. */
    static Page of(Ledger ledger, Request request, int repeats) {
        int page = 1;
        int start;
        if (request.pageToken().isBlank()) {
            start = ledger.from(Ledger.Key.at(request.since()));
        } else {
            PageToken token = PageToken.parse(request.pageToken());
            page = token.page();
            start = Math.min(ledger.from(token.key()) + token.given(), ledger.size());
            if (page - 1 <= repeats && start > 0) {
                start--;
            }
        }
        int end = Math.min(start + Math.max(1, Math.min(request.pageSize(), LARGEST)), ledger.size());
        List<JsonNode> rows = IntStream.range(start, end).mapToObj(ledger::row).toList();
        return new Page(rows, end < ledger.size() ? after(ledger, end - 1, page + 1) : null);
    }

    private static PageToken after(Ledger ledger, int last, int page) {
        Ledger.Key key = ledger.key(last);
        return new PageToken(key, last - ledger.from(key) + 1, page);
    }
}
