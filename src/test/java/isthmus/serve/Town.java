package isthmus.serve;

import isthmus.model.Canon;
import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A made-up town, known to three systems, of which each knows accounts and points by the same numbers. */
public final class Town {
    private final Store store;

    public Town(Store store) {
        this.store = store;
    }

    public static String id(String silo, String entity, String key) {
        return "urn:isthmus:yj:" + silo + ":" + entity + ":" + key;
    }

    /** An account with one point, its meter, bills and payments of as many months, and a customer of each system. */
    public void household(int n, int months) {
        String no = "31%08d".formatted(n);
        String point = "MP" + no;
        customer("billing", "acct-" + no, Map.of());
        customer("crm", "C" + n, Map.of("yj.consNo", no));
        account(no, "2020-01-01", null, point);
        point("billing", point, "Asia/Shanghai");
        point("metering", point, "Asia/Shanghai");
        meter("M" + no, "0000" + no, point);
        for (int month = 1; month <= months; month++) {
            bill(no, LocalDate.of(2025, 1, 1).plusMonths(month - 1), "1" + month + ".00");
            payment("P" + no + "-" + month, no, LocalDate.of(2025, 2, 10).plusMonths(month - 1));
        }
    }

    /** Every record of household 1 as often again, under other numbers, and the statistics that go with them. */
    public void grow(int households) {
        store.sql.sql("""
                        insert into record (entity, id, silo, sequence, deleted, contenthash, keyhash, rowhash, time,
                            partitionkey, valid_from, valid_to, recorded_from, chunk, ordinal, mapping, body)
                        select entity, replace(regexp_replace(id, ':C1$', ':C3100000001'), '3100000001', n::text), silo,
                            sequence, deleted, contenthash, keyhash, rowhash, time,
                            replace(partitionkey, '3100000001', n::text), valid_from, valid_to,
                            recorded_from + make_interval(secs => n), chunk, ordinal, mapping,
                            replace(body::text, '3100000001', n::text)::json
                        from record, generate_series(2, ?) n""").param(households).update();
        store.sql.sql("vacuum analyze").update();
    }

    /** A record so many times more, under ids that go on behind its own. */
    public void multiply(String id, int times) {
        store.sql.sql("""
                        insert into record (entity, id, silo, sequence, deleted, contenthash, keyhash, rowhash, time,
                            partitionkey, valid_from, valid_to, recorded_from, chunk, ordinal, mapping, body)
                        select entity, id || '-' || n, silo, sequence, deleted, contenthash, keyhash, rowhash, time,
                            partitionkey, valid_from, valid_to, recorded_from, chunk, ordinal, mapping, body
                        from record, generate_series(1, ?) n where id = ?""").param(times).param(id).update();
    }

    public void customer(String silo, String key, Map<String, ?> ext) {
        String id = id(silo, "customer", key);
        put(silo, "customer", key, id, null, null, Map.of("kind", "person", "status", "active", "ext", ext));
    }

    public void account(String no, String from, @Nullable String to, String... points) {
        Map<String, Object> body = new TreeMap<>();
        body.put("accountNo", no);
        body.put("customer", id("billing", "customer", "acct-" + no));
        body.put("status", "active");
        body.put(
                "servicePoints",
                Arrays.stream(points)
                        .map(point -> Map.of("servicePoint", id("billing", "servicepoint", point)))
                        .toList());
        LocalDate until = to == null ? null : LocalDate.parse(to);
        put("billing", "account", no, id("billing", "account", no), LocalDate.parse(from), until, body);
    }

    public void point(String silo, String no, String zone) {
        String id = id(silo, "servicepoint", no);
        put(silo, "servicepoint", no, id, null, null, Map.of("servicePointNo", no, "timeZone", zone));
    }

    public void meter(String asset, String address, String point, String... before) {
        List<Object> installed = new ArrayList<>();
        for (String one : before) {
            installed.add(Map.of("servicePoint", id("metering", "servicepoint", one)));
        }
        String at = id("metering", "servicepoint", point);
        put(
                "metering",
                "meter",
                asset,
                at,
                null,
                null,
                Map.of("assetNo", asset, "commAddress", address, "servicePoint", at, "installations", installed));
    }

