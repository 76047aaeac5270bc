package isthmus.security.share;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.security.Fingerprints;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PseudonymsTest {
    private static final String ID = "urn:isthmus:yj:crm:customer:C0000001";

    private final Pseudonyms names = new Pseudonyms(Fingerprints.nobodys(), "bank-a");

    @Test
    void aNameIsAlwaysTheSameAndFoundBackByItsHubAlone() {
        Pseudonyms again = new Pseudonyms(Fingerprints.nobodys(), "bank-a");
        Pseudonyms others = new Pseudonyms(Fingerprints.nobodys(), "bank-b");
        Pseudonyms elsewhere =
                new Pseudonyms(new Fingerprints(Base64.getEncoder().encodeToString(new byte[32])), "bank-a");
        String name = names.id(ID);

        assertThat(name)
                .isEqualTo(again.id(ID))
                .isNotEqualTo(elsewhere.id(ID))
                .matches("urn:isthmus:[a-z0-9]{1,16}:[a-z0-9-]{1,24}:customer:[A-Za-z0-9_-]{1,200}");
        assertThat(again.record("customer", name)).hasValue(ID);
        assertThat(names.record("account", name.replace(":customer:", ":account:")))
                .isEmpty();
        assertThat(others.record("customer", name.replace("bank-a", "bank-b"))).isEmpty();
        assertThat(elsewhere.record("customer", name)).isEmpty();
        assertThat(names.text("place", name.split(":")[5])).isEmpty();
    }

    @Test
    void aNameThatSomebodyMadeUpStandsForNothing() {
        String name = names.id(ID);
        for (int i = name.lastIndexOf(':') + 1; i < name.length() - 1; i++) {
            char other = name.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(names.record("customer", name.substring(0, i) + other + name.substring(i + 1)))
                    .as("character " + i)
                    .isEmpty();
        }
        for (String wrong : List.of("", "urn:isthmus:partner:bank-a:customer:", ID, name + "AAAA", name + "=", "%")) {
            assertThat(names.record("customer", wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void idsAnywhereInATextAndKeyedHashesAreThePartnersOwn() {
        String hash = Fingerprints.nobodys().identifier("cnResidentId", "11010519491231002X");

        assertThat(names.told("replaces " + ID + " 章")).isEqualTo("replaces " + names.id(ID) + " 章");
        assertThat(names.told(hash)).matches("h1:[A-Za-z0-9_-]{22}").isNotEqualTo(hash);
        assertThat(names.told("章伟 12.50 h1:short")).isEqualTo("章伟 12.50 h1:short");
        assertThat(names.digest("event", "1")).matches("[0-9a-f]{32}").isNotEqualTo(names.digest("event", "2"));
    }

    @Test
    void theLengthTellsLittleOfTheKey() {
        assertThat(List.of("C1", "C12", "C123456789"))
                .extracting(
                        key -> names.id("urn:isthmus:yj:crm:customer:" + key).length())
                .containsOnly(names.id("urn:isthmus:yj:crm:customer:C1").length());
    }
}
