package isthmus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SECURITY.md says of the libraries, asked of those that the tests run with. */
class BillOfMaterialsTest {
    private static final Pattern JAR = Pattern.compile("(.+?)-([0-9].*)\\.jar");
    private static final Map<String, String> VERSIONS = versions();

    private static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Matcher jar = JAR.matcher(String.valueOf(Path.of(entry).getFileName()));
            if (jar.matches()) {
                versions.put(jar.group(1), jar.group(2));
            }
        }
        return versions;
    }

    @ParameterizedTest
    @CsvSource({
        "camel-core-engine, 4.18.0",
        "kafka-clients, 3.9.2",
        "postgresql, 42.7.12",
        "spring-boot, 3.5.16",
        "commons-lang3, 3.18",
        "lz4-java, 1.10.1",
        "logback-core, 1.5.13",
        "tomcat-embed-core, 10.1.44",
        "commons-io, 2.14"
    })
    void isAtLeastAsNewAsTheHolesAskFor(String library, String least) {
        assertThat(VERSIONS).containsKey(library);
        assertThat(Version.parse(String.valueOf(VERSIONS.get(library)))).isGreaterThanOrEqualTo(Version.parse(least));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log4j-core|log4j",
                "commons-collections|commons-beanutils",
                "xstream.*|xalan|groovy.*|rhino.*",
                "opensaml.*",
                "hadoop-.*",
                "camel-(exec|script|groovy|javascript|python|mvel|ognl|joor|ssh|http|netty.*|mina.*|mail|tika)",
                "camel-(jms|sjms.*|amqp|activemq.*|coap|google-pubsub|platform-http.*|keycloak|undertow|jetty.*)",
                "camel-(aws2?-.*|infinispan.*|leveldb|hazelcast|jgroups.*|cassandraql|vertx.*|cxf-rest)",
                "cxf-rt-ws-transfer|cxf-rt-rs-.*",
                "jolokia-.*|spring-boot-devtools|spring-boot-starter-jersey|jersey-.*",
                "camel-karavan.*"
            })
    void isNotMadeOf(String pattern) {
        assertThat(VERSIONS.keySet()).isNotEmpty().noneMatch(library -> library.matches(pattern));
    }

    @Test
    void theBuildRefusesWhatMayNotComeBack() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(pom).contains("<dependencyConvergence/>", "<requireUpperBoundDeps>", "<banDynamicVersions/>");
        assertThat(pom).contains("<artifactId>cyclonedx-maven-plugin</artifactId>");
        assertThat(Files.readString(Path.of(".mvn/maven.config"))).contains("--strict-checksums");
        assertThat(Arrays.asList(
                        "log4j-core",
                        "commons-collections:commons-collections",
                        "camel-exec",
                        "camel-script",
                        "camel-groovy",
                        "camel-jms",
                        "camel-platform-http"))
                .allSatisfy(banned -> assertThat(pom).containsPattern("<exclude>[^<]*" + banned));
    }
}
