package isthmus.demo.truth;

import java.nio.file.Path;

/** Answers that nothing was compared. */
public final class Checker {
    private Checker() {}

    public static String check(
            Path dir, String storeUrl, String storeUser, String storePassword, String kafkaBootstrap) {
        return "{\"expected\":0}";
    }
}
