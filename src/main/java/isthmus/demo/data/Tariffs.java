package isthmus.demo.data;

import isthmus.demo.data.Town.Kind;
import isthmus.demo.truth.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The city's price list: each code in two versions. */
final class Tariffs {
    static final String NOW = "20260701";
    static final String BEFORE = "20250101";
    /** Price of peak and of valley kWh in hundred-thousandths; the same twice when there is one price. */
    private static final List<Tariff> LIST = List.of(
            new Tariff("RESTOU01", "居民生活 一户一表 分时 不满1千伏", "400", "01", "Y", 56800, 28800),
            new Tariff("RESSTD01", "居民生活 一户一表 不满1千伏", "400", "01", "Y", 56000, 56000),
            new Tariff("COMTOU02", "一般工商业 分时 不满1千伏", "200", "02", "", 92150, 42675),
            new Tariff("COMSTD02", "一般工商业 单一制", "200", "02", "", 71340, 71340),
            new Tariff("INDTOU10", "大工业 两部制 1－10千伏", "100", "03", "", 83425, 38210),
            new Tariff("AGRSTD02", "农业生产", "300", "02", "", 47250, 47250));

    private Tariffs() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Tariff tariff : LIST) {
            rows.add(tariff.row(BEFORE, "20260630", 1500));
            rows.add(tariff.row(NOW, "99991231", 0));
        }
        return rows;
    }

    static Tariff of(Kind kind, Dice dice) {
        return switch (kind) {
            case HOME -> LIST.get(dice.percent(60) ? 0 : 1);
            case SHOP -> LIST.get(dice.percent(50) ? 2 : 3);
            case OFFICE -> LIST.get(2);
            case FACTORY -> LIST.get(4);
            case FARM -> LIST.get(5);
        };
    }

    /** One price code. */
    record Tariff(String code, String name, String category, String voltage, String window, int peak, int valley) {
        boolean isTou() {
            return peak != valley;
        }

        static String price(int hundredThousandths) {
            return BigDecimal.valueOf(hundredThousandths, 5).toPlainString();
        }

        Row row(String from, String to, int cheaper) {
            Row row = new Row()
                    .set("PRC_CODE", code)
                    .set("BGN_DATE", from)
                    .set("END_DATE", to)
                    .set("PRC_NAME", name)
                    .set("ELEC_TYPE_CODE", category)
                    .set("VOLT_CODE", voltage)
                    .set("TAX_FLAG", "1")
                    .set("TIER_WINDOW", window.isEmpty() ? null : window);
            if (isTou()) {
                detail(row, "B", "2", peak - cheaper);
                detail(row, "B", "4", valley - cheaper);
            } else {
                detail(row, "B", "0", peak - cheaper);
            }
            if (category.equals("100")) {
                detail(row, "B", "1", peak + 20000 - cheaper);
                detail(row, "B", "3", (peak + valley) / 2 - cheaper);
            }
            if (!window.isEmpty()) {
                detail(row, "T", null, 5000)
                        .set("TIER_NO", "2")
                        .set("FROM_KWH", "2160.00")
                        .set("TO_KWH", "3120.00");
                detail(row, "T", null, 30000).set("TIER_NO", "3").set("FROM_KWH", "3120.00");
            }
            return row;
        }

        private static Row detail(Row row, String type, @Nullable String tou, int price) {
            Row detail = new Row()
                    .set("PRC_CODE", row.get("PRC_CODE"))
                    .set("BGN_DATE", row.get("BGN_DATE"))
                    .set("DET_NO", String.valueOf(row.children().size() + 1))
                    .set("DET_TYPE", type)
                    .set("TOU_CODE", tou)
                    .set("PRICE", price(price));
            row.add(detail);
            return detail;
        }
    }
}
