package isthmus.serve.records;

import io.swagger.v3.oas.annotations.Operation;
import isthmus.normalize.Identity;
import isthmus.security.Fingerprints;
import isthmus.security.seal.Blind;
import isthmus.security.seal.Opener;
import isthmus.security.seal.Wanted;
import isthmus.serve.Reads;
import isthmus.serve.Refused;
import isthmus.serve.Served;
import isthmus.serve.Sight;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/**
 * {@code /api/v1/customers/search}: customers by what nobody may write into an address. It is looked for by keyed hashes, so
 * that neither the store nor its logs ever see the value.
 */
@Served
final class FoundAddress {
    private static final int MOST = 50;
    private static final int LONGEST = 200;

    private final Reads reads;
    private final Opener opener;
    private final ObjectProvider<Blind> blind;
    private final ObjectProvider<Fingerprints> fingerprints;

    FoundAddress(Reads reads, Opener opener, ObjectProvider<Blind> blind, ObjectProvider<Fingerprints> fingerprints) {
        this.reads = reads;
        this.opener = opener;
        this.blind = blind;
        this.fingerprints = fingerprints;
    }

    /**
     * Whom to look for; all that is said must hold.
     *
     * @param contact a telephone number or an e-mail address
     * @param name the whole name
     * @param type of the number, {@code cnResidentId} for example
     * @param number of a person's papers
     */
    record Question(
            @Nullable String contact,
            @Nullable String name,
            @Nullable String type,
            @Nullable String number) {}

    @Operation(
            summary =
                    "Customers by telephone, e-mail, name or identity number, at most 50; asked by POST, so that no address holds what is looked for.")
    @PostMapping(
            path = "/api/v1/customers/search",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] search(@RequestBody Question question, HttpServletRequest request) {
        List<Long> tokens = tokens(question);
        if (tokens.isEmpty()) {
            throw Refused.parameter("contact", "or name, or type and number: something to look for");
        }
        Sight sight = Sight.of(request);
        return reads.once(connection -> found(connection, tokens, sight));
    }

    private List<Long> tokens(Question question) {
        Blind by = blind.getIfAvailable();
        if (by == null) {
            throw Refused.state("isthmus.seal.profile is none, and without it there is no index to look in");
        }
        List<Long> tokens = new ArrayList<>();
        if (given("contact", question.contact())) {
            tokens.add(Wanted.CONTACT.token(by, String.valueOf(question.contact())));
        }
        if (given("name", question.name())) {
            tokens.add(Wanted.NAME.token(by, String.valueOf(question.name())));
        }
        if (given("number", question.number())) {
            if (!given("type", question.type())) {
                throw Refused.parameter("type", "goes with number: cnResidentId, uscc, passport or other");
            }
            String type = String.valueOf(question.type());
            String number = Identity.normal(type, String.valueOf(question.number()));
            String hash = fingerprints.getObject().identifier(type, number);
            tokens.add(Wanted.NUMBER.token(by, hash));
        }
        return tokens;
    }

    private static boolean given(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return false;
        }
        if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw Refused.parameter(name, "at most " + LONGEST + " characters");
        }
        return true;
    }

    private byte[] found(Connection connection, List<Long> tokens, Sight sight) throws SQLException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8 * 1024);
        out.writeBytes("{\"items\":[".getBytes(StandardCharsets.UTF_8));
        try (PreparedStatement select = connection.prepareStatement("select " + StoredRecord.COLUMNS
                + " from record_customer where blind @> ? and not deleted order by id limit " + MOST)) {
            select.setArray(1, connection.createArrayOf("bigint", tokens.toArray()));
            try (ResultSet row = select.executeQuery()) {
                String before = "\n";
                while (row.next()) {
                    out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
                    StoredRecord.of(row).writeTo(out, opener, null, sight);
                    before = ",\n";
                }
            }
        }
        out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
