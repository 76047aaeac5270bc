package isthmus.demo.data;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Plants one fault in one line of a curve file. */
final class CurveFaults {
    static final List<Fault> KINDS = List.of(
            Fault.M_FIELDS,
            Fault.M_CHARSET,
            Fault.M_QUOTE,
            Fault.M_LONG,
            Fault.M_TEXT,
            Fault.M_SENTINEL,
            Fault.M_GAP,
            Fault.M_WHOLE_FLAG,
            Fault.M_NEG,
            Fault.M_SAME_LINE,
            Fault.M_TWICE,
            Fault.M_UNKNOWN_METER,
            Fault.M_WIDE_KEY,
            Fault.M_NUL,
            Fault.M_DATE,
            Fault.M_DIGITS,
            Fault.M_TYPE);
    private static final int LONG_LINE = 70_000;

    private CurveFaults() {}

    /** The one or two lines that stand where the good line stood. */
    static List<Line> plant(Fault fault, Curve curve, Dice dice) {
        Line good = curve.line();
        int at = dice.between(4, 80);
        switch (fault) {
            case M_FIELDS -> {
                String text = curve.uncounted();
                return List.of(Line.damaged(dice.percent(50) ? text + ",0" : text.replaceFirst(",1,1,", ",1,"), fault));
            }
            case M_CHARSET -> {
                byte[] raw = curve.uncounted().getBytes(StandardCharsets.US_ASCII);
                raw[2] = (byte) 0xFF;
                raw[3] = (byte) 0xFF;
                return List.of(Line.damaged(raw, fault));
            }
            case M_QUOTE -> {
                return List.of(Line.damaged(curve.uncounted().replaceFirst("D,", "D,\""), fault));
            }
            case M_LONG -> {
                String text = curve.print(16, "1".repeat(LONG_LINE)).uncounted();
                return List.of(Line.damaged(text, fault));
            }
            case M_TEXT -> curve.print(16, "abc");
            case M_SENTINEL -> curve.print(at, "-9999").print(at + 1, "-9999");
            case M_GAP -> curve.gap(at, at + dice.between(1, 12));
            case M_WHOLE_FLAG -> curve.whole = "0".repeat(Curves.QUARTERS - 8) + "1".repeat(8);
            case M_NEG -> curve.values[at] = -curve.values[at] - 1;
            case M_SAME_LINE -> {
                return List.of(good.with(fault), good.with(fault));
            }
            case M_TWICE -> {
                return List.of(good.with(fault), curve.scale(90).line().with(fault));
            }
            case M_UNKNOWN_METER -> {
                curve.asset = "49" + curve.asset.substring(2);
                curve.point = "MP9" + curve.point.substring(3);
                return List.of(good, curve.line().with(fault));
            }
            case M_WIDE_KEY -> curve.asset = BillingFaults.wide(curve.asset, false);
            case M_NUL -> curve.asset = curve.asset.substring(0, 6) + "\0" + curve.asset.substring(6);
            case M_DATE -> curve.date = "20260230";
            case M_DIGITS -> curve.print(at, "0.12345");
            case M_TYPE -> curve.type = "9";
            default -> throw new IllegalStateException(fault + " is not a fault of a curve");
        }
        return List.of(curve.line().with(fault));
    }
}
