package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.store.Cargo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedPositionTest {
    @Test
    void everyKindIsReadAsItIsWritten() {
        for (FeedPosition position : new FeedPosition[] {
            FeedPosition.behind(0),
            FeedPosition.behind(1042),
            FeedPosition.behind(1042, 17),
            FeedPosition.inState(7, ""),
            FeedPosition.inState(7, Cargo.urn("bill", "310/202610/%E7%94%B5"))
        }) {
            assertThat(position.toString()).matches("[A-Za-z0-9~_-]+");
            assertThat(FeedPosition.of("bill", position.toString())).hasValue(position);
        }
        assertThat(FeedPosition.behind(1042, 17)).hasToString("1042-17");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "-1",
                "+1",
                "01",
                "1-",
                "1-01",
                "1--1",
                "1.5",
                "1;drop table record",
                "9999999999999999999",
                "1-9999999999",
                "1~!",
                "1~AAAA",
                "1~dXJu",
                "1~w6k",
                "1~w",
                "１",
                "1\n",
                "1~\0"
            })
    void whatNoFeedHasGivenIsNotRead(String text) {
        assertThat(FeedPosition.of("bill", text)).isEmpty();
    }

    @Test
    void aPlaceInTheStateOfOneEntityIsNoneOfAnother() {
        String position = FeedPosition.inState(7, Cargo.urn("bill", "a")).toString();

        assertThat(FeedPosition.of("account", position)).isEmpty();
    }
}
