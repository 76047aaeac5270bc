package isthmus.demo.truth;

import static isthmus.demo.truth.Words.need;
import static isthmus.demo.truth.Words.urn;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bills with their lines, and payments, read from the billing system's rows. */
final class MoneyReading {
    private static final String SILO = BillingReading.SILO;
    private static final Codes BILL_KINDS =
            Codes.of("1 regular,2 final,3 correction,4 cancellation,5 prepaidSettlement");
    private static final Codes LINE_KINDS = Codes.of("01 energy,02 tierSurcharge,03 demand,04 capacity,05 powerFactor,"
            + "06 levy,07 tax,08 adjustment,09 penalty");
    private static final Codes LINE_TOU = Codes.of("1 sharp,2 peak,3 flat,4 valley");
    private static final Codes BILL_STATUS =
            Codes.of("01 issued,02 partlyPaid,03 paid,04 cancelled,05 replaced,06 disputed");
    private static final Codes CHANNELS =
            Codes.of("01 counter,02 bank,03 wechat,04 alipay,05 app,06 cardTopUp,07 agent");
    private static final Codes TENDERS = Codes.of("01 cash,02 transfer,03 card,04 eWallet,05 cheque");
    private static final Codes PAYMENT_STATUS = Codes.of("0 accepted,1 settled,2 reversed");

    private MoneyReading() {}

    static Said bill(Row row) {
        String account = urn(SILO, "account", Words.key(row.get("CONS_NO"), "CONS_NO"));
        String id = urn(SILO, "bill", billKey(row));
        LocalDate start = date(row, "BGN_DATE");
        LocalDate end = date(row, "END_DATE");
        if (!end.isAfter(start)) {
            throw new Refused("PERIOD-INVALID", "period");
        }
        List<String> refs = new ArrayList<>(List.of(account));
        String tariff = BillingReading.tariffOf(row);
        List<Object> points = new ArrayList<>();
        if (Words.trimmed(row.get("MP_NO")) != null) {
            String point = urn(SILO, "servicepoint", Words.key(row.get("MP_NO"), "servicePoints"));
            points.add(point);
            refs.add(point);
        }
        if (tariff != null) {
            refs.add(tariff);
        }
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        body.put("account", account);
        body.put("servicePoints", points);
        body.put("tariff", tariff);
        body.put("billKind", BILL_KINDS.need(row.get("BILL_KIND"), "billKind"));
        body.put(
                "period",
                Map.of(
                        "start", start.toString(),
                        "end", end.toString(),
                        "label", need(Words.trimmed(row.get("RCVBL_YM")), "label")));
        body.put("issuedAt", need(Times.time(row.get("RELEASE_TIME"), "issuedAt"), "issuedAt"));
        body.put("dueDate", Times.day(row.get("DUE_DATE"), "dueDate"));
        body.put("currency", "CNY");
        Map<String, Object> usage = usage(row);
        body.put("usage", usage);
        body.put("reads", reads(row));
        body.put("lines", lines(row));
        Map<String, Object> amounts = amounts(row);
        body.put("amounts", amounts);
        body.put("rounding", Map.of("mode", "HALF_UP", "scale", 2, "level", "line"));
        body.put("status", BILL_STATUS.need(row.get("SETTLE_FLAG"), "status"));
        return new Said(id, false, body, refs, decimal(amounts.get("total")), decimal(usage.get("total")));
    }

    private static String billKey(Row row) {
        return Words.key(row.get("CONS_NO"), "CONS_NO") + "/" + Words.key(row.get("RCVBL_YM"), "RCVBL_YM") + "/"
                + Words.key(row.get("SEQ_NO"), "SEQ_NO");
    }

    private static LocalDate date(Row row, String column) {
        LocalDate date = Times.date(row.get(column), column);
        if (date == null) {
            throw new Refused("FIELD-MISSING", column);
        }
        return date;
    }

    private static BigDecimal decimal(@Nullable Object text) {
        return new BigDecimal(String.valueOf(text));
    }

    private static Map<String, Object> usage(Row row) {
        String peak = Numbers.decimal(row.get("PEAK_PQ"), "peak");
        String valley = Numbers.decimal(row.get("VALLEY_PQ"), "valley");
        Map<String, Object> usage = new TreeMap<>();
        usage.put("unit", "kWh");
        usage.put("total", need(Numbers.decimal(row.get("T_PQ"), "total"), "total"));
        usage.put("byTou", peak == null || valley == null ? null : Map.of("peak", peak, "valley", valley));
        return usage;
    }

