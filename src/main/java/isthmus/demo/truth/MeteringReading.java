package isthmus.demo.truth;

import static isthmus.demo.truth.Words.need;
import static isthmus.demo.truth.Words.urn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Service points, meters and register readings, read from the lines of the metering files. */
final class MeteringReading {
    static final String SILO = "metering";
    private static final Codes CONNECTIONS = Codes.of("1 connected,2 logicallyDisconnected,3 physicallyDisconnected");
    private static final Codes METER_STATUS = Codes.of("1 inStock,2 installed,3 removed,4 scrapped");
    private static final Codes REASONS =
            Codes.of("1 scheduled,2 dailyFreeze,3 monthlyFreeze,4 install,5 remove,6 onDemand,7 check");
    private static final Codes SOURCES = Codes.of("1 remote,2 handheld,3 customer,4 estimate,5 manual");

    private MeteringReading() {}

    static Said servicePoint(Row row) {
        String id = urn(SILO, "servicepoint", Words.key(row.get("MP_NO"), "MP_NO"));
        String connection = CONNECTIONS.say(row.get("CONN_CODE"));
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        body.put("servicePointNo", Words.trimmed(row.get("MP_NO")));
        body.put("kind", "customer");
        body.put("usage", "settlement");
        body.put("role", "consumption");
        body.put("address", BillingReading.address(row.get("MP_ADDR")));
        body.put("timeZone", "Asia/Shanghai");
        body.put("transformerArea", BillingReading.transformer(row));
        body.put("feeder", Words.text(row.get("LINE_ID"), "feeder"));
        body.put("connection", connection == null || connection.equals("other") ? "unknown" : connection);
        body.put("status", "inUse");
        return Said.of(id, body);
    }

    static Said meter(Row row) {
        String id = urn(SILO, "meter", Words.key(row.get("ASSET_NO"), "ASSET_NO"));
        String point = urn(SILO, "servicepoint", Words.key(row.get("MP_NO"), "servicePoint"));
        String multiplier = factor(row, "FACTOR");
        Map<String, Object> installation = new TreeMap<>();
        installation.put("servicePoint", point);
        installation.put("from", need(Times.time(row.get("INST_TIME"), "from"), "from"));
        installation.put("to", null);
        installation.put("multiplier", multiplier);
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        body.put("assetNo", Words.trimmed(row.get("ASSET_NO")));
        body.put("commAddress", Words.text(row.get("COMM_ADDR"), "commAddress"));
        body.put("servicePoint", point);
        body.put("installations", List.of(installation));
        body.put("ctRatio", factor(row, "CT"));
        body.put("ptRatio", factor(row, "PT"));
        body.put("multiplier", multiplier);
        body.put("registers", registers(Numbers.integer(row.get("DIGITS"), "digits")));
        body.put("intervalLength", "PT15M");
        body.put("status", METER_STATUS.need(row.get("STATUS_CODE"), "status"));
        body.put("manufacturer", Words.text(row.get("MANUFACTURER"), "manufacturer"));
        return Said.of(id, body, point);
    }

    private static String factor(Row row, String column) {
        return need(Numbers.factor(row.get(column), column), column);
    }

    private static List<Object> registers(@Nullable Long digits) {
        List<Object> registers = new ArrayList<>();
        for (String code : List.of("total", "peak", "valley")) {
            Map<String, Object> register = new TreeMap<>();
            register.put("code", code);
            register.put("flow", "delivered");
            register.put("digits", digits);
            register.put("decimals", 2);
            registers.add(register);
        }
        return registers;
    }

    static Said reading(Row row) {
        String asset = Words.key(row.get("ASSET_NO"), "ASSET_NO");
        String readAt = need(Times.time(row.get("DATA_TIME"), "readAt"), "readAt");
        String id = urn(SILO, "registerreading", asset + "/" + readAt + "/raw");
        String point = urn(SILO, "servicepoint", Words.key(row.get("MP_NO"), "servicePoint"));
        String meter = urn(SILO, "meter", asset);
        List<Object> registers = new ArrayList<>();
        registers.add(register("total", need(Numbers.decimal(row.get("P_TOTAL"), "total"), "total")));
        String peak = Numbers.decimal(row.get("P_PEAK"), "peak");
        if (peak != null) {
            registers.add(register("peak", peak));
        }
        String valley = Numbers.decimal(row.get("P_VALLEY"), "valley");
        if (valley != null) {
            registers.add(register("valley", valley));
        }
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        body.put("servicePoint", point);
        body.put("meter", meter);
        body.put("readAt", readAt);
        body.put("reason", REASONS.need(row.get("REASON"), "reason"));
        body.put("source", SOURCES.need(row.get("SOURCE"), "source"));
        body.put("registers", registers);
        body.put("multiplier", factor(row, "T_FACTOR"));
        return Said.of(id, body, point, meter);
    }

    private static Map<String, Object> register(String code, String value) {
        Map<String, Object> register = new TreeMap<>();
        register.put("code", code);
        register.put("flow", "delivered");
        register.put("value", value);
        register.put("unit", "kWh");
        register.put("quality", "actual");
        return register;
    }
}
