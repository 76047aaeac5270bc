package isthmus.catalog;

import isthmus.catalog.FieldSpec.CodeTable;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code points} of a mapping: how a record's rows of time, value and quality become the intervals of a day. */
final class PointsReader {
    private final Section section;
    private final Pull pull;
    private final MappingFields fields;
    private String rows = "";

    PointsReader(Section section, Pull pull, Map<String, CodeTable> tables) {
        this.section = section;
        this.pull = pull;
        this.fields = new MappingFields(pull, tables);
    }

    MappingSpec.Points read() {
        rows = section.required("rows", "name the child table of the points");
        if (!rows.isEmpty() && pull.layout().child(rows) == null) {
            section.problem(
                    "rows",
                    "no child table " + rows,
                    "known here: " + pull.layout().childNames());
        }
        String time = ofRow("time");
        String position = ofRow("position");
        if ((time == null) == (position == null)) {
            section.problem("time", "where in the day is a point", "name its time, or its position from 1");
        }
        if (!List.of("refuse", "flag").contains(section.text("offGrid", "refuse"))) {
            section.problem("offGrid", "what of a time between two intervals", "refuse or flag");
        }
        String quality = ofRow("quality");
        String method = ofRow("method");
        String value = section.required("value", "name the column of the values");
        fields.column(section, "value", value, rows);
        String day = section.required("day", "name the column of the local day");
        fields.column(section, "day", day, "");
        List<String> unit = section.texts("unit");
        List<CodeTable> units = units(unit);
        MappingSpec.Points points = new MappingSpec.Points(
                rows,
                day,
                time,
                ofRow("until"),
                position,
                section.text("offGrid", "refuse").equals("flag"),
                interval(),
                value,
                scale(),
                ofRecord("power"),
                unit,
                units,
                quality,
                table("qualities", quality),
                method,
                table("methods", method));
        section.rejectUnknown();
        return points;
    }

    private @Nullable String ofRow(String key) {
        String column = section.text(key);
        if (column != null) {
            fields.column(section, key, column, rows);
        }
        return column;
    }

    private @Nullable String ofRecord(String key) {
        String column = section.text(key);
        if (column != null) {
            fields.column(section, key, column, "");
        }
        return column;
    }

    private @Nullable CodeTable table(String key, @Nullable String column) {
        String name = section.text(key);
        return name == null || column == null ? null : fields.table(section, key, name, column);
    }

    private List<CodeTable> units(List<String> columns) {
        List<String> names = section.texts("units");
        List<CodeTable> units = new ArrayList<>();
        if (columns.isEmpty() || (!names.isEmpty() && names.size() != columns.size())) {
            section.problem(
                    "unit", "in which unit are the values", "unit: kWh, or columns and as many tables of units");
            return units;
        }
        for (int i = 0; i < names.size(); i++) {
            fields.column(section, "unit", columns.get(i), "");
            CodeTable table = fields.table(section, "units", names.get(i), columns.get(i));
            if (table != null) {
                units.add(table);
            }
        }
        return units;
    }

    private MappingSpec.Interval interval() {
        String text = section.required("interval", "PT15M, or the column that says it");
        String form = section.text("intervalIn", "iso");
        if (!List.of("iso", "minutes", "seconds").contains(form)) {
            section.problem("intervalIn", "unknown form " + form, "iso, minutes or seconds");
        }
        if (pull.layout().indexOf(text) >= 0) {
            return new MappingSpec.Interval(text, null, form);
        }
        try {
            return new MappingSpec.Interval(null, Duration.parse(text), form);
        } catch (DateTimeException fault) {
            section.problem("interval", "neither a column nor a duration: " + text, "for example PT15M");
            return new MappingSpec.Interval(null, Duration.ofMinutes(15), form);
        }
    }

    private int scale() {
        String text = section.text("scale", "-3");
        if (!text.matches("-[1-6]|0")) {
            section.problem("scale", "scale out of range: " + text, "a power of ten from -6 to 0");
            return 0;
        }
        return Integer.parseInt(text);
    }
}
