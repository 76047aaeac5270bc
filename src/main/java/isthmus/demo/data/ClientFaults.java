package isthmus.demo.data;

import isthmus.demo.truth.Row;
import java.util.List;

/** Plants one fault in one message of the customer service. */
final class ClientFaults {
    static final List<Fault> OF_CUSTOMERS = List.of(
            Fault.C_ID_CHECK,
            Fault.C_ID_15,
            Fault.C_TEL,
            Fault.C_TEL_TWO,
            Fault.C_NO_NAME,
            Fault.C_CTRL,
            Fault.C_STATUS,
            Fault.C_TIME,
            Fault.C_LONG,
            Fault.C_EXTRA,
            Fault.C_RARE,
            Fault.C_INJECTION,
            Fault.C_DELETED,
            Fault.C_CONSENT,
            Fault.C_UPDATED);
    static final List<Fault> OF_ORDERS =
            List.of(Fault.C_TIME, Fault.C_NO_REF, Fault.C_INJECTION, Fault.C_RARE, Fault.C_CLOSED_EARLY, Fault.C_SAT);
    private static final List<String> RARE_NAMES = List.of("𠮷㐂", "王䶮", "李𠀀", "😀张三", "𡈽𠮷");
    private static final List<String> UNREADABLE = List.of("见备注", "无电话号", "123", "1380013800", "00000000000000");

    private ClientFaults() {}

    static void spoil(Fault fault, int nth, Row customer) {
        String name = customer.need("name");
        switch (fault) {
            case C_ID_CHECK -> {
                String id = customer.need("idNo");
                String head = customer.need("idType").equals("01") ? id.substring(0, 17) : "41070219800101123";
                char good = People.checkDigit(head);
                customer.set("idType", "01").set("idNo", head + (good == '7' ? '8' : '7'));
            }
            case C_ID_15 -> customer.set("idType", "01").set("idNo", "41070" + (1 + nth % 4) + "620315123");
            case C_TEL -> customer.set("mobile", UNREADABLE.get(nth % UNREADABLE.size()));
            case C_TEL_TWO ->
                customer.set(
                        "mobile",
                        "13800138000" + List.of("/", "、", ",", "；", " ; ").get(nth % 5) + "０３７３－8881234");
            case C_NO_NAME -> customer.set("name", nth % 2 == 0 ? null : "  ");
            case C_CTRL ->
                customer.set("name", "\u200B" + name.substring(0, 1) + "\u202E" + name.substring(1) + "\uFEFF");
            case C_STATUS -> customer.set("status", "Z");
            case C_TIME -> customer.set("createDate", "yesterday");
            case C_LONG -> customer.set("name", "长".repeat(600));
            case C_EXTRA -> customer.set("loyaltyLevel", "gold");
            case C_RARE ->
                customer.set("name", RARE_NAMES.get(nth % RARE_NAMES.size()))
                        .set("address", "河南省新乡市牧野区𠮷祥路" + (nth + 1) + "号😀");
            case C_INJECTION -> {
                String text = BillingFaults.INJECTIONS.get(nth % BillingFaults.INJECTIONS.size());
                customer.set("name", text).set("address", "平原路1号" + text);
            }
            case C_DELETED -> customer.set("deleted", "Y");
            case C_CONSENT ->
                customer.add(new Row().set("purpose", "1").set("granted", "?").set("time", customer.get("changeTime")));
            default -> {}
        }
    }

    static void spoilOrder(Fault fault, int nth, Row order) {
        switch (fault) {
            case C_TIME -> order.set("openTime", "soon");
            case C_NO_REF -> order.set("customerNo", null).set("consNo", null).set("mpNo", null);
            case C_INJECTION -> {
                String text = BillingFaults.INJECTIONS.get(nth % BillingFaults.INJECTIONS.size());
                order.set("subject", text).set("text", "内容 " + text + " <b>&amp;</b>");
            }
            case C_RARE -> order.set("text", "客户𠮷先生😀来电，住䶮家村。");
            case C_CLOSED_EARLY -> order.set("closeTime", "2026-01-01T08:00:00").set("status", "4");
            case C_SAT -> order.set("satisfaction", "9");
            default -> throw new IllegalStateException(fault + " is not a fault of a work order");
        }
    }
}
