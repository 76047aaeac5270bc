package isthmus.hostile;

import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.security.Caller;
import isthmus.security.Rights;
import isthmus.security.Rights.Right;
import isthmus.security.Role;
import isthmus.serve.Service;
import isthmus.serve.Wire;
import isthmus.serve.door.BrokenTokens;
import isthmus.serve.door.Provider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Questions over HTTP. A row says {@code [as WHO: ]METHOD path[ HTTP/n][ | Header: value]…}; a token is named as BrokenTokens
 * name it; {@code matrix} asks every address of the rights.
 */
final class QuestionWay implements Way {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "Canary7";
    private static final String BILL = "/api/v1/payment/" + Service.encoded(Kept.id("billing", "payment", RowWay.GOOD));

    private final RunningHub hub;
    private final Askers askers;
    private final Provider provider;
    private final Map<String, String> broken;
    private final Map<Integer, String> answers = new HashMap<>();

    QuestionWay(RunningHub hub, Askers askers, Provider provider) {
        this.hub = hub;
        this.askers = askers;
        this.provider = provider;
        broken = BrokenTokens.of(provider);
    }

    /** The names of all broken tokens, each of which is to be in the table. */
    Set<String> tokens() {
        return broken.keySet();
    }

    @Override
    public String outcome(BadInput input) throws Exception {
        return switch (input.way()) {
            case "token" -> token(input);
            case "matrix" -> matrix(input.sent());
            default -> question(input);
        };
    }

    @Override
    public String made(BadInput input) {
        return answers.getOrDefault(input.n(), "");
    }

    private String question(BadInput input) throws IOException {
        String sent = input.text();
        String who = Askers.EVERYBODY;
        if (sent.startsWith("as ")) {
            who = sent.substring("as ".length(), sent.indexOf(": "));
            sent = sent.substring(sent.indexOf(": ") + 2);
        }
        List<String> parts = new ArrayList<>(List.of(sent.split(" \\| ")));
        String line = parts.remove(0).replace("{sound}", BILL).replace("{9000}", "x".repeat(9_000));
        StringBuilder question = new StringBuilder(line.contains(" HTTP/") ? line : line + " HTTP/1.1")
                .append("\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        String token = askers.token(who);
        if (!token.isEmpty()) {
            question.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        String body = "";
        for (String header : parts) {
            if (header.startsWith("body=")) {
                body = header.substring("body=".length());
            } else {
                question.append(header.replace("{9000}", "x".repeat(9_000))).append("\r\n");
            }
        }
        return told(input, Wire.answer(hub.address(), question + "\r\n" + body), !line.startsWith("TRACE"));
    }

    private String token(BadInput input) throws IOException {
        // What is said of now is not true for long.
        Map<String, String> tokens = input.sent().endsWith(" from now") ? BrokenTokens.of(provider) : broken;
        String token = tokens.get(input.sent());
        if (token == null) {
            throw new IllegalArgumentException("no token " + input.sent());
        }
        String answer = Wire.answer(
                hub.address(),
                "GET " + BILL + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer " + token
                        + "\r\n\r\n");
        boolean isSaidAgain = token.length() > 20 && answer.contains(token);
        return told(input, answer, true) + (isSaidAgain ? " and says it again" : "");
    }

    private String told(BadInput input, String answer, boolean hasCode) throws IOException {
        answers.put(input.n(), answer);
        String head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
        String status = answer.split(" ", 3)[1];
        boolean saysTooMuch = answer.contains(MARK)
                || answer.toLowerCase(Locale.ROOT).contains("exception")
                || answer.contains("\u001b")
                || answer.contains("\tat ");
        boolean letsOthersIn =
                head.contains("access-control-allow") || head.contains("set-cookie") || head.contains("\nlocation:");
        boolean isTold = hasCode && answer.indexOf('{') > 0;
        String code = isTold && head.contains("content-type: application/problem+json")
                ? " "
                        + JSON.readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1))
                                .path("code")
                                .asText()
                : "";
        return status + code + (saysTooMuch ? " and says too much" : "") + (letsOthersIn ? " and lets others in" : "");
    }

    /** One outcome for all addresses, or every one that is told otherwise. */
    private String matrix(String who) throws IOException {
        Set<String> outcomes = new TreeSet<>();
        for (Right right : Rights.ALL) {
            String path = right.path()
                    .replace("{entity}", "payment")
                    .replace("{id}", "1")
                    .replace("{number}", "1")
                    .replace("{system}", "billing")
                    .replace("{day}", "2026-11-21")
                    .replace("{schema}", "bill")
                    .replace("{*part}", "db")
                    .replace("{*file}", "swagger-ui.css");
            if (right.isOpen()) {
                continue;
            }
            if (who.equals(Askers.NOBODY)) {
                outcomes.add(asked(right.method(), path, ""));
                continue;
            }
            for (Role role : Role.values()) {
                Caller caller = new Caller("somebody", null, role.scopes(), Set.of(Caller.EVERY));
                if (caller.lacks(right, "payment") != null) {
                    outcomes.add(asked(right.method(), path, askers.token("matrix-" + role.word(), role)));
                }
            }
        }
        return String.join(", ", outcomes);
    }

    private String asked(String method, String path, String token) throws IOException {
        String answer = Wire.answer(
                hub.address(),
                method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n"
                        + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n");
        int body = answer.indexOf('{');
        String code = body < 0
                ? ""
                : " "
                        + JSON.readTree(answer.substring(body, answer.lastIndexOf('}') + 1))
                                .path("code")
                                .asText();
        return answer.split(" ", 3)[1] + code;
    }
}
