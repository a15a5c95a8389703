package io.dayflow.hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.RandomItems;
import io.dayflow.hub.item.Seeds;
import io.dayflow.hub.item.View;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of {@link Lens}, for every service that ships with a document of how it shows fields. */
class ShippedLensLawsTest {

    private static final int CASES = 1_000;
    private static final List<String> RULES = List.of(
            "X-TEXT=every third workday",
            "X-LANG=de;X-TEXT=jeden Tag",
            "FREQ=DAILY;X-FROM=COMPLETION",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
            "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1");

    private final Mappings mappings = new Mappings(Path.of("routes"));

    static Stream<Provider> providers() {
        return new ProviderCatalog(Path.of("config/providers"), id -> null)
                .all().stream().filter(provider -> !provider.views().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatWasAbsorbedIsWhatTheServiceShows(Provider provider) {
        Seeds.check(CASES, chance -> {
            Kind kind = kind(provider, chance);
            Lens lens = lens(provider, kind);
            Item item = item(kind, chance);
            View view = lens.project(chance.chance(50) ? chance.edited(item) : item(kind, chance));
            assertThat(lens.project(lens.absorb(item, view))).isEqualTo(view);
        });
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatTheServiceShowsAlreadyChangesNothing(Provider provider) {
        Seeds.check(CASES, chance -> {
            Kind kind = kind(provider, chance);
            Lens lens = lens(provider, kind);
            Item item = item(kind, chance);
            assertThat(lens.absorb(item, lens.project(item))).isEqualTo(item);
        });
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatIsMadeOfAViewIsShownAsThatView(Provider provider) {
        Seeds.check(CASES, chance -> {
            Kind kind = kind(provider, chance);
            Lens lens = lens(provider, kind);
            View view = lens.project(item(kind, chance));
            assertThat(lens.project(lens.create(view))).isEqualTo(view);
        });
    }

    private static Kind kind(Provider provider, RandomItems chance) {
        return chance.pick(List.copyOf(provider.views().keySet()));
    }

    private static Item item(Kind kind, RandomItems chance) {
        Item item = chance.item(kind);
        return kind == Kind.TASK && chance.chance(40)
                ? Item.of(item.view().with("recurrence", TextNode.valueOf(chance.pick(RULES))))
                : item;
    }

    private Lens lens(Provider provider, Kind kind) {
        Set<String> fields = Set.copyOf(provider.fields().get(kind));
        return new MappedLens(
                kind, fields, provider.id(), () -> mappings.get(provider.views().get(kind)));
    }
}
