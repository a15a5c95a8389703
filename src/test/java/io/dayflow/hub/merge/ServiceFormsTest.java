package io.dayflow.hub.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.View;
import io.dayflow.hub.item.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a service makes of a value when it stores it is no edit that could stand against one. */
class ServiceFormsTest {

    private final View agreed = Views.task("{'title':'Rent ','status':'pending','labels':['Home','shop']}");
    private final View form = Views.edited(agreed, "{'title':'Rent'}");
    private final View edit = Views.edited(agreed, "{'title':'Pay the rent'}");

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void anEditStandsAgainstAFormOfWhatWasAgreedWhateverTheStrategyAndTheFormIsKept(Strategy strategy) {
        for (var merged : new Merged[] {
            ThreeWay.merge(agreed, form, edit, strategy, EditTimes.UNKNOWN),
            ThreeWay.merge(agreed, edit, form, strategy, EditTimes.UNKNOWN)
        }) {
            assertThat(merged.view()).isEqualTo(edit);
            assertThat(merged.open()).isEmpty();
            assertThat(merged.decided()).extracting(FieldConflict::path).containsExactly("title");
        }
    }

    @Test
    void twoEditsAreAConflictAsEver() {
        var other = Views.edited(agreed, "{'title':'Rent 2'}");
        assertThat(ThreeWay.merge(agreed, edit, other, Strategy.MANUAL, EditTimes.UNKNOWN)
                        .open())
                .hasSize(1);
    }

    @Test
    void aLabelThatWasTakenAwayDoesNotComeBackInAnotherForm() {
        var small = Views.edited(agreed, "{'labels':['home','shop']}");
        var without = Views.edited(agreed, "{'labels':['shop']}");
        for (var merged : new Merged[] {
            ThreeWay.merge(agreed, small, without, Strategy.MANUAL, EditTimes.UNKNOWN),
            ThreeWay.merge(agreed, without, small, Strategy.MANUAL, EditTimes.UNKNOWN)
        }) {
            assertThat(merged.view()).isEqualTo(without);
            assertThat(merged.decided()).hasSize(1);
        }
    }

    @Test
    void aLabelInAnotherFormStaysWhereNobodyTookItAway() {
        var small = Views.edited(agreed, "{'labels':['home','shop']}");
        assertThat(ThreeWay.merge(agreed, small, agreed, Strategy.MANUAL, EditTimes.UNKNOWN)
                        .view())
                .isEqualTo(small);
        var more = Views.edited(agreed, "{'labels':['Home','shop','new']}");
        assertThat(ThreeWay.merge(agreed, more, small, Strategy.MANUAL, EditTimes.UNKNOWN)
                        .view())
                .isEqualTo(Views.edited(agreed, "{'labels':['home','new','shop']}"));
    }

    /** A write that renames a label may have been refused: that the label is in no form there says that somebody took it. */
    @Test
    void whoTakesALabelAwayBeforeItsNewFormArrivesIsNotOverlooked() {
        var sent = Views.edited(agreed, "{'labels':['home','shop']}");
        var without = Views.edited(agreed, "{'labels':['shop']}");
        var known = ThreeWay.arrived(agreed, sent, without);
        assertThat(ThreeWay.merge(known, sent, without, Strategy.MANUAL, EditTimes.UNKNOWN)
                        .view())
                .isEqualTo(without);
        assertThat(ThreeWay.arrived(agreed, sent, sent)).isEqualTo(sent);
    }
}
