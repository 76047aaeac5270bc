package isthmus.serve.records;

import io.swagger.v3.oas.annotations.Operation;
import isthmus.model.Entities;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** {@code /api/v1/{entity}/{id}}: one record by its id, as it is. */
@Served
final class RecordAddress {
    private final Reads reads;

    RecordAddress(Reads reads) {
        this.reads = reads;
    }

    @Operation(summary = "One record by its id, with what is known of its origin; 304 when If-None-Match has its tag.")
    @GetMapping(path = "/api/v1/{entity}/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> one(
            @PathVariable String entity,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        StoredRecord record = find(known(entity), id).orElseThrow(() -> Refused.unknown("no such " + entity));
        if (record.deleted()) {
            throw Refused.deleted("deleted at its source at " + record.time());
        }
        if (record.isKnownAs(known)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .eTag(record.tag())
                    .build();
        }
        return ResponseEntity.ok().eTag(record.tag()).body(record.json());
    }

    private static String known(String entity) {
        if (!Entities.ALL.contains(entity)) {
            throw Refused.unknown("no such entity; there are " + String.join(", ", Entities.ALL));
        }
        return entity;
    }

    private Optional<StoredRecord> find(String entity, String id) {
        return reads.ask(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select " + StoredRecord.COLUMNS + " from record_" + entity + " where entity = ? and id = ?")) {
                select.setString(1, entity);
                select.setString(2, id);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(StoredRecord.of(row)) : Optional.empty();
                }
            }
        });
    }
}
