package io.dayflow.hub.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.sync.Pushes;
import io.dayflow.hub.sync.Runs;
import io.dayflow.hub.webhook.Hints;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/** Everything that takes part in one simulation, made from its seed. */
final class World {

    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York"));
    private static final int INSTANCES = 2;

    private final Timeline timeline;
    private final Story story;
    private final Tally tally = new Tally();
    private final Ledger ledger = new Ledger();
    private final Tokens tokens;
    private final People people;
    private final Weather weather;
    private final SimulatedHub hub;
    private final DayflowSide dayflow;
    private final List<ServiceSide> services = new ArrayList<>();
    private final Map<UUID, SimulatedService> byConnection = new LinkedHashMap<>();
    private final Map<UUID, Strategy> strategies = new LinkedHashMap<>();
    private final List<Instance> instances = new ArrayList<>();
    private final Set<String> decided = new TreeSet<>();
    private final Post post;
    private int completed;

    World(long seed, Planted planted, boolean told) {
        SplittableRandom chance = new SplittableRandom(seed);
        timeline = new Timeline(seed);
        story = new Story(timeline, told);
        ZoneId zone = People.pick(ZONES, chance);
        boolean tasksRepeat = chance.nextInt(3) == 0;
        tokens = new Tokens(zone, !tasksRepeat);
        post = new Post(timeline, story, chance.split());
        List<Kind> kinds = new ArrayList<>();
        List<SimulatedService> made = new ArrayList<>();
        int count = 1 + chance.nextInt(3);
        Kind only = chance.nextInt(3) == 0 ? null : People.pick(List.of(Kind.TASK, Kind.EVENT), chance);
        for (int i = 0; i < count; i++) {
            Kind kind = only == null ? People.pick(List.of(Kind.TASK, Kind.EVENT), chance) : only;
            if (!kinds.contains(kind)) {
                kinds.add(kind);
            }
            Character character = Character.of(String.valueOf((char) ('a' + i)), kind, chance);
            made.add(new SimulatedService(
                    character, timeline, zone, chance.split(), hint -> post.send(character.name(), hint)));
        }
        Ids ids = new Ids(timeline, chance.split());
        hub = new SimulatedHub(timeline, zone, ids, chance.split(), planted, tally, story, this::wake);
        dayflow = new DayflowSide(hub, kinds, tasksRepeat, ids);
        for (SimulatedService service : made) {
            ServiceSide side = new ServiceSide(service, tasksRepeat, ids);
            Strategy strategy = People.pick(
                    List.of(Strategy.MANUAL, Strategy.MANUAL, Strategy.LATEST, Strategy.SOURCE, Strategy.MERGE),
                    chance);
            UUID connection = hub.connect(service, strategy);
            services.add(side);
            byConnection.put(connection, service);
            strategies.put(connection, strategy);
            planted.prepare(service);
            post.deliverTo(service.character.name(), hint -> deliver(connection, hint));
            story.tell(() -> "service " + strategy + " " + service.character);
        }
        people = new People(this, new Handwriting(zone), ledger, tokens);
        weather = new Weather(this, chance.split());
        people.begin(chance.split());
        for (int i = 1; i <= INSTANCES; i++) {
            Instance instance =
                    new Instance("instance " + i, timeline, chance.split(), hub::engine, this::take, hub::tell, story);
            instances.add(instance);
            timeline.in(chance.nextLong(2_000), instance::start);
        }
    }

    void play(Happening happening) {
        if (happening.what().isByPerson()) {
            tally.deed();
            people.act(happening);
        } else {
            tally.fault();
            weather.strike(happening);
        }
        hub.tell();
    }

    // ---- what goes between its parts

    private void deliver(UUID connection, Hint hint) {
        tally.delivery();
        hub.hint(connection, hint);
        wake(Instance.Wakeup.HINTS);
    }

    private void wake(Instance.Wakeup what) {
        instances.forEach(instance -> instance.wake(what));
    }

    private void take(Engine engine, Instance.Wakeup what, Consumer<Step> start) {
        switch (what) {
            case RUNS -> {
                for (Runs.RunLease lease : engine.runs().take()) {
                    start.accept(new RunWork(engine, service(lease.connectionId()), lease).first());
                }
            }
            case PUSHES -> {
                for (Pushes.Batch batch : engine.pushes().take()) {
                    SimulatedService service =
                            service(batch.profile().connection().id());
                    start.accept(new PushWork(engine, service, batch).first(null));
                }
            }
            case HINTS -> {
                for (Hints.Batch batch : engine.hints().take()) {
                    SimulatedService service =
                            service(batch.configured().connection().id());
                    start.accept(new HintWork(engine, service, batch).first());
                }
            }
            case DAYFLOW -> {
                Step next = new DayflowWork(engine).absorb();
                if (next != null) {
                    start.accept(next);
                }
            }
        }
    }

    /** A person decided a conflict: what they decided against is kept, and what they decided for may come back. */
    void decided(OpenConflict conflict) {
        for (OpenConflict.Field field : conflict.fields()) {
            addMarks(field.field(), field.dayflow());
            addMarks(field.field(), field.external());
        }
        if (conflict.type() == OpenConflict.Type.DELETE_EDIT || conflict.type() == OpenConflict.Type.DUPLICATE) {
            hub.items().stream()
                    .filter(item -> item.id().equals(conflict.itemId()))
                    .forEach(item -> {
                        decided.addAll(tokens.of(item.item().view()));
                        decided.add(item.id().toString());
                    });
            hub.links().stream()
                    .filter(link -> link.itemId().equals(conflict.itemId()))
                    .forEach(link -> {
                        decided.addAll(tokens.of(link.base()));
                        // what only the service knows of goes with a copy that is deleted and made again
                        decided.addAll(Tokens.words(link.extras()));
                    });
        }
    }

    private void addMarks(String field, JsonNode value) {
        decided.addAll(tokens.of(field, value));
    }

    /** A person completed a task. */
    void completed() {
        completed++;
    }

    int completions() {
        return completed;
    }

    /** Marks, and ids of items, that a person decided about. */
    Set<String> decided() {
        return decided;
    }

    // ---- its parts

    Timeline timeline() {
        return timeline;
    }

    long now() {
        return timeline.now();
    }

    Instant instant() {
        return timeline.instant();
    }

    Story story() {
        return story;
    }

    Tally tally() {
        return tally;
    }

    Ledger ledger() {
        return ledger;
    }

    Tokens tokens() {
        return tokens;
    }

    Hub hub() {
        return hub;
    }

    People people() {
        return people;
    }

    Weather weather() {
        return weather;
    }

    Post post() {
        return post;
    }

    DayflowSide dayflow() {
        return dayflow;
    }

    List<ServiceSide> services() {
        return services;
    }

    List<Side> sides() {
        List<Side> sides = new ArrayList<>();
        sides.add(dayflow);
        sides.addAll(services);
        return sides;
    }

    List<Instance> instances() {
        return instances;
    }

    /** The services by their connections. */
    Map<UUID, SimulatedService> connections() {
        return byConnection;
    }

    Strategy strategy(UUID connection) {
        return java.util.Objects.requireNonNull(strategies.get(connection));
    }

    UUID connection(ServiceSide side) {
        return byConnection.entrySet().stream()
                .filter(entry -> entry.getValue() == side.service())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private SimulatedService service(UUID connection) {
        return java.util.Objects.requireNonNull(byConnection.get(connection));
    }

    /** A row of DayFlow in canonical form. */
    View canonical(View row) {
        return hub.lens().create(row).view();
    }
}