    private static List<Object> reads(Row row) {
        String previous = Numbers.decimal(row.get("PRE_READ"), "previous");
        String current = Numbers.decimal(row.get("CUR_READ"), "current");
        if (previous == null || current == null) {
            return List.of();
        }
        String multiplier = need(Numbers.factor(row.get("T_FACTOR"), "multiplier"), "multiplier");
        return List.of(Map.of("register", "total", "previous", previous, "current", current, "multiplier", multiplier));
    }

    private static List<Object> lines(Row row) {
        List<Object> lines = new ArrayList<>();
        for (Row detail : row.children()) {
            Map<String, Object> line = new TreeMap<>();
            line.put("no", Numbers.integer(detail.get("LINE_NO"), "no"));
            line.put("kind", LINE_KINDS.need(detail.get("KIND_CODE"), "kind"));
            given(line, "tou", LINE_TOU.say(detail.get("TOU_CODE")));
            given(line, "tier", Numbers.integer(detail.get("TIER_NO"), "tier"));
            String quantity = Numbers.decimal(detail.get("QTY"), "quantity");
            given(line, "quantity", quantity);
            given(line, "unit", quantity == null ? null : "kWh");
            given(line, "unitPrice", Numbers.price(detail.get("UNIT_PRICE"), "unitPrice"));
            line.put("amount", need(Numbers.money(detail.get("AMT"), "amount"), "amount"));
            lines.add(line);
        }
        if (lines.isEmpty()) {
            throw new Refused("LIST-EMPTY", "lines");
        }
        return lines;
    }

    private static void given(Map<String, Object> line, String name, @Nullable Object value) {
        if (value != null) {
            line.put(name, value);
        }
    }

    private static Map<String, Object> amounts(Row row) {
        Map<String, Object> amounts = new TreeMap<>();
        amounts.put("net", amount(row, "NET_AMT"));
        amounts.put("tax", orZero(row, "TAX_AMT"));
        amounts.put("penalty", orZero(row, "RCVBL_PENALTY"));
        amounts.put("total", amount(row, "RCVBL_AMT"));
        amounts.put("paid", amount(row, "RCVED_AMT"));
        amounts.put("outstanding", amount(row, "OWE_AMT"));
        return amounts;
    }

    private static String amount(Row row, String column) {
        return need(Numbers.money(row.get(column), column), column);
    }

    private static String orZero(Row row, String column) {
        String amount = Numbers.money(row.get(column), column);
        return amount == null ? "0.00" : amount;
    }

    static Said payment(Row row) {
        String id = urn(SILO, "payment", Words.key(row.get("PAY_ID"), "PAY_ID"));
        String account = urn(SILO, "account", Words.key(row.get("CONS_NO"), "CONS_NO"));
        String amount = amount(row, "PAY_AMT");
        List<String> refs = new ArrayList<>(List.of(account));
        List<Object> allocations = new ArrayList<>();
        if (Words.trimmed(row.get("RCVBL_YM")) != null && Words.trimmed(row.get("SEQ_NO")) != null) {
            String bill = urn(SILO, "bill", billKey(row));
            allocations.add(Map.of("bill", bill, "amount", amount, "kind", "principal"));
            refs.add(bill);
        }
        String reversed = Words.trimmed(row.get("REV_PAY_ID"));
        String reversalOf = reversed == null ? null : urn(SILO, "payment", Words.key(reversed, "reversalOf"));
        if (reversalOf != null) {
            refs.add(reversalOf);
        }
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        body.put("account", account);
        body.put("amount", amount);
        body.put("currency", "CNY");
        body.put("paidAt", need(Times.time(row.get("PAY_TIME"), "paidAt"), "paidAt"));
        body.put("valueDate", Times.day(row.get("VALUE_DATE"), "valueDate"));
        body.put("channel", CHANNELS.need(row.get("CHANNEL"), "channel"));
        body.put("tender", TENDERS.say(row.get("TENDER")));
        body.put("externalRef", Words.text(row.get("BANK_SERIAL"), "externalRef"));
        body.put("allocations", allocations);
        body.put("status", PAYMENT_STATUS.need(row.get("STATUS_CODE"), "status"));
        body.put("reversalOf", reversalOf);
        return new Said(id, false, body, refs, decimal(amount), null);
    }
}
