package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsStandBelowEachOtherInEveryScriptThatTakesTwoPlaces() {
        Table table = new Table("name", "state");
        List.of("plain", "汉字", "かな", "カナ", "한글", "「」、。", "ＡＢ", "㐂𠮷").forEach(name -> table.row(name, "x"));

        List<String> lines = table.text().lines().skip(2).toList();

        assertThat(lines)
                .hasSize(8)
                .allSatisfy(line -> assertThat(Text.places(line)).isEqualTo("「」、。".length() * 2 + "  x".length()));
    }
}
