package isthmus.store;

import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.model.Quality;
import isthmus.model.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Made-up interval blocks, written the way the mapping writes them. */
final class Blocks {
    private Blocks() {}

    static String id(String meter) {
        return "urn:isthmus:yj:metering:intervalblock:" + meter + "/kwh-delivered/2026-11-22/raw";
    }

    /** A piece of a day in thousandths of a kWh; a null is missing. */
    static Fact piece(String meter, int version, @Nullable Integer... values) {
        return flagged(meter, version, "actual", -3, values);
    }

    /** @param flag quality of the values; {@code withdrawn} takes every null back instead of calling it missing */
    static Fact flagged(String meter, int version, String flag, int scale, @Nullable Integer... values) {
        List<String> runs = new ArrayList<>();
        StringBuilder list = new StringBuilder();
        long sum = 0;
        int received = 0;
        int i = 0;
        List<Quality> quality = new ArrayList<>();
        while (i < values.length) {
            String of = flag(values[i], flag);
            int start = i;
            for (; i < values.length && of.equals(flag(values[i], flag)); i++) {
                Integer value = values[i];
                list.append(list.isEmpty() ? "" : ",").append(value);
                sum += value == null ? 0 : value;
                received += value == null ? 0 : 1;
                if (value == null && quality.isEmpty()) {
                    quality.add(new Quality(Reason.VEE_GAP, "/values/" + i));
                }
            }
            if (!of.isEmpty()) {
                runs.add("{\"at\":" + start + "," + of.formatted(i - start) + "}");
            }
        }
        String body = "{\"defaultQuality\":\"actual\",\"expected\":" + values.length + ",\"id\":\"" + id(meter)
                + "\",\"intervalLength\":\"PT15M\",\"meter\":\"urn:isthmus:yj:metering:meter:" + meter
                + "\",\"quality\":[" + String.join(",", runs)
                + "],\"readingType\":{\"accumulation\":\"delta\",\"quantity\":\"activeEnergy\"},\"received\":"
                + received
                + ",\"scale\":" + scale
                + ",\"series\":\"raw\",\"servicePoint\":\"urn:isthmus:yj:metering:servicepoint:MP"
                + meter + "\",\"sum\":\"" + decimal(sum, scale) + "\",\"unit\":\"kWh\",\"values\":[" + list + "]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Fact(
                id(meter),
                "intervalblock",
                Op.UPSERT,
                Cargo.sequence(version),
                Cargo.TIME,
                "urn:isthmus:yj:metering:servicepoint:MP" + meter,
                bytes,
                Cargo.hash(bytes),
                Cargo.md5(meter),
                Cargo.md5(body + version),
                List.of(new Fact.Ref("/meter", "urn:isthmus:yj:metering:meter:" + meter)),
                quality,
                LocalDate.of(2026, 11, 22),
                LocalDate.of(2026, 11, 23),
                null,
                new BigDecimal(decimal(sum, scale)));
    }

    private static String flag(@Nullable Integer value, String flag) {
        if (value != null) {
            return flag.equals("actual") || flag.equals("withdrawn") ? "" : "\"flag\":\"" + flag + "\",\"n\":%d";
        }
        return "\"cim\":\"2.5.259\",\"flag\":\"missing\""
                + (flag.equals("withdrawn") ? ",\"method\":\"withdrawn\"" : "") + ",\"n\":%d";
    }

    private static String decimal(long sum, int scale) {
        BigDecimal exact = BigDecimal.valueOf(sum, -scale).stripTrailingZeros();
        return exact.setScale(Math.max(2, exact.scale())).toPlainString();
    }
}
