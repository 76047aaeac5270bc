package isthmus.flow;

import static isthmus.flow.SettingKind.COUNT;
import static isthmus.flow.SettingKind.DURATION;
import static isthmus.flow.SettingKind.HOUR;
import static isthmus.flow.SettingKind.MODE;
import static isthmus.flow.SettingKind.NUMBER;
import static isthmus.flow.SettingKind.SEAL;
import static isthmus.flow.SettingKind.SIGN_IN;
import static isthmus.flow.SettingKind.SWITCH;
import static isthmus.flow.SettingKind.TEXT;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of the hub, the only place that knows them all: config/README.md is written from it, a key that is not here
 * is a fault, and so is a value that is not of its kind. What a legacy system needs stands in its own system.yaml.
 */
enum Setting {
    ORG(TEXT, Said.FILE, "org", null, "the utility, part of every id; never change it once records exist"),
    ZONE(SettingKind.ZONE, Said.ALWAYS, "zone", null, "the zone of the nightly schedule, named as IANA does"),
    STORE_URL(TEXT, Said.ALWAYS, "store.url", null, "the JDBC URL of the store, jdbc:postgresql://…"),
    STORE_USER(TEXT, Said.ALWAYS, "store.user", null, "the store's user"),
    STORE_PASSWORD(TEXT, Said.MAYBE, "store.password", "", "the store's password"),
    STORE_POOL(NUMBER, Said.MAYBE, "store.pool", "10", "connections to the store at most"),
    STORE_CONNECT(DURATION, Said.MAYBE, "store.timeout.connect", "PT10S", "to reach the store, or get a connection"),
    STORE_READ(DURATION, Said.MAYBE, "store.timeout.read", "PT2M", "the store's silence until the link counts as dead"),
    STORE_LONG(DURATION, Said.MAYBE, "store.timeout.long", "PT1H", "the same for migrations and the night's counts"),
    KAFKA(TEXT, Said.ALWAYS, "kafka", null, "host:port of the broker"),
    FEED_REQUEST(DURATION, Said.MAYBE, "feed.timeout.request", "PT10S", "the broker's silence until it is asked again"),
    FEED_DELIVERY(DURATION, Said.MAYBE, "feed.timeout.delivery", "PT30S", "until an event counts as not delivered"),
    FEED_BOUND(NUMBER, Said.MAYBE, "feed.bound", "5000000", "events that may wait for Kafka before the sources pause"),
    FEED_TRUST(
            TEXT,
            Said.MAYBE,
            "feed.tls.trust",
            "",
            "speaks TLS with the broker: jdk, or the PEM file of who vouches for it; empty for clear text"),
    FEED_IDENTITY(
            TEXT,
            Said.MAYBE,
            "feed.tls.identity",
            "",
            "the PKCS#12 file of the hub's own key, where the broker asks who it is"),
    FEED_IDENTITY_PASSWORD(TEXT, Said.MAYBE, "feed.tls.password", "", "the password of that file, by reference"),
    FEED_MODE(
            MODE,
            Said.MAYBE,
            "feed.mode",
            "structured",
            "how an event lies in a Kafka record: structured, or binary with the attributes as headers"),
    FEED_TOMBSTONE(
            DURATION,
            Said.MAYBE,
            "feed.tombstone",
            "P30D",
            "how long a record stays deleted until compaction may forget it"),
    SERVE_POOL(NUMBER, Said.MAYBE, "serve.pool", "8", "connections to the store for those who ask over HTTP, at most"),
    SERVE_WAIT(DURATION, Said.MAYBE, "serve.wait", "PT2S", "how long a question waits for one of them, then 503"),
    SERVE_TIMEOUT(
            DURATION, Said.MAYBE, "serve.timeout", "PT30S", "how long the store may work on one question, then 503"),
    SERVE_RATE(
            COUNT, Said.MAYBE, "serve.rate", "200", "questions a second that one client may ask over HTTP, then 429"),
    SERVE_BURST(COUNT, Said.MAYBE, "serve.burst", "400", "questions at once of a client that was silent before"),
    SERVE_AT_ONCE(
            COUNT,
            Said.MAYBE,
            "serve.atonce",
            "32",
            "questions over HTTP that are worked on at a time, as many again wait a moment, then 503"),
    FEED_RETENTION(
            DURATION,
            Said.MAYBE,
            "feed.retention",
            "P7D",
            "how long changes are kept for the feed over HTTP; a position before them answers 410"),
    FEED_STREAMS(NUMBER, Said.MAYBE, "feed.streams", "100", "answers of the feed over HTTP that may be open, then 503"),
    SERVE_EXPORTS(
            NUMBER,
            Said.MAYBE,
            "serve.export.most",
            "20",
            "exports that run at once, each on a connection of its own; the next gets 503"),
    SERVE_EXPORT_LONGEST(
            DURATION,
            Said.MAYBE,
            "serve.export.longest",
            "PT30M",
            "how long an export may hold its moment of the store, then it is cut"),
    LEASE(
            DURATION,
            Said.MAYBE,
            "lease",
            "PT15S",
            "a hub's silence until another one may take over what it pulls and tells"),
    HMAC_KEY(TEXT, Said.ALWAYS, "hmac.key", null, "32 random bytes in base64: the key of the fingerprints"),
    SEAL_PROFILE(
            SEAL,
            Said.MAYBE,
            "seal.profile",
            "intl",
            "with what is sealed that names a person: intl is AES-256-GCM, gm is SM4-GCM, none leaves it in clear"),
    SEAL_KEY(
            TEXT,
            Said.MAYBE,
            "seal.key",
            "",
            "32 random bytes in base64, by reference: the master key; without it systems with persons wait"),
    SEAL_FORMER(
            TEXT,
            Said.MAYBE,
            "seal.former",
            "",
            "master keys that came before, with commas, until isthmus seal rotate"),
    NIGHT(
            HOUR,
            Said.MAYBE,
            "reconcile.schedule",
            "0 0 2 * * *",
            "when the night counts both shores: second, minute, hour, day, month, weekday, the last two not both"),
    SETTLE(DURATION, Said.MAYBE, "reconcile.settle", "PT15M", "how long the night lets late rows arrive"),
    WEBHOOK(
            TEXT,
            Said.MAYBE,
            "reconcile.webhook.url",
            "",
            "where the end of every night is posted to, https://…; empty for nowhere"),
    WEBHOOK_SECRET(
            TEXT,
            Said.MAYBE,
            "reconcile.webhook.secret",
            "",
            "signs what is posted, HMAC-SHA256; empty for no signature"),
    WEBHOOK_CLEAR(
            SWITCH,
            Said.MAYBE,
            "reconcile.webhook.cleartext",
            "false",
            "whether http may leave this machine; what is posted names no person"),
    AUDIT_EVERY(DURATION, Said.MAYBE, "audit.every", "PT1H", "how often a head of the audit is signed"),
    AUDIT_KEY(
            TEXT,
            Said.MAYBE,
            "audit.key",
            "data/audit-key.pem",
            "the file of the key that signs it, made where there is none; beside routes/, or absolute"),
    AUDIT_HEADS(
            TEXT,
            Said.MAYBE,
            "audit.heads",
            "data/audit-heads",
            "the folder to which signed heads are added, which should lie on another machine"),
    SECURITY_MODE(
            SIGN_IN,
            Said.MAYBE,
            "security.mode",
            "local",
            "who is let in: local for this machine alone, oidc by an identity provider, demo by tokens for trying"),
    SECURITY_ISSUER(TEXT, Said.MAYBE, "security.issuer", "", "the identity provider as its tokens name it, https://…"),
    SECURITY_AUDIENCE(TEXT, Said.MAYBE, "security.audience", "isthmus", "whom a token must be for"),
    SECURITY_JWKS(
            TEXT,
            Said.MAYBE,
            "security.jwks",
            "",
            "where the identity provider shows its keys; empty for where its discovery document says"),
    SECURITY_ROLES(
            TEXT,
            Said.MAYBE,
            "security.roles",
            "realm_access.roles",
            "the claim that lists the roles, dots leading into it"),
    SECURITY_CLIENT(
            TEXT,
            Said.MAYBE,
            "security.client",
            "",
            "the identity provider's client by which people sign in on the page of the addresses; empty for nobody"),
    SECURITY_CLEAR(
            SWITCH,
            Said.MAYBE,
            "security.cleartext",
            "false",
            "whether the identity provider may be asked by http on another machine"),
    SECURITY_IN_CLEAR(
            COUNT,
            Said.MAYBE,
            "security.inclear",
            "300",
            "answers with persons in clear that one caller may have in an hour, then 429"),
    SECURITY_DEMO_KEY(
            TEXT, Said.MAYBE, "security.demo.key", "", "the file of the key that signs the tokens of mode demo"),
    SECRETS_STORE(
            TEXT,
            Said.ENVIRONMENT,
            "secrets.store",
            "data/secrets.p12",
            "the keystore of what ${keystore:name} stands for, beside routes/, or absolute"),
    SECRETS_KEY(
            TEXT,
            Said.ENVIRONMENT,
            "secrets.key",
            "data/secrets.key",
            "the file of the password that opens it, made with the first secret; others may not read it"),
    SECRETS_PASSWORD(TEXT, Said.ENVIRONMENT, "secrets.password", "", "that password itself, instead of a file"),
    ROUTES(TEXT, Said.COMMAND, "routes", null, "the folder of the systems"),
    CONFIG(TEXT, Said.COMMAND, "config", null, "the folder of the settings"),
    STAYING(SWITCH, Said.COMMAND, "staying", null, "whether the hub polls by itself");

