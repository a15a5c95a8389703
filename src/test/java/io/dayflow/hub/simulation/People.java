package io.dayflow.hub.simulation;

import io.dayflow.hub.conflict.Resolution;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.sync.JobStore;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;

/** What people do, on all sides and with the hub. Everything that they write and see goes into the ledger. */
final class People {

    private final World world;
    private final Handwriting hand;
    private final Ledger ledger;
    private final Tokens tokens;

    /** What was on two sides before the hub was, by the ids of both. */
    private final Map<String, Twins> twins = new HashMap<>();

    private record Twins(String row, String object, Set<String> marks) {}

    People(World world, Handwriting hand, Ledger ledger, Tokens tokens) {
        this.world = world;
        this.hand = hand;
        this.ledger = ledger;
        this.tokens = tokens;
    }

    void act(Happening happening) {
        SplittableRandom chance = new SplittableRandom(happening.chance());
        Side side = world.sides().get(happening.place() % world.sides().size());
        switch (happening.what()) {
            case CREATE -> create(side, chance);
            case EDIT -> edit(side, chance);
            case COMPLETE -> complete(side, chance);
            case DELETE -> delete(side, chance);
            case MOVE -> move(side, chance);
            case GARBLE -> garble(side, chance);
            case SWEEP -> sweep(side, chance);
            case TWIN -> twin(chance);
            case RESOLVE -> resolve(chance);
            case REPLAY -> replay(chance);
            case CONFIRM -> confirm(happening.place());
            case SYNC -> sync(happening.place());
            default -> throw new IllegalArgumentException("no person does " + happening.what());
        }
    }

    /** What there was before the hub: on one side alone, and alike, or nearly so, on two. */
    void begin(SplittableRandom chance) {
        for (ServiceSide service : world.services()) {
            int objects = chance.nextInt(5);
            for (int i = 0; i < objects; i++) {
                create(service, chance);
            }
        }
        int rows = chance.nextInt(4);
        for (int i = 0; i < rows; i++) {
            Kind kind = pick(world.dayflow().kinds(), chance);
            View view = hand.fresh(world.dayflow().paper(kind), chance);
            Side.Sight made = world.dayflow().place(view);
            created(world.dayflow(), made);
            List<ServiceSide> services = world.services().stream()
                    .filter(service -> service.kinds().contains(kind))
                    .toList();
            if (!services.isEmpty() && chance.nextBoolean()) {
                ServiceSide service = pick(services, chance);
                View there = world.canonical(made.view());
                View twin = chance.nextBoolean() ? there : hand.edited(there, service.paper(kind), chance);
                Side.Sight other = service.add(twin, chance.nextInt(2));
                created(service, other);
                if (isAlike(there, other.view())) {
                    Twins both = new Twins(made.id(), other.id(), tokens.of(made.view()));
                    twins.put(made.id(), both);
                    twins.put(other.id(), both);
                } else {
                    ledger.twins(tokens.of(made.view()));
                }
            }
        }
    }

    /** Whether two objects are known for one by their titles and times. */
    private static boolean isAlike(View a, View b) {
        return List.of("title", "due", "start").stream().allMatch(field -> Objects.equals(a.get(field), b.get(field)));
    }

    /** An object by another name. */
    View retitled(View before) {
        return hand.retitled(before);
    }

    private void create(Side side, SplittableRandom chance) {
        Kind kind = pick(side.kinds(), chance);
        created(side, side.add(hand.fresh(side.paper(kind), chance), chance.nextInt(2)));
    }

    private void created(Side side, Side.Sight made) {
        ledger.created(world.now(), side.name(), made.id(), tokens.of(made.view()));
        world.story()
                .tell(() -> "a person makes " + made.id() + " on " + side.name() + ": "
                        + made.view().fields());
    }

    private void edit(Side side, SplittableRandom chance) {
        List<Side.Sight> sights = side.sights();
        if (!sights.isEmpty()) {
            Side.Sight sight = hot(sights, chance);
            change(
                    side,
                    sight,
                    hand.edited(sight.view(), side.paper(sight.view().kind()), chance));
        }
    }

