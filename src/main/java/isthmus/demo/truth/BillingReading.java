package isthmus.demo.truth;

import static isthmus.demo.truth.Words.need;
import static isthmus.demo.truth.Words.urn;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Customers, accounts, service points and tariffs of the billing system, read from its rows. */
final class BillingReading {
    static final String SILO = "billing";
    private static final Pattern ORGANIZATION = Pattern.compile("公司|厂|店|中心|学校|医院|委员会|银行|合作社|局|院$|部$");
    static final Codes SEGMENTS = Codes.of("01 highVoltage,02 nonResidentialLowVoltage,03 residentialLowVoltage");
    private static final Codes CUSTOMER_STATUS = Codes.of("0 active,1 inProgress,2 active,9 closed");
    private static final Codes ACCOUNT_STATUS = Codes.of("0 active,1 inProgress,2 suspended,9 closed");
    private static final Codes CATEGORIES = Codes.of(
            "100 largeIndustrial,200 generalCommercial,300 agricultural,400 residential,500 agriculturalDrainage");
    private static final Codes PAY_METHODS =
            Codes.of("01 cash,02 bankDirect,03 online,04 prepaidCard,05 remotePrepaid");
    private static final Codes POINT_KINDS = Codes.of("01 customer,02 gateway");
    private static final Codes POINT_USAGES = Codes.of("01 settlement,02 assessment");
    private static final Codes POINT_ROLES = Codes.of("01 consumption,02 production,03 bidirectional");
    private static final Codes POINT_STATUS = Codes.of("01 planned,02 inUse,03 suspended,04 removed");
    private static final Codes VOLTAGES = Codes.of("01 220V,02 380V,03 10kV,04 35kV,05 110kV,06 220kV");
    private static final Codes PHASES = Codes.of("1 single,2 threePhase3Wire,3 threePhase4Wire");
    private static final Codes METERING = Codes.of("1 hvhv,2 hvlv,3 lvlv");
    private static final Codes PRICE_TOU = Codes.of("0 all,1 sharp,2 peak,3 flat,4 valley,5 deepValley");
    private static final Codes WINDOWS = Codes.of("M month,Y year");

    private BillingReading() {}

    static Said customer(Row row) {
        String id = urn(SILO, "customer", "acct-" + Words.key(row.get("CONS_NO"), "CONS_NO"));
        String name = need(Words.textHalf(row.get("CONS_NAME"), "name"), "name");
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        body.put("kind", ORGANIZATION.matcher(name).find() ? "organization" : "person");
        body.put("name", Map.of("display", name, "normalized", Words.matchForm(name)));
        body.put("addresses", addresses("supply", row.get("ELEC_ADDR")));
        body.put("segment", SEGMENTS.say(row.get("CONS_SORT_CODE")));
        body.put("status", CUSTOMER_STATUS.need(row.get("STATUS_CODE"), "status"));
        return Said.of(id, body);
    }

    static List<Object> addresses(String role, @Nullable String raw) {
        String normalized = Words.textHalf(raw, "address");
        return raw == null || normalized == null
                ? List.of()
                : List.of(Map.of("role", role, "raw", Words.raw(raw), "normalized", normalized));
    }

    static Said account(Row row) {
        String key = Words.key(row.get("CONS_NO"), "CONS_NO");
        String id = urn(SILO, "account", key);
        String customer = urn(SILO, "customer", "acct-" + key);
        LocalDate opened = Times.date(row.get("BUILD_DATE"), "openedAt");
        LocalDate closed = Times.date(row.get("CANCEL_DATE"), "closedAt");
        if (opened != null && closed != null && closed.isBefore(opened)) {
            throw new Refused("PERIOD-INVALID", "closedAt");
        }
        List<String> refs = new ArrayList<>(List.of(customer));
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        body.put("accountNo", Words.trimmed(row.get("CONS_NO")));
        body.put("customer", customer);
        body.put("orgUnit", need(Words.text(row.get("ORG_NO"), "orgUnit"), "orgUnit"));
        body.put("category", CATEGORIES.say(row.get("ELEC_TYPE_CODE")));
        body.put("categoryCode", Words.trimmed(row.get("ELEC_TYPE_CODE")));
        body.put("status", ACCOUNT_STATUS.need(row.get("STATUS_CODE"), "status"));
        body.put("openedAt", text(opened));
        body.put("closedAt", text(closed));
        body.put("billingCycle", need(Words.text(row.get("MR_SECT_NO"), "billingCycle"), "billingCycle"));
        body.put("billingDay", Numbers.integer(row.get("BILLING_DAY"), 1, 31, "billingDay"));
        body.put("payMethod", PAY_METHODS.say(row.get("PAY_CODE")));
        body.put("prepay", yes(row.get("CTL_MODE"), Set.of("01", "02", "04"), Set.of("03"), "prepay"));
        body.put("servicePoints", points(row, refs));
        body.put("contractCapacity", Numbers.decimal(row.get("CONTRACT_CAP"), "contractCapacity"));
        body.put("runningCapacity", Numbers.decimal(row.get("RUN_CAP"), "runningCapacity"));
        body.put("currency", "CNY");
        body.put("balance", Numbers.money(row.get("OWN_AMT"), "balance"));
        body.put("creditHold", yes(row.get("POWEROFF_CODE"), Set.of("1"), Set.of("0"), "creditHold"));
        return new Said(id, false, body, refs, null, null);
    }

    private static @Nullable String text(@Nullable LocalDate date) {
        return date == null ? null : date.toString();
    }

