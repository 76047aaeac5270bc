package isthmus.serve.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of the record, and what fills it.
 *
 * @param path in the record; {@code *} for every item of a list
 * @param columns of the source, those of child rows as {@code child.COLUMN}; empty for what the mapping says itself
 * @param rule the conversion as the mapping writes it
 * @param at file and line of the rule
 * @param value as text, of many the first; left out where it is personal, and where there is none
 * @param classified true when a column behind it holds personal data
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Field(
        String path,
        List<String> columns,
        String rule,
        String at,
        @Nullable String value,
        boolean classified) {}
