package io.dayflow.hub.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:p%40ss%2Fw%3F%C3%BCrd@db.example:6432/planner?sslmode=require",
                "postgres://ann:p%40ss%2Fw%3F%C3%BCrd@db.example:6432/planner?sslmode=require",
                "jdbc:postgresql://ann:p%40ss%2Fw%3F%C3%BCrd@db.example:6432/planner?sslmode=require",
                "jdbc:postgresql://db.example:6432/planner?user=ann&sslmode=require&password=p%40ss%2Fw%3F%C3%BCrd",
                "  POSTGRESQL://ann:p%40ss%2Fw%3F%C3%BCrd@db.example:6432/planner?sslmode=require\n"
            })
    void everyAcceptedFormNamesTheSameDatabase(String text) {
        var url = DatabaseUrl.parse(text);

        assertThat(url.user()).isEqualTo("ann");
        assertThat(url.password()).isEqualTo("p@ss/w?ürd");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6432/planner?sslmode=require");
        assertThat(DatabaseUrl.parse(url.revealed())).isEqualTo(url);
    }

    @Test
    void aPlusIsAPlus() {
        assertThat(DatabaseUrl.parse("postgres://a+b:c+d@h/e").password()).isEqualTo("c+d");
    }

    @Test
    void thePortAndTheAccountMayBeLeftOut() {
        var url = DatabaseUrl.parse("postgresql://localhost/dayflow");

        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://localhost/dayflow");
        assertThat(url.user()).isNull();
        assertThat(url.password()).isNull();
    }

    @Test
    void severalHostsAndAnAddressOfVersionSixAreUnderstood() {
        assertThat(DatabaseUrl.parse("postgres://u:p@[::1]:5433,other:5434/db").jdbcUrl())
                .isEqualTo("jdbc:postgresql://[::1]:5433,other:5434/db");
    }

    @Test
    void parametersOfLibpqGetTheDriversNames() {
        assertThat(DatabaseUrl.parse("postgres://u:p@h/db?connect_timeout=3").jdbcUrl())
                .isEqualTo("jdbc:postgresql://h/db?connectTimeout=3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ann:hunter2@h/db",
                "hunter2",
                "postgresql://ann:hunter2@h",
                "postgresql://ann:hunter2@h/",
                "postgresql://ann:hunter2@/db",
                "postgresql://ann:hunter2@h:99999/db",
                "postgresql://ann:hunter2@h:port/db",
                "postgresql://ann:hunter2%zz@h/db",
                "postgresql://ann:hunter2%4@h/db",
                "postgresql://ann:x/hunter2@h/db?a",
                "jdbc:postgresql:hunter2",
                "postgresql://ann:hunter2?x@h/db"
            })
    void whatIsNotUnderstoodIsRefusedWithTheAcceptedFormsAndWithoutThePassword(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DATABASE_URL is not understood: ")
                .hasMessageContaining("postgresql://user:password@host:port/database")
                .hasMessageContaining("jdbc:postgresql:")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void itsTextHidesThePassword() {
        assertThat(DatabaseUrl.parse("postgres://ann:hunter2@h:1/db?sslpassword=hunter2"))
                .hasToString("postgresql://ann@h:1/db");
    }
}
