package isthmus.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrnTest {
    @Test
    void theFirstFiveColonsDivideAnIdAndTheKeyMayHaveMore() {
        String id = "urn:isthmus:yj:crm:customer:C1:2/7";

        assertThat(Urn.org(id)).isEqualTo("yj");
        assertThat(Urn.silo(id)).isEqualTo("crm");
        assertThat(Urn.entity(id)).isEqualTo("customer");
        assertThat(Urn.key(id)).isEqualTo("C1:2/7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "urn", "urn:isthmus:yj:crm:customer", "uri:isthmus:yj:crm:customer:1"})
    void whatIsNoIdHasNoParts(String text) {
        assertThat(Urn.silo(text)).isEmpty();
        assertThat(Urn.entity(text)).isEmpty();
        assertThat(Urn.key(text)).isEqualTo(text);
    }
}
