package isthmus.cli;

import isthmus.audit.Audit.By;
import isthmus.flow.Reload;
import isthmus.flow.Reload.Answer;
import isthmus.flow.Reload.Outcome;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code isthmus dev}: the hub, which takes in each folder as it is saved. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description = "Runs the hub and watches routes/ and config/: what is saved is linted, tested and swapped in.")
final class DevCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() throws Exception {
        Home home = Home.here();
        try (Staying staying = new Staying();
                var harbour = place.harbour(voice::doing);
                // Before the hub reads them, so that nothing is saved unseen in between.
                Saves saves = new Saves(home.routes(), home.config());
                Hub hub = Hub.start(home, harbour.environment(), true)) {
            saves.tell(saved -> takeIn(saved, hub, harbour));
            voice.tell("The hub is up and watches " + home.routes() + "/ and " + home.config() + "/; Ctrl-C ends it.");
            staying.untilAskedToEnd();
            saves.end();
            return Exit.OK;
        }
    }

    private void takeIn(Saves.Saved saved, Hub hub, Place.Harbour harbour) {
        Reload reload = hub.room(Reload.class);
        if (saved.isOfConfig()) {
            List<String> faults = reload.settings();
            say(
                    Map.of("config", faults),
                    faults.isEmpty()
                            ? "config: no fault; the hub reads it when it is started again"
                            : "config: " + Count.of(faults.size(), "fault") + "\n  " + String.join("\n  ", faults));
        }
        hub.learn(place.lent(harbour));
        for (String system : saved.systems()) {
            Answer answer = reload.of(system, new By(Who.TYPES, "saved"));
            if (answer.outcome() != Outcome.UNKNOWN) {
                say(answer, ReloadText.of(answer));
            }
        }
    }

    private void say(Object document, String text) {
        voice.answer(document, LocalTime.now().format(TIME) + "  " + text);
    }
}