    private void complete(Side side, SplittableRandom chance) {
        List<Side.Sight> tasks = side.sights().stream()
                .filter(sight -> sight.view().kind() == Kind.TASK)
                .toList();
        if (!tasks.isEmpty()) {
            Side.Sight task = hot(tasks, chance);
            String now = world.instant().truncatedTo(ChronoUnit.SECONDS).toString();
            if (!"completed".equals(task.view().text("status"))) {
                world.completed();
            }
            change(side, task, hand.completed(task.view(), side.paper(Kind.TASK), now));
        }
    }

    private void change(Side side, Side.Sight before, View view) {
        part(before.id());
        Set<String> unanswered = unanswered(side, before.id());
        Side.Sight after = side.change(before.id(), view);
        unanswered.removeAll(tokens.of(after.view()));
        ledger.ambiguous(unanswered);
        ledger.edited(
                world.now(),
                side.name(),
                before.id(),
                tokens.of(before.view()),
                tokens.of(after.view()),
                left(before.view(), after.view()));
        world.story()
                .tell(() -> "a person edits " + before.id() + " on " + side.name() + ": "
                        + Differences.of(before.view(), after.view()));
    }

    /** Marks that stayed in fields that changed. */
    private Set<String> left(View before, View after) {
        Set<String> left = new TreeSet<>();
        after.fields().forEach((field, value) -> {
            if (!value.equals(before.get(field))) {
                Set<String> both = new TreeSet<>(tokens.of(field, value));
                both.retainAll(tokens.of(field, before.get(field)));
                left.addAll(both);
            }
        });
        return left;
    }

    private void delete(Side side, SplittableRandom chance) {
        List<Side.Sight> sights = side.sights();
        if (!sights.isEmpty()) {
            remove(side, hot(sights, chance));
        }
    }

    /**
     * Marks that the hub has sent to this object without having heard an answer. Who takes such a value away leaves the
     * object as it was before, or deletes what the hub never heard of: as if its write had never arrived.
     */
    private Set<String> unanswered(Side side, String id) {
        Set<String> marks = new TreeSet<>();
        if (side instanceof ServiceSide service) {
            world.hub().links().stream()
                    .filter(link -> link.externalId().equals(id)
                            && world.connection(service).equals(link.connectionId()))
                    .forEach(link -> marks.addAll(tokens.of(link.intent())));
            SimulatedService.Revision object = service.service().find(id);
            UUID item = object == null ? null : object.madeFor();
            boolean unknown = world.hub().links().stream()
                    .anyMatch(link -> link.itemId().equals(item)
                            && world.connection(service).equals(link.connectionId())
                            && link.base() == null);
            if (object != null && unknown) {
                marks.addAll(tokens.of(object.view()));
            }
        }
        world.hub().links().stream()
                .filter(link -> link.intent() != null && isCopyOf(link.itemId(), side, id) && isMadeOfIt(link))
                .forEach(link -> marks.addAll(tokens.of(link.intent())));
        return marks;
    }

    private boolean isCopyOf(UUID item, Side side, String id) {
        return side instanceof ServiceSide service
                ? world.hub().links().stream()
                        .anyMatch(link -> link.itemId().equals(item)
                                && link.externalId().equals(id)
                                && world.connection(service).equals(link.connectionId()))
                : item.toString().equals(id);
    }

    /** Whether the service makes of values what nobody knows before: unanswered, that looks like an edit. */
    private boolean isMadeOfIt(Link link) {
        return world.connections().entrySet().stream()
                .anyMatch(entry -> entry.getKey().equals(link.connectionId())
                        && !entry.getValue().character.habits().isEmpty());
    }

    /** Who edits or deletes one of two twins before the hub has met both makes two things of them. */
    private void part(String id) {
        Twins both = twins.get(id);
        if (both != null
                && world.hub().links().stream()
                        .noneMatch(link -> link.itemId().toString().equals(both.row())
                                && link.externalId().equals(both.object())
                                && link.state() == Link.State.LIVE)) {
            ledger.twins(both.marks());
        }
    }

