package isthmus.demo.data;

import isthmus.demo.data.Town.Point;
import isthmus.demo.truth.Row;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lines of meter master data. */
final class Meters {
    private static final String[] MAKERS = {"河南许继仪表有限公司", "宁波三星医疗电气", "威胜集团有限公司", "杭州海兴电力科技", "深圳市科陆电子"};
    private static final String[] RARE = {"𠮷田电气㐂（䶮）", "㐂多仪表𠮷", "䶮氏电表𠀀", "𡈽井计量", "㐂𠮷䶮"};

    private final Town town;
    private final Supplies supplies;

    Meters(Town town) {
        this.town = town;
        supplies = new Supplies(town.seed);
    }

    Line line(Point point, @Nullable Fault fault) {
        String rare = RARE[point.index() % RARE.length];
        Row row = row(point, town.account(point.account()).address());
        if (fault == null) {
            return Line.of(Reads.csv(row), 0, row);
        }
        row.set("MP_ADDR", row.need("MP_ADDR") + rare).set("MANUFACTURER", rare);
        return Line.of(Reads.csv(row), 0, row).with(fault);
    }

    Row row(Point point, String address) {
        Dice dice = Dice.of(town.seed, "meter", point.index());
        return new Row()
                .set("KIND", "D")
                .set("ASSET_NO", point.asset())
                .set("COMM_ADDR", String.format(Locale.ROOT, "%012d", 410_000_000L + point.index()))
                .set("MP_NO", point.number())
                .set("MP_ADDR", address)
                .set("TG_ID", Supplies.transformerNo(point))
                .set("TG_NAME", Supplies.transformerName(point))
                .set("LINE_ID", Supplies.feeder(point))
                // All of them consume, so none is disconnected; some just do not say.
                .set(
                        "CONN_CODE",
                        supplies.isClosed(point.account()) ? "" : dice.percent(97) ? "1" : dice.pick("1", "", ""))
                .set(
                        "INST_TIME",
                        String.format(
                                Locale.ROOT,
                                "%d-%02d-%02d %02d:%02d:00",
                                dice.between(2012, 2025),
                                dice.between(1, 12),
                                dice.between(1, 28),
                                dice.between(8, 18),
                                dice.below(60)))
                .set("CT", String.valueOf(point.factor()))
                .set("PT", "1")
                .set("FACTOR", String.valueOf(point.factor()))
                .set("DIGITS", dice.percent(90) ? "6" : "5")
                .set("STATUS_CODE", "2")
                .set("MANUFACTURER", dice.pick(MAKERS));
    }
}
