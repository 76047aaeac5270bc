package isthmus.model;

/**
 * A flag on a published record ({@code meta.quality}); not part of the content hash.
 *
 * @param path RFC 6901 pointer into the record
 */
public record Quality(Reason code, String path) {}