    private void remove(Side side, Side.Sight sight) {
        part(sight.id());
        ledger.ambiguous(unanswered(side, sight.id()));
        side.remove(sight.id());
        ledger.deleted(world.now(), side.name(), sight.id(), tokens.of(sight.view()));
        world.story().tell(() -> "a person deletes " + sight.id() + " on " + side.name());
    }

    private void sweep(Side side, SplittableRandom chance) {
        int share = 50 + chance.nextInt(51);
        for (Side.Sight sight : side.sights()) {
            if (chance.nextInt(100) < share) {
                remove(side, sight);
            }
        }
    }

    private void move(Side side, SplittableRandom chance) {
        if (side instanceof ServiceSide there && there.service().character.moves()) {
            List<SimulatedService.Revision> living = there.service().living();
            if (!living.isEmpty()) {
                SimulatedService.Revision object = living.get(chance.nextInt(living.size()));
                String to = object.collection().equals("inbox") ? "other" : "inbox";
                there.service().move(object.id(), to);
                world.story().tell(() -> "a person moves " + object.id() + " on " + side.name() + " to " + to);
            }
        }
    }

    private void garble(Side side, SplittableRandom chance) {
        if (side instanceof ServiceSide there) {
            List<SimulatedService.Revision> living = there.service().living();
            if (!living.isEmpty()) {
                SimulatedService.Revision object = living.get(chance.nextInt(living.size()));
                there.service().garble(object.id());
                world.story().tell(() -> "a person garbles " + object.id() + " on " + side.name());
            }
        }
    }

    private void twin(SplittableRandom chance) {
        ServiceSide service = pick(world.services(), chance);
        Kind kind = service.kinds().getFirst();
        Side.Sight here = world.dayflow().add(hand.fresh(world.dayflow().paper(kind), chance), 0);
        created(world.dayflow(), here);
        Side.Sight there = service.add(world.canonical(here.view()), chance.nextInt(2));
        created(service, there);
        Set<String> both = new TreeSet<>(tokens.of(here.view()));
        ledger.twins(both);
    }

    private void resolve(SplittableRandom chance) {
        List<OpenConflict> open = world.hub().openConflicts();
        if (open.isEmpty()) {
            return;
        }
        OpenConflict conflict = open.get(chance.nextInt(open.size()));
        Resolution resolution = pick(List.of(Resolution.KEEP_DAYFLOW, Resolution.KEEP_EXTERNAL), chance);
        try {
            world.hub().resolve(conflict.id(), resolution);
            world.decided(conflict);
            world.story()
                    .tell(() -> "a person decides " + resolution + " on " + conflict.type() + " of item "
                            + conflict.itemId() + ": " + conflict.fields());
        } catch (ConflictingState | InvalidRequest e) {
            world.story().tell(() -> "a conflict could not be decided: " + e.getMessage());
        }
    }

    private void replay(SplittableRandom chance) {
        List<DeadLetter> letters = world.hub().letters();
        if (!letters.isEmpty()) {
            DeadLetter letter = letters.get(chance.nextInt(letters.size()));
            world.hub().replay(letter.id());
            world.story().tell(() -> "a person replays the dead letter of " + letter.externalId());
        }
    }

    private void confirm(int place) {
        ServiceSide service = world.services().get(place % world.services().size());
        if (world.hub().confirm(world.connection(service))) {
            world.story().tell(() -> "a person confirms the deletions of " + service.name());
        }
    }

    private void sync(int place) {
        ServiceSide service = world.services().get(place % world.services().size());
        JobStore.Mode mode = switch (place % 5) {
            case 0 -> JobStore.Mode.FULL;
            case 1 -> JobStore.Mode.SWEEP;
            default -> JobStore.Mode.INCREMENTAL;
        };
        world.hub().request(world.connection(service), mode);
    }

    /** Some objects are edited more than others. */
    private static Side.Sight hot(List<Side.Sight> sights, SplittableRandom chance) {
        double drawn = chance.nextDouble();
        return sights.get((int) (drawn * drawn * sights.size()));
    }

    static <T> T pick(List<T> values, SplittableRandom chance) {
        return new ArrayList<>(values).get(chance.nextInt(values.size()));
    }
}
