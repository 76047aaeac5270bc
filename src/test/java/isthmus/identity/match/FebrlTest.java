package isthmus.identity.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import isthmus.identity.match.Matching.Decision;
import isthmus.identity.match.Matching.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two sets of people whose errors are known, by one configuration whose weights are estimated from each set alone. */
class FebrlTest {
    private static final Path SETS = Path.of("../shared/data/identity/febrl");
    private static final Path LATIN = Path.of("config/identity-latin.yaml");
    private static final long SEED = 1;

    @Test
    void duplicatesWithinAFileAreFound() throws IOException {
        assumeTrue(Files.exists(SETS), "the sets are not here: " + SETS);

        Trial trial = trial(SETS.resolve("dataset1.csv"));

        assertThat(trial.pairs()).isEqualTo(500);
        assertThat(trial.precision()).isGreaterThanOrEqualTo(0.995);
        assertThat(trial.recall()).isGreaterThanOrEqualTo(0.96);
    }

    @Test
    void peopleAreFoundAgainInAnotherFile() throws IOException {
        assumeTrue(Files.exists(SETS), "the sets are not here: " + SETS);

        Trial trial = trial(SETS.resolve("dataset4a.csv"), SETS.resolve("dataset4b.csv"));

        assertThat(trial.pairs()).isEqualTo(5000);
        assertThat(trial.precision()).isGreaterThanOrEqualTo(0.995);
        assertThat(trial.recall()).isGreaterThanOrEqualTo(0.96);
    }

    private static Trial trial(Path... files) throws IOException {
        PersonFiles people = PersonFiles.read(LATIN, List.of(files), "rec_id");
        Model model = people.estimate(SEED);
        return people.trial(people.matches(model), "rec-([0-9]+)-");
    }

    @Test
    void theOrderOfTheRecordsDoesNotMatter() throws IOException {
        assumeTrue(Files.exists(SETS), "the sets are not here: " + SETS);
        PersonFiles people = PersonFiles.read(LATIN, List.of(SETS.resolve("dataset1.csv")), "rec_id");
        PersonFiles shuffled = people.shuffled(SEED);

        Stream<String> here = linked(people);
        Stream<String> there = linked(shuffled);

        assertThat(here.toList()).hasSizeGreaterThan(400).containsExactlyInAnyOrderElementsOf(there.toList());
    }

    private static Stream<String> linked(PersonFiles people) {
        return people.matches(people.model()).stream()
                .filter(match -> match.decision() == Decision.LINK)
                .map(FebrlTest::pair);
    }

    private static String pair(Match match) {
        String left = match.left().id();
        String right = match.right().id();
        return left.compareTo(right) < 0 ? left + "|" + right : right + "|" + left;
    }
}
