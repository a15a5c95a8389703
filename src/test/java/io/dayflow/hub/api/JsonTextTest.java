package io.dayflow.hub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "\"\\u00e9\"",
                "\"\\ud83d\\ude00\"",
                "\"😀\"",
                "\"\\\\u0000\"",
                "\"\\\\ud83d\"",
                "\"\\n\\\"\"",
                "\"\\u12",
                "\\"
            })
    void ordinaryTextHasNoFault(String json) {
        assertThat(JsonText.fault(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\u0000\"",
                "\"\0\"",
                "\"\\ud83d\"",
                "\"\\ud83dx\\ude00\"",
                "\"\\ude00\"",
                "\"\\ud83d\\ud83d\\ude00\"",
                "\"\\\\\\u0000\""
            })
    void textThatNoDatabaseTakesIsFound(String json) {
        assertThat(JsonText.fault(json.getBytes(StandardCharsets.UTF_8))).isPresent();
    }

    @Test
    void bytesThatAreNoUtf8AreFound() {
        assertThat(JsonText.fault(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
                .isPresent();
        assertThat(JsonText.fault(new byte[] {'"', (byte) 0xff, '"'})).isPresent();
    }
}
