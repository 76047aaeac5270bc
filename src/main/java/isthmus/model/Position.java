package isthmus.model;

/**
 * How far a pull has come; committed with the chunk that reached it.
 *
 * @param pull the pull inside its system; with the system it names the cursor
 * @param value opaque to everyone but the reader that wrote it; JSON text
 */
public record Position(String system, String pull, String value) {}
