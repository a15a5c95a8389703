package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where objects live. */
class HomesTest {

    private static final CollectionRef HOME = collection(1, "home");
    private static final CollectionRef WORK = collection(2, "work");
    private static final CollectionRef PRIVATE = collection(3, "private");

    private final AtomicInteger reads = new AtomicInteger();
    private final Homes homes = new Homes(HOME, () -> {
        reads.incrementAndGet();
        return List.of(new Homes.Home(HOME, true), new Homes.Home(PRIVATE, false), new Homes.Home(WORK, true));
    });

    private static CollectionRef collection(int number, String id) {
        return new CollectionRef(new UUID(0x7000, number), id, Kind.TASK, "the " + id, false, Map.of(), null);
    }

    private static Mapped in(@Nullable String collection) {
        return new Mapped(new Fetched("fence", "1", null), List.of(), List.of(), collection);
    }

    @Test
    void anObjectLivesWhereItWasAskedForUnlessItSaysOtherwise() {
        assertThat(homes.of(in(null))).isEqualTo(HOME);
        assertThat(homes.of(in("home"))).isEqualTo(HOME);
        assertThat(reads).as("nobody had to look").hasValue(0);
        assertThat(homes.of(in("work"))).isEqualTo(WORK);
        assertThat(homes.of(in("private"))).as("not kept in agreement").isNull();
        assertThat(homes.of(in("nowhere"))).isNull();
        assertThat(reads).hasValue(1);
    }

    @Test
    void collectionsAreNamedWhetherTheyAreKeptInAgreementOrNot() {
        assertThat(homes.name(HOME.id())).contains("the home");
        assertThat(reads).hasValue(0);
        assertThat(homes.name(PRIVATE.id())).contains("the private");
        assertThat(homes.name(new UUID(1, 1))).isEmpty();
        assertThat(homes.name(null)).isEmpty();
    }
}
