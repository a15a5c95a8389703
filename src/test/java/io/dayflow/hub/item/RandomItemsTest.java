package io.dayflow.hub.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomItemsTest {

    @Test
    void every_item_reads_back_from_its_view() {
        Seeds.check(2000, chance -> {
            Item item = chance.item();
            assertThat(Item.of(item.view())).isEqualTo(item);
            Item edited = chance.edited(item);
            assertThat(Item.of(edited.view())).isEqualTo(edited);
        });
    }

    @Test
    void one_seed_gives_one_item() {
        assertThat(new RandomItems(new Random(7)).item()).isEqualTo(new RandomItems(new Random(7)).item());
    }
}
