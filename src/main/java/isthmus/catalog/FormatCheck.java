package isthmus.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that the columns of a pull of files can be found in its format, and that its days can be told. */
final class FormatCheck {
    private static final String RANGE = "[1-9][0-9]{0,4}\\.\\.[1-9][0-9]{0,4}";

    private final Pull pull;
    private final Section settings;

    FormatCheck(Pull pull, Section settings) {
        this.pull = pull;
        this.settings = settings;
    }

    void check(String format) {
        switch (format) {
            case "nem12" -> {
                List<String> columns = new ArrayList<>(Column.Names.NEM_CHANNEL);
                columns.addAll(Column.Names.NEM_DAY);
                known(pull.columns(), columns);
                children(Column.Names.NEM_VALUES);
            }
            case "nem13" -> known(pull.columns(), Column.Names.NEM_READING);
            case "mscons" -> {
                known(pull.columns(), Column.Names.MSCONS);
                children(Column.Names.MSCONS_VALUES);
                days();
            }
            case "fixed" -> pull.columns().forEach(this::range);
            case "xml", "json" -> {
                if (!settings.text("record", "/").startsWith("/")) {
                    settings.problem("record", "record is no path from the root", "for example /document/series");
                }
                days();
            }
            case "espi" -> days();
            case "delimited" -> multiline();
            default -> {}
        }
    }

    private void multiline() {
        if (!settings.text("multiline", "false").matches("true|false")) {
            settings.problem("multiline", "multiline is neither true nor false", "true where fields hold line ends");
        }
    }

    private void children(List<String> names) {
        for (Map.Entry<String, List<Column>> child : pull.children().entrySet()) {
            if (!child.getKey().equals("values")) {
                settings.problem("format", "no child table " + child.getKey() + " in the format", "values");
            }
            known(child.getValue(), names);
        }
    }

    private void known(List<Column> columns, List<String> names) {
        for (Column column : columns) {
            if (!names.contains(column.at()) && !column.at().startsWith("=")) {
                settings.problem("format", "the format has no column " + column.at(), "known here: " + names);
            } else if (!column.at().equals(column.name()) && !column.at().startsWith("=")) {
                settings.problem("format", "column " + column.name() + " at another name", "call it " + column.at());
            }
        }
    }

    private void range(Column column) {
        boolean isRange = column.at().matches(RANGE);
        String[] ends = column.at().split("\\.\\.");
        if (!isRange || Integer.parseInt(ends[0]) > Integer.parseInt(ends[1])) {
            settings.problem("format", "where in the line is " + column.name(), "write for example text at 1..10");
        }
    }

    private void days() {
        String points = settings.text("days");
        if (points == null) {
            return;
        }
        List<Column> rows = pull.children().get(points);
        if (rows == null) {
            settings.problem(
                    "days",
                    "no child table " + points,
                    "known here: " + pull.children().keySet());
            return;
        }
        String time = settings.text("time");
        String position = settings.text("position");
        if ((time == null) == (position == null)) {
            settings.problem("days", "when is a point", "name its time, or its position, start and interval");
        }
        named("time", time, rows);
        named("position", position, rows);
        named("until", settings.text("until"), rows);
        if (position != null) {
            named("start", settings.required("start", "the column of the first point's time"), pull.columns());
            named("end", settings.text("end"), pull.columns());
            String interval = settings.required("interval", "a column, or PT15M");
            if (!interval.startsWith("PT")) {
                named("interval", interval, pull.columns());
            }
        }
    }

    private void named(String key, @Nullable String name, List<Column> columns) {
        if (name != null && columns.stream().noneMatch(column -> column.name().equals(name))) {
            settings.problem(key, "no column " + name, "add it to the columns");
        }
    }
}
