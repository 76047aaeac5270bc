package isthmus.catalog;

/**
 * One entity's mapping as written in {@code <entity>.mapping.yaml}: the checked tree that the normalizer compiles.
 *
 * @param entity the canonical entity
 * @param pull the pull whose rows it reads
 * @param version counted up by whoever changes the mapping
 * @param body the parsed file; read through {@link Section}
 */
public record MappingSpec(String entity, String pull, String version, Section body) {}
