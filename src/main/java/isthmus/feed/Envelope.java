package isthmus.feed;

import isthmus.store.ChangeLog.Change;
import isthmus.store.ChangeLog.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes as CloudEvents 1.0, in structured JSON or as headers and data (model.md 3). Everything in an event is stored, so telling it again
 * gives the same bytes. Not for several threads.
 */
final class Envelope {
    private static final Set<String> CONFIDENTIAL =
            Set.of("customer", "account", "servicepoint", "bill", "payment", "servicerequest");
    private static final Set<String> PUBLIC = Set.of("tariff");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

    private final MessageDigest sha256 = digest();
    private byte[] buffer = new byte[1 << 13];
    private int size;
    private @Nullable OffsetDateTime lastTime;
    private String lastTimeText = "";
    private @Nullable Instant lastRecorded;
    private String lastRecordedText = "";

    byte[] write(Entry entry, Change change) {
        size = 0;
        raw("{\"specversion\":\"1.0\",\"id\":\"").raw(id(change));
        raw("\",\"source\":\"").text(source(change.id()));
        raw("\",\"type\":\"org.isthmus.").raw(change.entity()).raw(".").raw(change.op());
        raw(".v1\",\"subject\":\"").text(change.id());
        raw("\",\"time\":\"").raw(time(change.time()));
        raw("\",\"recordedtime\":\"").raw(recorded(entry.recordedAt()));
        raw("\",\"datacontenttype\":\"application/json\",\"dataschema\":\"https://isthmus.example/schema/v1/");
        raw(change.entity()).raw(".json\",\"sequence\":\"").text(change.sequence());
        raw("\",\"partitionkey\":\"").text(change.partitionKey());
        raw("\",\"contenthash\":\"").text(change.contentHash());
        raw("\",\"dataclassification\":\"").raw(classification(change.entity())).raw("\"");
        if (!PUBLIC.contains(change.entity())) {
            raw(",\"dataregulation\":\"PIPL\"");
        }
        raw(",\"data\":");
        body(entry, change);
        raw("}");
        return Arrays.copyOf(buffer, size);
    }

    /** Binary mode: the data alone; {@link #attributes} has the rest. */
    byte[] data(Entry entry, Change change) {
        size = 0;
        body(entry, change);
        return Arrays.copyOf(buffer, size);
    }

    /** Binary mode: the attributes as headers, by the CloudEvents binding for Kafka. */
    Headers attributes(Entry entry, Change change) {
        Headers headers = new RecordHeaders();
        header(headers, "content-type", "application/json");
        header(headers, "ce_specversion", "1.0");
        header(headers, "ce_id", id(change));
        header(headers, "ce_source", source(change.id()));
        header(headers, "ce_type", "org.isthmus." + change.entity() + "." + change.op() + ".v1");
        header(headers, "ce_subject", change.id());
        header(headers, "ce_time", time(change.time()));
        header(headers, "ce_recordedtime", recorded(entry.recordedAt()));
        header(headers, "ce_dataschema", "https://isthmus.example/schema/v1/" + change.entity() + ".json");
        header(headers, "ce_sequence", change.sequence());
        header(headers, "ce_partitionkey", change.partitionKey());
        header(headers, "ce_contenthash", change.contentHash());
        header(headers, "ce_dataclassification", classification(change.entity()));
        if (!PUBLIC.contains(change.entity())) {
            header(headers, "ce_dataregulation", "PIPL");
        }
        return headers;
    }

    private static void header(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private void body(Entry entry, Change change) {
        raw("{\"meta\":{\"run\":").raw(Long.toString(entry.run()));
        raw(",\"chunk\":").raw(Long.toString(entry.chunk()));
        raw(",\"ordinal\":").raw(Integer.toString(change.ordinal()));
        mapping(change.mapping());
        raw(",\"quality\":");
        byte[] quality = change.quality();
        if (quality == null) {
            raw("[]");
        } else {
            bytes(quality);
        }
        raw("},\"record\":").bytes(change.body()).raw("}");
    }

    /** Equal for a resend, different for everything else (model.md 3.1). */
    String id(Change change) {
        String text = change.id() + '\n' + change.op() + '\n' + change.sequence() + '\n' + change.contentHash();
        return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    private static String source(String subject) {
        int end = subject.indexOf(':');
        for (int i = 0; i < 3; i++) {
            end = subject.indexOf(':', end + 1);
        }
        return subject.substring(0, end);
    }

    private static String classification(String entity) {
        if (PUBLIC.contains(entity)) {
            return "public";
        }
        return CONFIDENTIAL.contains(entity) ? "confidential" : "internal";
    }

    private void mapping(String mapping) {
        int at = mapping.lastIndexOf('@');
        raw(",\"mapping\":{\"id\":\"").text(at < 0 ? mapping : mapping.substring(0, at));
        raw("\",\"version\":\"").text(at < 0 ? "" : mapping.substring(at + 1)).raw("\"}");
    }

    private String recorded(Instant at) {
        if (!at.equals(lastRecorded)) {
            lastRecorded = at;
            lastRecordedText = MILLIS.format(at.atOffset(ZoneOffset.UTC));
        }
        return lastRecordedText;
    }

    private String time(OffsetDateTime time) {
        if (!time.equals(lastTime)) {
            lastTime = time;
            lastTimeText = (time.getNano() / 1_000_000 == 0 ? SECONDS : MILLIS).format(time);
        }
        return lastTimeText;
    }

    private Envelope text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                raw(c < 0x20 ? String.format("\\u%04x", (int) c) : "\\" + c);
            } else if (c < 0x80) {
                ensure(1);
                buffer[size++] = (byte) c;
            } else {
                int end = text.offsetByCodePoints(i, 1);
                bytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        return this;
    }

    private Envelope raw(String ascii) {
        ensure(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            buffer[size++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    private Envelope bytes(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    private void ensure(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
