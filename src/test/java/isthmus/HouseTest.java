package isthmus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Holds the walls of the house (docs/house.md): who may import whom, how large a room's pieces may be, and their names. */
class HouseTest {

    private static final int LARGEST_TYPE = 300;
    private static final int LARGEST_TEST = 400;
    private static final int PUBLIC_TYPES_A_ROOM = 12;
    private static final Pattern DUMPING_GROUND = Pattern.compile(
            ".*(Utils?|Helper|Manager|Impl|Misc|DTO|Common)(Test)?|I[A-Z][a-z].*er|Abstract.*|Base[A-Z].*");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("isthmus");

    @Test
    void everyRoomImportsOnlyWhatItsDoorplateAllows() {
        ApplicationModules.of(Isthmus.class).verify();
    }

    @Test
    void thePlanOfTheHouseSaysWhatItsDoorplatesSay() throws IOException {
        String plan = Files.readString(Path.of("docs/house.md"));
        List<String> rows = new ArrayList<>();
        try (var doors = Files.walk(Path.of("src/main/java/isthmus"), 2)) {
            for (Path door :
                    doors.filter(file -> file.endsWith("package-info.java")).toList()) {
                String text = Files.readString(door);
                String sentence = text.substring(text.indexOf("/**") + 3, text.indexOf("*/"))
                        .replaceAll("\\s*\\n \\* ", " ")
                        .replaceAll("\\{@code ([^}]*)}", "`$1`")
                        .strip();
                rows.add("| `" + door.getName(door.getNameCount() - 2) + "` | " + sentence + " |");
            }
        }

        assertThat(rows)
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> assertThat(plan.lines()).contains(row));
        assertThat(plan.lines().filter(line -> line.startsWith("| `"))).hasSameSizeAs(rows);
    }

    @Test
    void theModelIsPureJava() {
        noClasses()
                .that()
                .resideInAPackage("isthmus.model..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "isthmus.model..", "java..", "org.jspecify..", "org.springframework.modulith..")
                .check(HOUSE);
    }

    @Test
    void theProofOfTheAuditNeedsNothingButTheJdk() {
        noClasses()
                .that()
                .resideInAPackage("isthmus.audit.proof")
                .and()
                .haveSimpleNameNotContaining("package-info")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("isthmus.audit.proof", "java..")
                .check(HOUSE);
    }

    @Test
    void camelRoutesAreWrittenInFlowOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("isthmus.flow..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.camel.builder.RouteBuilder")
                .check(HOUSE);
    }

    @Test
    void onlyTheDemoKnowsEmbeddedServers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("isthmus.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.zonky..", "ch.vorburger..", "org.apache.sshd..", "org.apache.ftpserver..")
                .check(HOUSE);
        classes()
                .that()
                .resideInAPackage("isthmus.demo..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(roomsBesides("demo"))
                .check(HOUSE);
    }

    @Test
    void noIslandIsNamedInJava() throws IOException {
        Pattern island = Pattern.compile("\"(billing|metering|crm)\"");
        assertThat(sources("src/main/java")
                        .filter(file -> !file.toString().contains("/demo/"))
                        .filter(file -> island.matcher(read(file)).find()))
                .as("what differs between legacy systems is data in routes/, not code")
                .isEmpty();
    }

    @Test
    void nothingIsNamedAfterADumpingGround() {
        assertThat(HOUSE.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .map(JavaClass::getSimpleName)
                        .filter(name -> DUMPING_GROUND.matcher(name).matches()))
                .isEmpty();
        assertThat(HOUSE.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.matches(
                                ".*\\.(utils?|common|helpers?|managers?|base|impl|dto|misc|shared)(\\..*)?")))
                .isEmpty();
    }

    @Test
    void noTypeHasGrownTooLarge() throws IOException {
        assertThat(tooLong("src/main/java", LARGEST_TYPE)).isEmpty();
        assertThat(tooLong("src/test/java", LARGEST_TEST)).isEmpty();
    }

    @Test
    void noRoomShowsMoreThanItsDoor() {
        var publicTypes = HOUSE.stream()
                .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> type.getPackageName().matches("isthmus\\.[a-z]+"))
                .filter(type -> !type.getPackageName().equals("isthmus.model"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(publicTypes.entrySet().stream().filter(room -> room.getValue() > PUBLIC_TYPES_A_ROOM))
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() throws IOException {
        List<Path> unmarked = sources("src/main/java")
                .map(Path::getParent)
                .distinct()
                .filter(room -> !room.endsWith("java/isthmus"))
                .filter(room -> !read(room.resolve("package-info.java")).contains("@NullMarked"))
                .toList();
        assertThat(unmarked).isEmpty();
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md")).size()).isLessThanOrEqualTo(120);
    }

    private static String[] roomsBesides(String one) {
        return HOUSE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("isthmus.") && !name.startsWith("isthmus." + one))
                .distinct()
                .toArray(String[]::new);
    }

    private static List<String> tooLong(String root, int limit) throws IOException {
        return sources(root)
                .filter(file -> read(file).lines().count() > limit)
                .map(Path::toString)
                .toList();
    }

    private static Stream<Path> sources(String root) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }
}
