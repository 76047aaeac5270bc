package isthmus.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.hostile.BadInputs;
import isthmus.model.Entities;
import isthmus.security.Rights.Right;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/security.md are written from {@link Rights}, {@link Role}, {@link Scope} and the bad inputs that the tests
 * send ({@code -Dgolden=write}).
 */
class SecurityPageTest {
    private static final Path PAGE = Path.of("docs/security.md");

    @Test
    void theTablesAreWhatTheCodeSays() throws IOException {
        String page = Files.readString(PAGE);
        String now = replaced(replaced(page, "rights", rights()), "roles", roles());
        now = replaced(now, "fixtures", BadInputs.page());
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, now);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(now);
    }

    @Test
    void whatIsOpenInTheTableOfBadInputsIsToldAmongWhatDoesNotHold() throws IOException {
        String page = Files.readString(PAGE);
        String open = page.substring(page.indexOf("## What does not hold yet"));

        assertThat(open)
                .contains(
                        BadInputs.open().isEmpty()
                                ? "No fixture of the table below is open"
                                : "fixtures that are open in the table below: " + BadInputs.open() + ".");
    }

    @Test
    void everyEntityThatIsPersonalExists() {
        assertThat(Entities.ALL).containsAll(Rights.PERSONAL);
    }

    @Test
    void aRoleIsNoScopeOfAnother() {
        assertThat(Role.VIEWER.scopes()).doesNotContain(Scope.FEED_READ, Scope.PII_READ);
        assertThat(Arrays.stream(Role.values()).filter(role -> role.scopes().contains(Scope.PII_READ)))
                .containsExactly(Role.PRIVACY_OFFICER);
        assertThat(Scope.of("run:*")).containsExactlyInAnyOrder(Scope.RUN_RECONCILE, Scope.RUN_IDENTITY);
        assertThat(Scope.of("*")).isEmpty();
    }

    @Test
    void theRealmForTryingHasTheseRolesAndHoldsNoSecret() throws IOException {
        JsonNode realm = new ObjectMapper()
                .readTree(Path.of("config/keycloak/isthmus-realm.json").toFile());
        List<String> roles = new ArrayList<>();
        realm.at("/roles/realm").forEach(role -> roles.add(role.path("name").asText()));

        assertThat(roles)
                .containsExactlyElementsOf(
                        Arrays.stream(Role.values()).map(Role::word).toList());
        assertThat(realm.findValuesAsText("secret")).containsExactly("${KEYCLOAK_PORTAL_SECRET}");
        assertThat(realm.findValues("credentials")).isEmpty();
    }

    private static String replaced(String page, String name, String table) {
        String begin = "<!-- " + name + ": generated -->\n";
        String end = "<!-- " + name + ": end -->";
        return page.substring(0, page.indexOf(begin) + begin.length()) + table + page.substring(page.indexOf(end));
    }

    private static String roles() {
        StringBuilder table = new StringBuilder("| scope | opens | " + heads() + " |\n|---|---|" + rule());
        for (Scope scope : Scope.values()) {
            table.append("| `%s` | %s | %s |%n"
                    .formatted(
                            scope.word(),
                            scope.meaning(),
                            Arrays.stream(Role.values())
                                    .map(role -> role.scopes().contains(scope) ? "yes" : "")
                                    .collect(Collectors.joining(" | "))));
        }
        return table.toString();
    }

    private static String rights() {
        StringBuilder table =
                new StringBuilder("| method | address | of | scope | " + heads() + " |\n|---|---|---|---|" + rule());
        for (Right right : Rights.ALL) {
            boolean isSplit = right.clear() != null && right.shows("x").contains("x");
            for (String entity : isSplit ? List.of("bill", "customer") : List.of("bill")) {
                table.append(row(right, entity, isSplit));
            }
        }
        return table.toString();
    }

    private static String row(Right right, String entity, boolean isSplit) {
        boolean isPersonal = Rights.PERSONAL.contains(entity);
        Scope clear = right.namesPersons(entity) ? right.clear() : null;
        String scopes =
                right.anyOf().stream().map(scope -> "`" + scope.word() + "`").collect(Collectors.joining(" or "));
        return "| %s | `%s` | %s | %s%s | %s |%n"
                .formatted(
                        right.method(),
                        right.path(),
                        isSplit ? (isPersonal ? "`customer` and others that name a person" : "`bill` and others") : "",
                        scopes.isEmpty() ? "none" : scopes,
                        clear == null ? "" : ", in clear `" + clear.word() + "`",
                        Arrays.stream(Role.values())
                                .map(role -> may(role, right, entity))
                                .collect(Collectors.joining(" | ")));
    }

    private static String may(Role role, Right right, String entity) {
        Set<Scope> scopes = EnumSet.copyOf(role.scopes());
        Caller caller = new Caller("somebody", null, scopes, Set.of(Caller.EVERY));
        if (!right.isOpen() && caller.lacks(right, entity) != null) {
            return "";
        }
        return !right.namesPersons(entity)
                ? "yes"
                : scopes.contains(Objects.requireNonNull(right.clear())) ? "clear" : "masked";
    }

    private static String heads() {
        return Arrays.stream(Role.values())
                .map(role -> role.word().replace('-', ' '))
                .collect(Collectors.joining(" | "));
    }

    private static String rule() {
        return "---|".repeat(Role.values().length) + "\n";
    }
}
