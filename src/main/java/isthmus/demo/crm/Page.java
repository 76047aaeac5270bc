package isthmus.demo.crm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Some consecutive rows and the token of those that follow, absent after the last. */
record Page(List<JsonNode> rows, @Nullable PageToken next) {
    private static final int LARGEST = 1_000;

    static Page of(Ledger ledger, Request request) {
        int start;
        if (request.pageToken().isBlank()) {
            start = ledger.from(Ledger.Key.at(request.since()));
        } else {
            PageToken token = PageToken.parse(request.pageToken());
            start = Math.min(ledger.from(token.key()) + token.given(), ledger.size());
        }
        int end = Math.min(start + Math.max(1, Math.min(request.pageSize(), LARGEST)), ledger.size());
        List<JsonNode> rows = IntStream.range(start, end).mapToObj(ledger::row).toList();
        return new Page(rows, end < ledger.size() ? after(ledger, end - 1) : null);
    }

    private static PageToken after(Ledger ledger, int last) {
        Ledger.Key key = ledger.key(last);
        return new PageToken(key, last - ledger.from(key) + 1);
    }
}
