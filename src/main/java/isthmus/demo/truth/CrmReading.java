package isthmus.demo.truth;

import static isthmus.demo.truth.Words.need;
import static isthmus.demo.truth.Words.urn;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Customers and service requests, read from the customer service's messages. */
final class CrmReading {
    private static final String SILO = "crm";
    private static final int LONG_TEXT = 4000;
    private static final Codes STATUS = Codes.of("A active,P inProgress,C closed");
    private static final Codes PURPOSES = Codes.of("1 billPush,2 usageAdvice,3 shareFinance,4 shareTelecom");
    private static final Codes REQUEST_KINDS = Codes.of("01 inquiry,02 complaint,03 fault,04 newConnection,"
            + "05 capacityChange,06 move,07 nameChange,08 meterCheck,09 billDispute,10 suggestion,11 report");
    private static final Codes CHANNELS = Codes.of("1 phone95598,2 app,3 wechat,4 counter,5 web,6 onSite");
    private static final Codes REQUEST_STATUS = Codes.of("1 open,2 inProgress,3 waitingCustomer,4 closed,5 cancelled");
    private static final Codes PRIORITIES = Codes.of("1 low,2 normal,3 high,4 urgent");

    private CrmReading() {}

    static Said customer(Row row) {
        String id = urn(SILO, "customer", Words.key(row.get("customerNo"), "customerNo"));
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        if ("Y".equals(Words.trimmed(row.get("deleted")))) {
            body.put("deletedAt", need(Times.time(row.get("changeTime"), "deletedAt"), "deletedAt"));
            return new Said(id, true, body, List.of(), null, null);
        }
        String name = need(Words.textHalf(row.get("name"), "name"), "name");
        body.put("kind", kind(row.get("customerType")));
        body.put("name", Map.of("display", name, "normalized", Words.matchForm(name)));
        body.put("identifiers", Persons.identifiers(row.get("idType"), row.get("idNo")));
        body.put("contacts", Persons.contacts(row.get("mobile"), row.get("phone"), row.get("email")));
        body.put("addresses", BillingReading.addresses("mailing", row.get("address")));
        body.put("segment", BillingReading.SEGMENTS.say(row.get("segmentCode")));
        body.put("status", STATUS.need(row.get("status"), "status"));
        body.put("locale", "zh-CN");
        body.put("consents", consents(row));
        body.put("validFrom", Times.day(row.get("createDate"), "validFrom"));
        String account = Words.text(row.get("consNo"), "ext");
        if (account != null) {
            body.put("ext", Map.of("yj.consNo", account));
        }
        return Said.of(id, body);
    }

    private static String kind(@Nullable String code) {
        return switch (String.valueOf(Words.trimmed(code))) {
            case "1" -> "person";
            case "2" -> "organization";
            default -> "unknown";
        };
    }

    private static List<Object> consents(Row row) {
        List<Object> consents = new ArrayList<>();
        for (Row given : row.children()) {
            String granted = String.valueOf(Words.trimmed(given.get("granted")));
            if (!granted.equals("Y") && !granted.equals("N")) {
                throw new Refused("BOOLEAN-INVALID", "granted");
            }
            Map<String, Object> consent = new TreeMap<>();
            consent.put("purpose", PURPOSES.need(given.get("purpose"), "purpose"));
            consent.put("granted", granted.equals("Y"));
            consent.put("at", need(Times.time(given.get("time"), "at"), "at"));
            consents.add(consent);
        }
        return consents;
    }

    static Said request(Row row) {
        String id = urn(SILO, "servicerequest", Words.key(row.get("orderNo"), "orderNo"));
        String customer = reference("customer", row.get("customerNo"));
        String account = reference("account", row.get("consNo"));
        String point = reference("servicepoint", row.get("mpNo"));
        if (customer == null && account == null && point == null) {
            throw new Refused("REF-MISSING", "customer");
        }
        OffsetDateTime opened = Times.instant(row.get("openTime"), "openedAt");
        OffsetDateTime closed = Times.instant(row.get("closeTime"), "closedAt");
        if (opened == null) {
            throw new Refused("FIELD-MISSING", "openedAt");
        }
        if (closed != null && closed.isBefore(opened)) {
            throw new Refused("PERIOD-INVALID", "closedAt");
        }
        String priority = PRIORITIES.say(row.get("priority"));
        Map<String, Object> body = new TreeMap<>();
        body.put("id", id);
        body.put("customer", customer);
        body.put("account", account);
        body.put("servicePoint", point);
        body.put("kind", REQUEST_KINDS.need(row.get("type"), "kind"));
        body.put("channel", CHANNELS.need(row.get("channel"), "channel"));
        body.put("subjectText", Words.text(row.get("subject"), "subjectText"));
        body.put("text", Words.text(row.get("text"), "text", LONG_TEXT));
        body.put("openedAt", Times.rfc3339(opened));
        body.put("dueAt", Times.time(row.get("dueTime"), "dueAt"));
        body.put("closedAt", closed == null ? null : Times.rfc3339(closed));
        body.put("status", REQUEST_STATUS.need(row.get("status"), "status"));
        body.put("priority", priority == null ? "normal" : priority);
        body.put("satisfaction", Numbers.integer(row.get("satisfaction"), 1, 5, "satisfaction"));
        return customer == null ? Said.of(id, body) : Said.of(id, body, customer);
    }

    private static @Nullable String reference(String entity, @Nullable String no) {
        return Words.trimmed(no) == null ? null : urn(SILO, entity, Words.key(no, entity));
    }
}
