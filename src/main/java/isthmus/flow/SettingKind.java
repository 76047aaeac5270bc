package isthmus.flow;

import isthmus.reconcile.NightSchedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Function;

/** What a value must be. */
enum SettingKind {
    TEXT("text", text -> text),
    NUMBER("a whole number", Integer::valueOf),
    COUNT("a whole number from 1 on", text -> {
        if (Integer.parseInt(text) < 1) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }),
    DURATION("a duration, for example PT30S", Duration::parse),
    HOUR(
            "second, minute, hour, day, month and weekday of the night, a day or a weekday: 0 0 2 * * *",
            NightSchedule::quartz),
    MODE("structured or binary", text -> chosen(text, "structured|binary")),
    SIGN_IN("local, oidc or demo", text -> chosen(text, "local|oidc|demo")),
    SEAL("intl, gm or none", text -> chosen(text, "intl|gm|none")),
    ZONE("a zone as IANA names it, Asia/Shanghai", ZoneId::of),
    SWITCH("true or false", text -> chosen(text, "true|false"));

    private final String wanted;
    private final Function<String, Object> reading;

    SettingKind(String wanted, Function<String, Object> reading) {
        this.wanted = wanted;
        this.reading = reading;
    }

    private static String chosen(String text, String from) {
        if (!text.matches(from)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    String wanted() {
        return wanted;
    }

    /** Throws where the text is not of this kind. */
    Object read(String text) {
        return reading.apply(text);
    }
}