    /** Who must or may say it. */
    enum Said {
        /** Only the file, and it must. */
        FILE,
        /** Only the command that starts the hub. */
        COMMAND,
        /** Only the environment, and it may. */
        ENVIRONMENT,
        /** File or environment must, at every start. */
        ALWAYS,
        /** File or environment may. */
        MAYBE
    }

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    private final SettingKind kind;
    private final Said said;
    private final String key;
    private final @Nullable String otherwise;
    private final String meaning;

    Setting(SettingKind kind, Said said, String key, @Nullable String otherwise, String meaning) {
        this.kind = kind;
        this.said = said;
        this.key = "isthmus." + key;
        this.otherwise = otherwise;
        this.meaning = meaning;
    }

    /** For example {@code isthmus.store.url}. */
    String key() {
        return key;
    }

    /** For example {@code ISTHMUS_STORE_URL}. */
    String variable() {
        return key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** What holds when nobody says it; null when there is nothing. */
    @Nullable
    String otherwise() {
        return otherwise;
    }

    Said said() {
        return said;
    }

    String meaning() {
        return meaning;
    }

    /** True when the hub cannot start without it. */
    boolean isNeeded() {
        return said == Said.ALWAYS;
    }

    /** What a value must be, when this one is not; null when it is. */
    @Nullable
    String wanted(String value) {
        try {
            boolean isEndless = kind.read(value) instanceof Duration duration
                    && (duration.isNegative()
                            || (duration.isZero() && (key.contains(".timeout.") || this == AUDIT_EVERY)));
            if (this == LEASE && Duration.parse(value).compareTo(SHORTEST_LEASE) < 0) {
                return "PT1S or longer: a hub must be able to renew it in time";
            }
            return isEndless ? "longer than nothing: no connection waits for ever" : null;
        } catch (RuntimeException unreadable) {
            return kind.wanted();
        }
    }
}
