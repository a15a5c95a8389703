package io.dayflow.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void theMedianIsTheMiddleValueOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Figures.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
        assertThat(Figures.median(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3.0);
        assertThat(Figures.quantile(List.of(1.0, 2.0, 3.0), 1)).isEqualTo(3.0);
    }
}
