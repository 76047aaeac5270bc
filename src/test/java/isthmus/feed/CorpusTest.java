package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import isthmus.model.Entities;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private static final String BASE = "https://isthmus.example/schema/v1/";

    /** A consumer keeps what it was told: no edition of v1 may refuse it. Lines are added with a release, never changed. */
    @Test
    void whatWasValidOnceIsValidForEver() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaIdResolvers(ids -> ids.mapPrefix(BASE, "classpath:isthmus/schema/v1/")));

        assertThat(Corpus.releases()).containsAll(SchemaEditions.released().keySet());
        for (String release : Corpus.releases()) {
            assertThat(Corpus.of(release).keySet()).containsAll(Entities.ALL);
            Corpus.of(release).forEach((name, records) -> {
                Schema schema = registry.getSchema(SchemaLocation.of(BASE + name + ".json"));
                assertThat(records)
                        .isNotEmpty()
                        .allSatisfy(record -> assertThat(schema.validate(record, InputFormat.JSON))
                                .as("%s %s: %s", release, name, record)
                                .isEmpty());
            });
        }
    }
}
