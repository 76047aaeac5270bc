package isthmus.normalize;

import isthmus.catalog.Catalog;
import isthmus.catalog.Column;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.MappingReader;
import isthmus.catalog.MappingSpec;
import isthmus.catalog.Problems;
import isthmus.catalog.Pull;
import isthmus.security.Fingerprints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The three demo systems with the columns that their tables, files and messages have, and the real mappings. */
final class Islands {
    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    static final Fingerprints FINGERPRINTS = new Fingerprints(Base64.getEncoder()
            .encodeToString("isthmus-demo-hmac-key-not-for-production".getBytes(StandardCharsets.US_ASCII)));

    private Islands() {}

    static Normalizer normalizer() {
        return normalizer(SHANGHAI);
    }

    static Normalizer normalizer(ZoneId zone) {
        return Normalizer.compile(catalog(zone), FINGERPRINTS, Clock.fixed(NOW, ZoneId.of("UTC")));
    }

    static Catalog catalog(ZoneId zone) {
        Problems problems = new Problems();
        List<LegacySystem> systems = List.of(
                system("billing", "jdbc", billing(), zone, problems),
                system("metering", "sftp", metering(), zone, problems),
                system("crm", "soap", crm(), zone, problems));
        problems.throwIfAny();
        return new Catalog("yj", systems);
    }

    static Pull pull(String name) {
        return Stream.of(billing(), metering(), crm())
                .flatMap(List::stream)
                .filter(pull -> pull.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static LegacySystem system(
            String name, String transport, List<Pull> pulls, ZoneId zone, Problems problems) {
        Path folder = Path.of("routes", name);
        List<MappingSpec> mappings = MappingReader.read(name, folder, pulls, problems);
        Duration every = Duration.ofSeconds(30);
        return new LegacySystem(
                name, folder, transport, zone, StandardCharsets.UTF_8, every, Map.of(), pulls, mappings);
    }

    private static List<Pull> billing() {
        String points = "MP_NO PRC_CODE PRC_BGN FROM_DATE TO_DATE";
        String details = "DET_NO DET_TYPE TOU_CODE PRICE:6 TIER_NO FROM_KWH:2 TO_KWH:2";
        String lines = "LINE_NO KIND_CODE TOU_CODE TIER_NO QTY:4 UNIT_PRICE:6 AMT:2";
        return List.of(
                pull(
                        "account",
                        "customer account",
                        "CONS_NO",
                        "CONS_NO CONS_NAME! ELEC_ADDR! CONS_SORT_CODE ELEC_TYPE_CODE CONTRACT_CAP:6 RUN_CAP:6 STATUS_CODE ORG_NO"
                                + " MR_SECT_NO BILLING_DAY BUILD_DATE CANCEL_DATE PAY_CODE CTL_MODE OWN_AMT:2 POWEROFF_CODE"
                                + " LAST_UPDATED@",
                        Map.of("points", points)),
                pull(
                        "servicepoint",
                        "servicepoint",
                        "MP_NO",
                        "MP_NO CONS_NO MP_ADDR! TYPE_CODE MP_ATTR_CODE USAGE_CODE STATUS_CODE VOLT_CODE WIRING_MODE MEAS_MODE"
                                + " TG_ID TG_NAME LINE_ID MR_SECT_NO MR_SN PRC_CODE PRC_BGN FROM_DATE TO_DATE LAST_UPDATED@",
                        Map.of()),
                pull(
                        "tariff",
                        "tariff",
                        "PRC_CODE BGN_DATE",
                        "PRC_CODE BGN_DATE END_DATE PRC_NAME ELEC_TYPE_CODE VOLT_CODE TAX_FLAG TIER_WINDOW",
                        Map.of("details", details)),
                pull(
                        "bill",
                        "bill",
                        "CONS_NO RCVBL_YM SEQ_NO",
                        "CONS_NO RCVBL_YM SEQ_NO MP_NO PRC_CODE PRC_BGN BILL_KIND BGN_DATE END_DATE T_PQ:4 PEAK_PQ:4 VALLEY_PQ:4"
                                + " PRE_READ:2 CUR_READ:2 T_FACTOR:2 NET_AMT TAX_AMT RCVBL_PENALTY RCVBL_AMT RCVED_AMT OWE_AMT"
                                + " RELEASE_TIME DUE_DATE SETTLE_FLAG LAST_UPDATED@",
                        Map.of("lines", lines)),
                pull(
                        "payment",
                        "payment",
                        "PAY_ID",
                        "PAY_ID CONS_NO RCVBL_YM SEQ_NO PAY_AMT CHANNEL TENDER PAY_TIME VALUE_DATE BANK_SERIAL STATUS_CODE"
                                + " REV_PAY_ID LAST_UPDATED@",
                        Map.of()));
    }

    private static List<Pull> metering() {
        String points = IntStream.rangeClosed(1, 96).mapToObj(i -> "E" + i).collect(Collectors.joining(" "));
        return List.of(
                pull(
                        "curve",
                        "intervalblock",
                        "ASSET_NO DATA_DATE",
                        "ASSET_NO MP_NO DATA_DATE DATA_TYPE DATA_FLAG WHOLE_FLAG " + points + " SUM",
                        Map.of()),
                pull(
                        "reading",
                        "registerreading",
                        "ASSET_NO DATA_TIME",
                        "ASSET_NO MP_NO DATA_TIME REASON SOURCE P_TOTAL P_PEAK P_VALLEY T_FACTOR",
                        Map.of()),
                pull(
                        "meter",
                        "servicepoint meter",
                        "ASSET_NO",
                        "ASSET_NO COMM_ADDR MP_NO MP_ADDR! TG_ID TG_NAME LINE_ID CONN_CODE INST_TIME CT PT FACTOR DIGITS STATUS_CODE"
                                + " MANUFACTURER",
                        Map.of()));
    }

    private static List<Pull> crm() {
        return List.of(
                pull(
                        "customer",
                        "customer",
                        "customerNo",
                        "customerNo name! customerType idType idNo! mobile! phone! email! address! segmentCode status changeTime@"
                                + " createDate consNo deleted",
                        Map.of("consents", "purpose granted time@")),
                pull(
                        "servicerequest",
                        "servicerequest",
                        "orderNo",
                        "orderNo customerNo consNo mpNo type channel subject! text! openTime@ dueTime@ closeTime@ status priority"
                                + " satisfaction changeTime@",
                        Map.of()));
    }

    private static Pull pull(String name, String entities, String key, String columns, Map<String, String> children) {
        Map<String, List<Column>> tables = new LinkedHashMap<>();
        children.forEach((child, contract) -> tables.put(child, columns(contract)));
        return new Pull(
                name, List.of(entities.split(" ")), List.of(key.split(" ")), null, columns(columns), tables, Map.of());
    }

    /** Reads names, with {@code :scale} for decimals, {@code @} for times and {@code !} for what is classified. */
    private static List<Column> columns(String contract) {
        List<Column> columns = new ArrayList<>();
        for (String word : contract.split(" ")) {
            String name = word.replaceAll("[:@!].*", "");
            boolean decimal = word.contains(":");
            String type = decimal ? "decimal" : word.endsWith("@") ? "time" : "text";
            int scale = decimal ? Integer.parseInt(word.substring(word.indexOf(':') + 1)) : 0;
            columns.add(new Column(name, type, scale, word.endsWith("!")));
        }
        return columns;
    }
}