    public void bill(String account, LocalDate from, String total) {
        String of = id("billing", "account", account);
        String key = account + "/" + from.toString().substring(0, 7).replace("-", "") + "/1";
        put(
                "billing",
                "bill",
                key,
                of,
                from,
                from.plusMonths(1),
                Map.of("account", of, "amounts", Map.of("total", total, "tax", "0.50"), "status", "issued"));
    }

    public void payment(String no, String account, LocalDate paid) {
        String of = id("billing", "account", account);
        put(
                "billing",
                "payment",
                no,
                of,
                null,
                null,
                Map.of("account", of, "amount", "1.00", "paidAt", paid + "T09:30:00+08:00"));
    }

    /** A request of customer service; what it refers to are ids of its own system. */
    public void request(String no, String status, Map<String, String> refers) {
        Map<String, Object> body = new TreeMap<>(Map.of("status", status, "openedAt", "2026-11-02T09:30:00+08:00"));
        refers.forEach((field, key) -> body.put(field, id("crm", field.toLowerCase(Locale.ROOT), key)));
        String id = id("crm", "servicerequest", no);
        put("crm", "servicerequest", no, id, null, null, body);
    }

    public void reading(String meter, String point, LocalDate day) {
        String of = id("metering", "servicepoint", point);
        put(
                "metering",
                "registerreading",
                meter + "/" + day + "/raw",
                of,
                null,
                null,
                Map.of("servicePoint", of, "readAt", day + "T00:00:00+08:00"));
    }

    /**
     * A day of an hourly meter, in hundredths.
     *
     * @param quality runs, {@code at,n,flag}
     */
    public void block(
            String meter, String point, LocalDate day, ZoneId zone, List<@Nullable Integer> values, String... quality) {
        blockOf("metering", meter, point, day, zone, values, quality);
    }

    /** The same of any system. */
    public void blockOf(
            String silo,
            String meter,
            String point,
            LocalDate day,
            ZoneId zone,
            List<@Nullable Integer> values,
            String... quality) {
        String of = id(silo, "servicepoint", point);
        Map<String, Object> body = new TreeMap<>();
        body.put("servicePoint", of);
        body.put("meter", id(silo, "meter", meter));
        body.put("series", "raw");
        body.put("readingType", Map.of("quantity", "activeEnergy", "flow", "delivered", "accumulation", "delta"));
        body.put("unit", "kWh");
        body.put("scale", -2);
        body.put("start", day.atStartOfDay(zone).toOffsetDateTime() + "");
        body.put("localDate", day.toString());
        body.put("intervalLength", "PT1H");
        body.put("expected", values.size());
        body.put("values", values);
        body.put("multiplierApplied", "1");
        body.put("defaultQuality", "actual");
        List<Object> runs = new ArrayList<>();
        for (String run : quality) {
            String[] parts = run.split(",");
            runs.add(Map.of("at", Integer.parseInt(parts[0]), "n", Integer.parseInt(parts[1]), "flag", parts[2]));
        }
        body.put("quality", runs);
        put(silo, "intervalblock", meter + "/kwh/" + day + "/raw", of, day, day.plusDays(1), body);
    }

    public void put(
            String silo,
            String entity,
            String key,
            String aggregate,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Map<String, ?> body) {
        Map<String, Object> whole = new TreeMap<>(body);
        whole.put("id", id(silo, entity, key));
        write(entity, id(silo, entity, key), Op.UPSERT, 1, aggregate, from, to, whole);
    }

    public void delete(String silo, String entity, String key) {
        String id = id(silo, entity, key);
        write(entity, id, Op.DELETE, 2, id, null, null, Map.of("id", id));
    }

    private void write(
            String entity,
            String id,
            Op op,
            int version,
            String aggregate,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Map<String, ?> body) {
        byte[] bytes = Canon.bytes(body);
        String text = new String(bytes, StandardCharsets.UTF_8);
        store.chunks.commit(Cargo.chunk(
                1,
                new Fact(
                        id,
                        entity,
                        op,
                        Cargo.sequence(version),
                        Cargo.TIME,
                        aggregate,
                        bytes,
                        Cargo.hash(bytes),
                        Cargo.md5(id),
                        Cargo.md5(text),
                        List.of(),
                        List.of(),
                        from,
                        to,
                        null,
                        null)));
    }
}
