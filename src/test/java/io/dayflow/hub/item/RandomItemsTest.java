package io.dayflow.hub.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomItemsTest {

    @Test
    void everyItemReadsBackFromItsView() {
        Seeds.check(2000, chance -> {
            Item item = chance.item();
            assertThat(Item.of(item.view())).isEqualTo(item);
            Item edited = chance.edited(item);
            assertThat(Item.of(edited.view())).isEqualTo(edited);
        });
    }

    @Test
    void fieldsWrittenAndReadByHandAreThoseThatJacksonBinds() {
        Seeds.check(2000, chance -> {
            Item item = chance.edited(chance.item());
            View view = ItemJson.bound(item);
            assertThat(item.view()).isEqualTo(view);
            assertThat(Item.of(view)).isEqualTo(ItemJson.bound(view));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'start': '2026-03-01', 'title': 7}",
                "{'start': '2026-03-01', 'title': ['a']}",
                "{'start': '2026-03-01', 'end': '2026-03-01T09:00:00'}",
                "{'start': '2026-03-01', 'categories': 'a'}",
                "{'start': '2026-03-01', 'categories': [1, 'b']}",
                "{'start': '2026-03-01', 'exdates': ['never']}",
                "{'start': '2026-03-01', 'status': 'maybe'}",
                "{'start': '2026-03-01', 'surprise': 1}",
                "{'start': '2026-03-01', 'attendees': [{'email': 'a@b', 'response': 'later'}]}",
                "{'start': '2026-03-01', 'overrides': {'2026-03-02': {'title': 'x'}}}",
                "{'title': 'never'}",
                "{'start': 'soon'}"
            })
    void oddFieldsOfEventsAreTakenOrRefusedAsJacksonDoes(String json) throws Exception {
        isTakenOrRefusedAsJacksonDoes(Kind.EVENT, json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'title': 7}",
                "{'title': ['a']}",
                "{'notes': true}",
                "{'status': 'Pending'}",
                "{'status': 'maybe'}",
                "{'priority': 3}",
                "{'due': 'soon'}",
                "{'due': '2026-03-01T09:00:00.123456Z'}",
                "{'completedAt': '2026-03-01T09:00:00.123456Z'}",
                "{'completedAt': '2026-03-01T09:00:00+01:00'}",
                "{'completedAt': '2026-03-01'}",
                "{'completedAt': '1772352000'}",
                "{'completedAt': 1772352000}",
                "{'labels': 'a'}",
                "{'labels': ['b', 'a', 'b']}",
                "{'labels': [1, 'b']}",
                "{'assignees': [null]}",
                "{'estimate': 12345678901}",
                "{'estimate': 2.5}",
                "{'estimate': '15'}",
                "{'estimate': -1}",
                "{'progress': 101}",
                "{'reminders': [{'trigger': '-PT10M', 'related': 'middle'}]}",
                "{'reminders': 'never'}",
                "{'surprise': 1}"
            })
    void oddFieldsOfTasksAreTakenOrRefusedAsJacksonDoes(String json) throws Exception {
        isTakenOrRefusedAsJacksonDoes(Kind.TASK, json);
    }

    private static void isTakenOrRefusedAsJacksonDoes(Kind kind, String json) throws Exception {
        Map<String, JsonNode> fields = new TreeMap<>();
        new ObjectMapper()
                .readTree(json.replace('\'', '"'))
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue()));
        View view = View.of(kind, fields);
        assertThat(outcome(() -> Item.of(view))).isEqualTo(outcome(() -> ItemJson.bound(view)));
    }

    private static Object outcome(Supplier<Item> reading) {
        try {
            return reading.get();
        } catch (InvalidItem e) {
            return e.field() + ": " + e.getMessage();
        }
    }

    @Test
    void oneSeedGivesOneItem() {
        assertThat(new RandomItems(new Random(7)).item()).isEqualTo(new RandomItems(new Random(7)).item());
    }
}
