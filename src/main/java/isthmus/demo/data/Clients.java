package isthmus.demo.data;

import isthmus.demo.data.Town.Account;
import isthmus.demo.truth.Row;
import java.time.LocalDateTime;
import java.util.Locale;

/** Customers and work orders as the customer service knows them. */
final class Clients {
    private final long seed;

    Clients(long seed) {
        this.seed = seed;
    }

    static String number(int ordinal) {
        return String.format(Locale.ROOT, "C%08d", 10_000 + ordinal * 3);
    }

    Row customer(int ordinal, Account account) {
        Dice dice = Dice.of(seed, "client", ordinal);
        boolean person = account.kind().isPerson();
        LocalDateTime created = LocalDateTime.of(
                dice.between(2012, 2025),
                dice.between(1, 12),
                dice.between(1, 28),
                dice.between(8, 18),
                dice.below(60));
        LocalDateTime changed = Calendar.FIRST_TIDE
                .minusMinutes(dice.between(60, 60 * 24 * 200))
                .minusSeconds(dice.below(60));
        Row row = new Row()
                .set("customerNo", number(ordinal))
                .set("name", account.name())
                .set("customerType", person ? "1" : "2")
                .set("idType", person ? dice.percent(99) ? "01" : "03" : "02")
                .set("mobile", dice.percent(92) ? People.mobile(dice) : null)
                .set("phone", dice.percent(12) ? People.landline(dice) : null)
                .set("email", dice.percent(15) ? "u" + dice.digits(7) + dice.pick("@example.com", "@Example.cn") : null)
                .set("address", dice.percent(95) ? dice.percent(90) ? account.address() : People.home(dice) : null)
                .set("segmentCode", person ? "03" : dice.pick("01", "02", "02"))
                .set("status", dice.pick("A", "A", "A", "A", "A", "A", "A", "A", "P", "C"))
                .set("changeTime", text(changed))
                .set("createDate", created.toLocalDate().toString())
                .set("consNo", dice.percent(60) ? account.number() : null);
        row.set("idNo", idNumber(row.need("idType"), dice));
        for (int purpose = 1; purpose <= 4; purpose++) {
            if (dice.percent(40)) {
                row.add(new Row()
                        .set("purpose", String.valueOf(purpose))
                        .set("granted", dice.percent(70) ? "Y" : "N")
                        .set("time", text(created.plusDays(dice.below(200)).withSecond(dice.below(60)))));
            }
        }
        return row;
    }

    static String idNumber(String type, Dice dice) {
        return switch (type) {
            case "01" -> People.residentId(dice);
            case "02" -> People.creditCode(dice);
            default -> "E" + dice.digits(8);
        };
    }

    Row order(int ordinal, String customer, Account account) {
        Dice dice = Dice.of(seed, "order", ordinal);
        LocalDateTime opened = Calendar.FIRST_TIDE
                .minusMinutes(dice.between(200, 60 * 24 * 60))
                .minusSeconds(dice.below(60));
        boolean closed = dice.percent(70);
        LocalDateTime end = opened.plusMinutes(dice.between(5, 180));
        return new Row()
                .set("orderNo", String.format(Locale.ROOT, "W%tY%<tm%06d", opened, ordinal + 1))
                .set("customerNo", customer)
                .set("consNo", dice.percent(70) ? account.number() : null)
                .set("mpNo", dice.percent(30) ? account.points().get(0).number() : null)
                .set("type", String.format(Locale.ROOT, "%02d", dice.between(1, 11)))
                .set("channel", String.valueOf(dice.between(1, 6)))
                .set("subject", dice.pick("咨询电费", "停电报修", "电表校验", "更名过户", "投诉抄表", "申请增容", "账单疑问"))
                .set(
                        "text",
                        dice.pick(
                                "客户来电反映 本月电费偏高，要求核实。", "客户反映家中无电，邻居有电，已派单抢修。", "客户咨询峰谷分时电价办理流程。", "客户要求更正户名，已告知所需资料。"))
                .set("openTime", text(opened))
                .set("dueTime", dice.percent(80) ? text(opened.plusDays(5)) : null)
                .set("closeTime", closed ? text(end) : null)
                .set("status", closed ? "4" : dice.pick("1", "2", "3"))
                .set("priority", dice.percent(90) ? String.valueOf(dice.between(1, 4)) : null)
                .set("satisfaction", closed && dice.percent(60) ? String.valueOf(dice.between(1, 5)) : null)
                .set("changeTime", text(closed ? end : opened));
    }

    static String text(LocalDateTime time) {
        return Calendar.text(time).replace(' ', 'T');
    }
}
