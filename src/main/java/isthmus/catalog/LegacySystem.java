package isthmus.catalog;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A legacy system as its folder under routes/ describes it.
 *
 * @param name the silo
 * @param transport {@code jdbc}, {@code sftp}, {@code ftps}, {@code ftp}, {@code soap} or {@code file}
 * @param zone the zone of its naive times
 * @param charset the charset of its bytes
 * @param connection resolved settings; values came from the environment and are never printed
 * @param mappings one per entity, as parsed and checked
 */
public record LegacySystem(
        String name,
        Path folder,
        String transport,
        ZoneId zone,
        Charset charset,
        Duration every,
        Map<String, String> connection,
        List<Pull> pulls,
        List<MappingSpec> mappings) {

    /** True when its records come as whole files, whatever carries them. */
    public boolean isOfFiles() {
        Transport known = Transport.named(transport);
        return known != null && known.isOfFiles();
    }

    /** The same system with these pulls alone, and their mappings. */
    public LegacySystem with(List<Pull> some) {
        List<MappingSpec> theirs = mappings.stream()
                .filter(mapping -> some.stream().anyMatch(pull -> pull.name().equals(mapping.pull())))
                .toList();
        return new LegacySystem(name, folder, transport, zone, charset, every, connection, some, theirs);
    }

    public Pull pull(String name) {
        return pulls.stream()
                .filter(pull -> pull.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pull " + name + " in " + this.name));
    }
}
