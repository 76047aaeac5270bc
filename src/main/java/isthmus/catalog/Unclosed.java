package isthmus.catalog;

import java.util.List;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** The line that is to blame for a file that is not YAML: a parser notices what never closes only where something else opens. */
final class Unclosed {

    private Unclosed() {}

    /** 1-based; 0 when the parser knows none. */
    static int line(String text, MarkedYamlEngineException fault) {
        int noticed = fault.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
        List<String> lines = text.lines().limit(noticed).toList();
        for (int i = 0; i < lines.size(); i++) {
            if (count(lines.get(i), "\"") % 2 == 1) {
                return i + 1;
            }
        }
        if (String.valueOf(fault.getContext()).contains("flow")) {
            for (int i = lines.size() - 1; i >= 0; i--) {
                if (count(lines.get(i), "[{") > count(lines.get(i), "]}")) {
                    return i + 1;
                }
            }
        }
        return noticed;
    }

    private static int count(String line, String any) {
        String code = line.replaceAll("'[^']*'", "").replaceAll("(^|\\s)#.*$", "");
        return (int) code.chars().filter(c -> any.indexOf(c) >= 0).count();
    }
}
