package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import isthmus.crosscheck.Seeds;
import isthmus.identity.Learning.Learnt;
import isthmus.identity.Learning.Level;
import isthmus.security.seal.Seals;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store says the weights are, and that they are read again as they were written. */
class LearningTest {
    private static final int PEOPLE = 220;
    private static final String FAMILIES = "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁";

    @TempDir
    Path config;

    private final Store store = Store.fresh();

    @Test
    void whereKeysHaveLinkedEnoughTheyAreCounted() throws IOException {
        town(true);
        Learnt person = learn();

        assertThat(person.isCounted()).isTrue();
        assertThat(person.same()).isEqualTo(PEOPLE);
        assertThat(person.records()).isEqualTo(2 * PEOPLE);
        // Of every four one has another number in the other system.
        assertThat(level(person, "contact", "same").learnt().m()).isCloseTo(0.75, within(0.01));
        assertThat(level(person, "contact", "same").learnt().u()).isLessThan(0.001);
        assertThat(level(person, "contact", "same").pairs()).isEqualTo(PEOPLE);
        // What the rules by keys refuse cannot be counted among what they have linked.
        assertThat(level(person, "name", "other").learnt().m())
                .isEqualTo(level(person, "name", "other").now().m());
    }

    @Test
    void whatIsWrittenHoldsFromTheNextStart() throws IOException {
        town(true);
        Learnt person = learn();
        Files.copy(Path.of("config/identity.yaml"), config.resolve("identity.yaml"));

        Path written = Learning.write(config, List.of(person));
        IdentityRules rules = IdentityRules.read(config, Pairs.SYSTEMS);

        assertThat(Files.readString(written))
                .contains("# Keys link only those whose names resemble each other", "version: " + person.version());
        assertThat(rules.models().get(0).version())
                .isEqualTo(person.version())
                .matches("fs-1-[0-9]{4}-[0-9]{2}-[0-9]{2}");
        assertThat(rules.models().get(0).weights().get(0).m())
                .isCloseTo(level(person, "contact", "same").learnt().m(), within(0.0001));
        assertThat(rules.models().get(1).version()).isEqualTo("fs-1");
        assertThat(new Learning(rules, store.source, store.clock, store.clock.getZone(), Seals.NONE)
                        .learn()
                        .get(0)
                        .version())
                .isEqualTo(person.version());
    }

    @Test
    void withoutKeysTheyAreExpected() {
        town(false);

        Learnt person = learn();

        assertThat(person.isCounted()).isFalse();
        assertThat(level(person, "contact", "same").learnt().m()).isBetween(0.6, 0.9);
    }

    private Learnt learn() {
        IdentityRules rules = IdentityRules.read(Path.of("config"), Pairs.SYSTEMS);
        new Linking(rules, store.source, store.clock).update(1, Linking.Notes.NONE);
        return new Learning(rules, store.source, store.clock, store.clock.getZone(), Seals.NONE)
                .learn()
                .get(0);
    }

    private static Level level(Learnt model, String field, String level) {
        return model.levels().stream()
                .filter(one ->
                        one.now().field().equals(field) && one.now().level().equals(level))
                .findFirst()
                .orElseThrow();
    }

    private void town(boolean hasKeys) {
        for (int i = 0; i < PEOPLE; i++) {
            String name = FAMILIES.charAt(i % 20) + new String(Character.toChars(0x5000 + 7 * i)) + "明";
            customer("billing", i, name, "+8613812%06d".formatted(i), "");
            customer(
                    "crm",
                    i,
                    name,
                    "+861381%s%06d".formatted(i % 4 == 0 ? "9" : "2", i),
                    hasKeys ? ", \"ext\": {\"yj.consNo\": \"" + i + "\"}" : "");
            Seeds.record(
                    store,
                    "billing",
                    "account",
                    "" + i,
                    "{\"accountNo\": \"%d\", \"customer\": \"urn:isthmus:yj:billing:customer:%d\"}".formatted(i, i));
        }
    }

    private void customer(String silo, int key, String name, String phone, String more) {
        Seeds.record(
                store,
                silo,
                "customer",
                "" + key,
                "{\"kind\": \"person\", \"name\": {\"display\": \"%s\"}, \"contacts\": [{\"value\": \"%s\"}], \"addresses\": [{\"normalized\": \"建国路%d号3栋501室\"}]%s}"
                        .formatted(name, phone, key, more));
    }
}
