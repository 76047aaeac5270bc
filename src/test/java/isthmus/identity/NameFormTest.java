package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameFormTest {
    private static final String[] PIECES = {
        "李", "婷", "歐陽", "欧阳", "曉薇", "𠮷", "A", "ｂ", "Ｃ", "É", "ß", "ﬁ", "㈱", "①", "Ⅳ", "０", "7", " ", "\u3000",
        "\u00a0", "\t", "\n", ".", "，", "、", "。", "·", "•", "・", "･", "‧", "-", "－", "_", "'", "\"", "（", ")", "[", "］",
        "【", "《", "/", "／", "…", "e\u0301", "股份有限公司", "有限责任公司", "有限公司", "股份公司", "分公司", "门市部", "公司", "\\", "%", "\ufe0f"
    };

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "李  婷,李婷",
                "李·婷（女）,李婷女",
                "ＡＢＣ食品有限公司,abc食品",
                "新乡市鑫源食品（有限公司）,新乡市鑫源食品",
                "鑫源分公司有限公司,鑫源分公司",
                "有限公司,-",
                "' ·　',-",
                "歐陽,歐陽"
            })
    void whatCountsForNothingIsLeftOut(String name, String form) {
        assertThat(NameForm.of(name)).isEqualTo(form);
    }

    /** By which names were compared as long as the store could read them. */
    @Test
    void itIsWhatTheStoreMadeOfTheSameName() throws IOException {
        Store store = Store.fresh();
        String migration = Files.readString(Path.of("src/main/resources/db/migration/V110__identity.sql"));
        int from = migration.indexOf("create function link_name");
        store.sql.sql(migration.substring(from, migration.indexOf(';', from))).update();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<String> names = names(new Random(seed));

        List<String> stored = store.sql
                .sql("select link_name(name) from unnest(?) with ordinality as n (name, place) order by place")
                .param(names.toArray(String[]::new))
                .query((row, n) -> String.valueOf(row.getString(1)))
                .list();

        assertThat(stored).hasSize(names.size());
        for (int i = 0; i < names.size(); i++) {
            assertThat(String.valueOf(NameForm.of(names.get(i))))
                    .as("seed %d: %s", seed, names.get(i))
                    .isEqualTo(stored.get(i));
        }
    }

    private static List<String> names(Random dice) {
        List<String> names = new ArrayList<>(List.of(PIECES));
        while (names.size() < 20_000) {
            StringBuilder name = new StringBuilder();
            for (int i = dice.nextInt(6); i >= 0; i--) {
                name.append(PIECES[dice.nextInt(PIECES.length)]);
            }
            names.add(name.toString());
        }
        return names;
    }
}
