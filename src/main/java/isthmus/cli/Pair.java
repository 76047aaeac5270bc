package isthmus.cli;

import picocli.CommandLine.Parameters;

/** Two records about which a person says something. */
final class Pair {
    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "A customer or an account, urn:isthmus:… as it is listed.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "OTHER", description = "The other.")
    private String other = "";

    String id() {
        return id;
    }

    String other() {
        return other;
    }
}
