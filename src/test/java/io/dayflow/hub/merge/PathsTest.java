package io.dayflow.hub.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.RandomItems;
import io.dayflow.hub.item.Seeds;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.Views;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathsTest {

    @Test
    void plainFieldsElementsAndOccurrencesEachHaveAPath() {
        View view = Views.event(
                "{'title':'T','categories':['50%','a/b'],'attendees':[{'email':'a@b.c','response':'accepted'}],"
                        + "'exdates':['2026-03-01'],'reminders':[{'trigger':'-PT5M','action':'email'}],'overrides':{'2026-03-02':{'title':'O'}}}");
        assertThat(Paths.flatten(view))
                .containsOnlyKeys(
                        "title",
                        "categories/50%25",
                        "categories/a%2Fb",
                        "attendees/a@b.c",
                        "exdates/2026-03-01",
                        "reminders/{\"action\":\"email\",\"trigger\":\"-PT5M\"}",
                        "overrides/2026-03-02");
        assertThat(Paths.flatten(view).get("attendees/a@b.c"))
                .isEqualTo(Views.json("{'email':'a@b.c','response':'accepted'}"));
    }

    @Test
    void unflattenIsTheExactInverseOfFlatten() {
        Seeds.check(2000, chance -> {
            View view = chance.item().view();
            assertThat(Paths.unflatten(view.kind(), Paths.flatten(view))).isEqualTo(view);
        });
    }

    @Test
    void aKeyReadsBackFromItsPathWhateverItHolds() {
        for (String key : List.of("a/b", "50%", "%2F", "%252F", "", "/", "🎉")) {
            assertThat(Paths.key(Paths.element("labels", key))).isEqualTo(key);
            assertThat(Paths.field(Paths.element("labels", key))).isEqualTo("labels");
        }
        assertThat(Paths.key("title")).isNull();
        assertThat(Paths.field("title")).isEqualTo("title");
    }

    @Test
    void anEmptySetAndAnAbsentOneAreTheSame() {
        assertThat(Paths.unflatten(Kind.TASK, Paths.flatten(Views.task("{'labels':[]}"))))
                .isEqualTo(View.empty(Kind.TASK));
    }

    @Test
    void aDifferenceNamesBothValuesAndMakesOneViewOfTheOther() {
        Seeds.check(1000, chance -> {
            View before = chance.item().view();
            View after = edited(chance, before);
            var parts = Paths.flatten(before);
            Difference difference = Difference.between(before, after);
            difference.parts().forEach(part -> {
                assertThat(parts.get(part.path())).isEqualTo(part.before());
                parts.remove(part.path());
                if (part.after() != null) {
                    parts.put(part.path(), part.after());
                }
            });
            assertThat(Paths.unflatten(before.kind(), parts)).isEqualTo(after);
            assertThat(difference.isEmpty()).isEqualTo(before.equals(after));
            assertThat(difference.without(difference.fields()).isEmpty()).isTrue();
        });
    }

    private static View edited(RandomItems chance, View view) {
        return chance.edited(Item.of(view)).view();
    }
}
