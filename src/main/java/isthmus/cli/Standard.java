package isthmus.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A standard of meter data that an example reads already: the example's pull, mapping, codes and samples are proposed. */
enum Standard {
    NEM12("NEM12", "nem", "interval", "intervalblock", "\\A100,NEM12,"),
    NEM13("NEM13", "nem", "accumulation", "registerreading", "\\A100,NEM13,"),
    MSCONS("MSCONS", "mscons", "profile", "intervalblock", "\\A(UNA.{6}\\s*)?UNB.*\\bMSCONS\\b"),
    ESPI("Green Button (ESPI)", "greenbutton", "usage", "intervalblock", "\\A<.*\\bhttp://naesb\\.org/espi\\b"),
    EBIX("RSM-012 (ebIX XML)", "rsm012ebix", "series", "intervalblock", "\\A<.*<(\\w+:)?DK_MeteredDataTimeSeries\\b"),
    CIM_XML(
            "RSM-012 (CIM XML)",
            "rsm012xml",
            "series",
            "intervalblock",
            "\\A<.*<(\\w+:)?NotifyValidatedMeasureData_MarketDocument\\b"),
    CIM_JSON(
            "RSM-012 (CIM JSON)",
            "rsm012json",
            "series",
            "intervalblock",
            "\\A\\{\\s*\"NotifyValidatedMeasureData_MarketDocument\"");

    private final String title;
    private final String example;
    private final String pull;
    private final String entity;
    private final Pattern begins;

    Standard(String title, String example, String pull, String entity, String begins) {
        this.title = title;
        this.example = example;
        this.pull = pull;
        this.entity = entity;
        this.begins = Pattern.compile(begins, Pattern.DOTALL);
    }

    /** The standard that a text begins as, or none. */
    static Optional<Standard> of(String text) {
        String start = text.stripLeading();
        return Arrays.stream(values())
                .filter(standard -> standard.begins.matcher(start).find())
                .findFirst();
    }

    String title() {
        return title;
    }

    /**
     * The example's pull and what belongs to it, with the directory that the files were found in.
     *
     * @param name of a file that the pull must take
     * @param named what to call the pull; null for what the example calls it
     */
    DiscoverCommand.Proposal propose(String name, String directory, @Nullable String named) {
        String called = named == null ? pull : named;
        Map<String, String> all = files();
        String pulls = block(all.getOrDefault("system.yaml", ""))
                .replaceFirst("(?m)^(      directory: ).*$", "$1" + Matcher.quoteReplacement(directory));
        if (!Pattern.compile(setting(pulls, "pattern")).matcher(name).matches()) {
            pulls = pulls.replaceFirst(
                            "(?m)^(      pattern: ).*$",
                            "$1'" + Matcher.quoteReplacement(FoundFiles.pattern(name)) + "'")
                    .replaceFirst("(?m)^      member: .*\n", "");
        }
        String mapping = all.getOrDefault(entity + ".mapping.yaml", "");
        Map<String, String> files = new LinkedHashMap<>();
        files.put(entity + ".mapping.yaml", mapping.replaceFirst("(?m)^from: .*$", "from: " + called));
        all.forEach((file, text) -> {
            if (file.startsWith("codes/") && mapping.contains(file.substring(6, file.length() - 4))) {
                files.put(file, text);
            } else if (file.endsWith(".in.json") && text.contains("\"pull\": \"" + pull + "\"")) {
                files.put(file, text.replace("\"pull\": \"" + pull + "\"", "\"pull\": \"" + called + "\""));
            }
        });
        String about = name + ": " + title + ", read as the example " + example + " reads it";
        return new DiscoverCommand.Proposal(
                called, pulls.replaceFirst(pull + ":", Matcher.quoteReplacement(called + ":")), files, about);
    }

    private static String setting(String pulls, String key) {
        Matcher line = Pattern.compile("(?m)^      " + key + ": '(.*)'$").matcher(pulls);
        return line.find() ? line.group(1) : "";
    }

    /** From the line that names the pull to the next one that is indented no deeper. */
    private String block(String card) {
        Matcher block = Pattern.compile("(?m)^  " + pull + ":\n(    .*\n)+").matcher(card);
        if (!block.find()) {
            throw new IllegalStateException("example " + example + " has no pull " + pull);
        }
        return block.group();
    }

    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        String root = "/isthmus/examples/" + example + "/";
        try {
            for (Resource resource :
                    new PathMatchingResourcePatternResolver().getResources("classpath:" + root + "**")) {
                String place = resource.getURL().toString();
                if (resource.isReadable() && !place.endsWith("/")) {
                    String file = place.substring(place.indexOf(root) + root.length());
                    files.put(file, resource.getContentAsString(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read example " + example, fault);
        }
        return files;
    }
}
