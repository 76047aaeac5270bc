package isthmus.model;

import java.util.List;
import java.util.Map;

/**
 * A chunk with what each of its entities' mappings made of each piece.
 *
 * @param outcomes per entity, one outcome per piece, in the order of the pieces
 * @param mappings per entity, {@code id@version} of the mapping that spoke
 */
public record Normalized(Chunk chunk, Map<String, List<Outcome>> outcomes, Map<String, String> mappings) {}
