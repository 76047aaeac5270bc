package isthmus.hostile;

import isthmus.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Documents of readings in a mounted folder, as JSON and as XML. */
final class DocumentWay implements Way {
    private final Path folder;
    private final Kept kept;

    DocumentWay(Folders folders, Path folder, Lure lure, Store store) throws IOException {
        this.folder = folder;
        kept = new Kept(store);
        for (String name : new String[] {"in/json", "in/xml", "archive", "refused"}) {
            Files.createDirectories(folder.resolve(name));
        }
        folders.documents("json", folder);
        folders.documents("xml", folder);
        for (BadInput input : BadInputs.by("json", "xml")) {
            byte[] bytes = input.way().equals("json")
                    ? json(input)
                    : XmlRecipes.bytes(input.sent(), xml(input), "<Series", lure.address());
            if (bytes == null) {
                throw new IllegalArgumentException("no recipe " + input.sent());
            }
            Files.write(folder.resolve("in").resolve(input.way()).resolve(name(input)), bytes);
        }
    }

    private static String name(BadInput input) {
        return "D" + input.key() + "." + input.way();
    }

    private static String point(BadInput input) {
        return "57131300000000" + input.key();
    }

    private static byte[] json(BadInput input) {
        String good = """
                {"NotifyValidatedMeasureData_MarketDocument": {"mRID": "111", "createdDateTime": "2026-11-23T07:30:54Z",
                 "sender_MarketParticipant.mRID": {"value": "5790000000001"},
                 "receiver_MarketParticipant.mRID": {"value": "5790000000002"},
                 "sender_MarketParticipant.marketRole.type": {"value": "MDR"},
                 "Series": [{"mRID": "S1", "marketEvaluationPoint.mRID": {"value": "%s"},
                  "marketEvaluationPoint.type": {"value": "E17"}, "product": "8716867000030",
                  "quantity_Measure_Unit.name": {"value": "KWH"},
                  "Period": {"resolution": "PT1H", "timeInterval":
                   {"start": {"value": "2026-11-21T23:00Z"}, "end": {"value": "2026-11-22T23:00Z"}},
                   "Point": [%s]}}]}}
                """.formatted(
                        point(input),
                        IntStream.rangeClosed(1, 24)
                                .mapToObj(i -> "{\"position\": {\"value\": " + i
                                        + "}, \"quantity\": 0.5, \"quality\": {\"value\": \"A04\"}}")
                                .collect(Collectors.joining(",")));
        String bad = switch (input.sent()) {
            case "sound" -> good;
            case "a name twice" -> good.replace("\"mRID\": \"111\"", "\"mRID\": \"111\", \"mRID\": \"112\"");
            case "something behind it" -> good + "{}";
            case "2,000 levels" ->
                good.replace(
                        "\"mRID\": \"111\"",
                        "\"mRID\": \"111\", \"d\": " + "{\"d\":".repeat(2_000) + "1" + "}".repeat(2_000));
            case "a text of 10 MB" -> good.replace("\"S1\"", "\"" + "S".repeat(10 << 20) + "\"");
            case "a number of 1,000 digits" -> good.replace("0.5,", "1".repeat(1_000) + ",");
            case "a text for a number" -> good.replaceFirst("0.5,", "\"half\",");
            case "a field that nobody knows" -> good.replace("\"mRID\": \"111\"", "\"mRID\": \"111\", \"x\": 1");
            case "a list for a text" -> good.replace("\"product\": \"8716867000030\"", "\"product\": [[1]]");
            case "no whole document" -> good.substring(0, good.length() / 2);
            case "NaN" -> good.replaceFirst("0.5,", "NaN,");
            default -> throw new IllegalArgumentException("no recipe " + input.sent());
        };
        return bad.getBytes(StandardCharsets.UTF_8);
    }

    private static String xml(BadInput input) {
        return """
                <NotifyValidatedMeasureData_MarketDocument><mRID>111</mRID><createdDateTime>2026-11-23T07:30:54Z</createdDateTime>
                <sender_MarketParticipant.mRID>5790000000001</sender_MarketParticipant.mRID>
                <receiver_MarketParticipant.mRID>5790000000002</receiver_MarketParticipant.mRID>
                <sender_MarketParticipant.marketRole.type>MDR</sender_MarketParticipant.marketRole.type>
                <Series><mRID>S1</mRID><marketEvaluationPoint.mRID>%s</marketEvaluationPoint.mRID>
                <marketEvaluationPoint.type>E17</marketEvaluationPoint.type><product>8716867000030</product>
                <quantity_Measure_Unit.name>KWH</quantity_Measure_Unit.name>
                <Period><resolution>PT1H</resolution><timeInterval><start>2026-11-21T23:00Z</start><end>2026-11-22T23:00Z</end></timeInterval>
                %s</Period></Series></NotifyValidatedMeasureData_MarketDocument>
                """.formatted(
                        point(input),
                        IntStream.rangeClosed(1, 24)
                                .mapToObj(i -> "<Point><position>" + i
                                        + "</position><quantity>0.5</quantity><quality>A04</quality></Point>")
                                .collect(Collectors.joining()));
    }

    @Override
    public String outcome(BadInput input) {
        String system = "rsm012" + input.way();
        String whole = kept.refusal(system, name(input));
        String piece = kept.refusals(system, name(input) + ":");
        return !whole.isEmpty() ? whole : !piece.isEmpty() ? piece : kept.record(id(input));
    }

    @Override
    public String made(BadInput input) {
        return kept.bodies(id(input));
    }

    private static String id(BadInput input) {
        return Kept.id("rsm012" + input.way(), "intervalblock", point(input));
    }

    /** Nothing waits in the folder any more. */
    boolean isEmpty() throws IOException {
        try (var left = Files.walk(folder.resolve("in"))) {
            return left.noneMatch(Files::isRegularFile);
        }
    }
}
