package io.dayflow.hub.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SecretTest {

    record Account(String name, Secret password) {}

    private final Account account = new Account("ann", Secret.of("hunter2"));

    @Test
    void onlyRevealShowsIt() throws Exception {
        assertThat(account.password().reveal()).isEqualTo("hunter2");
        assertThat(account.toString()).doesNotContain("hunter2");
        assertThat(new ObjectMapper().writeValueAsString(account)).isEqualTo("{\"name\":\"ann\",\"password\":\"***\"}");
    }

    @Test
    void itIsReadFromJson() throws Exception {
        assertThat(new ObjectMapper().readValue("{\"name\":\"ann\",\"password\":\"hunter2\"}", Account.class))
                .isEqualTo(account);
    }

    @Test
    void equalValuesAreEqual() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("a"));
        assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b")).isNotEqualTo("a");
    }
}