    static boolean yes(@Nullable String raw, Set<String> yes, Set<String> no, String field) {
        String code = Words.trimmed(raw);
        if (code == null || no.contains(code)) {
            return false;
        }
        if (!yes.contains(code)) {
            throw new Refused("BOOLEAN-INVALID", field);
        }
        return true;
    }

    private static List<Object> points(Row row, List<String> refs) {
        List<Object> points = new ArrayList<>();
        for (Row child : row.children()) {
            String point = urn(SILO, "servicepoint", Words.key(child.get("MP_NO"), "servicePoint"));
            String tariff = tariffOf(child);
            Map<String, Object> body = new TreeMap<>();
            body.put("servicePoint", point);
            body.put("tariff", tariff);
            body.put("from", Times.day(child.get("FROM_DATE"), "from"));
            body.put("to", Times.day(child.get("TO_DATE"), "to"));
            points.add(body);
            refs.add(point);
            if (tariff != null) {
                refs.add(tariff);
            }
        }
        return points;
    }

    static @Nullable String tariffOf(Row row) {
        if (Words.trimmed(row.get("PRC_CODE")) == null) {
            return null;
        }
        String from = need(Times.day(row.get("PRC_BGN"), "tariff"), "tariff");
        return urn(SILO, "tariff", Words.key(row.get("PRC_CODE"), "tariff") + "/" + from);
    }

    static Said servicePoint(Row row) {
        String id = urn(SILO, "servicepoint", Words.key(row.get("MP_NO"), "MP_NO"));
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        body.put("servicePointNo", Words.trimmed(row.get("MP_NO")));
        body.put("kind", POINT_KINDS.need(row.get("TYPE_CODE"), "kind"));
        body.put("usage", POINT_USAGES.need(row.get("MP_ATTR_CODE"), "usage"));
        body.put("role", POINT_ROLES.need(row.get("USAGE_CODE"), "role"));
        body.put("address", address(row.get("MP_ADDR")));
        body.put("timeZone", "Asia/Shanghai");
        body.put("transformerArea", transformer(row));
        body.put("feeder", Words.text(row.get("LINE_ID"), "feeder"));
        body.put("voltage", VOLTAGES.say(row.get("VOLT_CODE")));
        body.put("phases", PHASES.say(row.get("WIRING_MODE")));
        body.put("meteringMode", METERING.say(row.get("MEAS_MODE")));
        body.put("connection", "unknown");
        body.put("status", POINT_STATUS.need(row.get("STATUS_CODE"), "status"));
        body.put("readRoute", Words.text(row.get("MR_SECT_NO"), "readRoute"));
        body.put("readSequence", Numbers.integer(row.get("MR_SN"), "readSequence"));
        return Said.of(id, body);
    }

    static Map<String, Object> address(@Nullable String raw) {
        String normalized = need(Words.textHalf(raw, "address"), "address");
        return Map.of("raw", Words.raw(need(raw, "address")), "normalized", normalized);
    }

    static @Nullable Map<String, Object> transformer(Row row) {
        String no = Words.text(row.get("TG_ID"), "transformerArea");
        if (no == null) {
            return null;
        }
        Map<String, Object> area = new TreeMap<>();
        area.put("no", no);
        area.put("name", Words.text(row.get("TG_NAME"), "transformerArea"));
        return area;
    }

    static Said tariff(Row row) {
        String from = need(Times.day(row.get("BGN_DATE"), "validFrom"), "validFrom");
        String id = urn(SILO, "tariff", Words.key(row.get("PRC_CODE"), "PRC_CODE") + "/" + from);
        String end = Words.trimmed(row.get("END_DATE"));
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        body.put("code", Words.trimmed(row.get("PRC_CODE")));
        body.put("name", need(Words.text(row.get("PRC_NAME"), "name"), "name"));
        body.put("validFrom", from);
        body.put("validTo", "99991231".equals(end) ? null : Times.day(end, "validTo"));
        body.put("category", CATEGORIES.say(row.get("ELEC_TYPE_CODE")));
        body.put("voltage", VOLTAGES.say(row.get("VOLT_CODE")));
        body.put("currency", "CNY");
        body.put("priceIncludesTax", yes(row.get("TAX_FLAG"), Set.of("1"), Set.of("0"), "priceIncludesTax"));
        List<Object> base = new ArrayList<>();
        List<Object> steps = new ArrayList<>();
        for (Row detail : row.children()) {
            if ("B".equals(detail.get("DET_TYPE"))) {
                base.add(Map.of(
                        "tou", PRICE_TOU.need(detail.get("TOU_CODE"), "tou"),
                        "price", need(Numbers.price(detail.get("PRICE"), "price"), "price")));
            } else {
                steps.add(step(detail));
            }
        }
        if (base.isEmpty()) {
            throw new Refused("LIST-EMPTY", "basePrices");
        }
        body.put("basePrices", base);
        body.put(
                "tiers",
                steps.isEmpty()
                        ? null
                        : Map.of("window", WINDOWS.need(row.get("TIER_WINDOW"), "window"), "steps", steps));
        return Said.of(id, body);
    }

    private static Map<String, Object> step(Row detail) {
        Map<String, Object> step = new TreeMap<>();
        step.put("tier", Numbers.integer(detail.get("TIER_NO"), "tier"));
        step.put("from", need(Numbers.decimal(detail.get("FROM_KWH"), "from"), "from"));
        step.put("to", Numbers.decimal(detail.get("TO_KWH"), "to"));
        step.put("mode", "surcharge");
        step.put("value", need(Numbers.price(detail.get("PRICE"), "value"), "value"));
        return step;
    }
}
