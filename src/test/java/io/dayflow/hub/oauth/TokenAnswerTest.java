package io.dayflow.hub.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAnswerTest {

    private final TokenAnswer answers = new TokenAnswer("Acme", Set.of("unauthorized_client"));

    @Test
    void aFullAnswerIsRead() {
        var answer = answers.convert(Map.of(
                "access_token", "a", "token_type", "bearer", "expires_in", 3600, "refresh_token", "r", "scope", "x y"));

        assertThat(answer.getAccessToken().getTokenValue()).isEqualTo("a");
        assertThat(answer.getRefreshToken().getTokenValue()).isEqualTo("r");
        assertThat(answer.getAccessToken().getScopes()).containsExactly("x", "y");
        assertThat(answer.getAdditionalParameters()).containsEntry(TokenAnswer.LIFETIME, 3600L);
    }

    @Test
    void anAnswerMayBeATokenAndNothingElse() {
        var answer = answers.convert(Map.of("access_token", "a"));

        assertThat(answer.getAccessToken().getTokenValue()).isEqualTo("a");
        assertThat(answer.getRefreshToken()).isNull();
        assertThat(answer.getAccessToken().getScopes()).isEmpty();
        assertThat(answer.getAdditionalParameters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "3600, 3600",
        "' 60 ', 60",
        "3599.5, 3599",
        "1e3, 1000",
        "9999999999999, 315360000",
        "9223372036854775808, 315360000",
    })
    void aLifetimeIsInSecondsAndTenYearsAtMost(String said, long seconds) {
        assertThat(answers.convert(Map.of("access_token", "a", "expires_in", said))
                        .getAdditionalParameters())
                .containsEntry(TokenAnswer.LIFETIME, seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-9223372036854775808", "never", "", "1h"})
    void aLifetimeThatIsNoneIsNotKnown(String said) {
        assertThat(answers.convert(Map.of("access_token", "a", "expires_in", said))
                        .getAdditionalParameters())
                .isEmpty();
    }

    @Test
    void aServiceMayHaveItsOwnWordForTheEndOfAPermission() {
        assertThatThrownBy(() -> answers.convert(Map.of("error", "unauthorized_client")))
                .isInstanceOfSatisfying(
                        TokenRefused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(TokenRefused.Kind.GRANT));
        assertThat(TokenRefused.answered("Acme", 400, "unauthorized_client", Set.of())
                        .kind())
                .isEqualTo(TokenRefused.Kind.CLIENT);
    }

    @Test
    void scopesMayBePartedByCommasOrBeAList() {
        assertThat(answers.convert(Map.of("access_token", "a", "scope", "x,y"))
                        .getAccessToken()
                        .getScopes())
                .containsExactly("x", "y");
        assertThat(answers.convert(Map.of("access_token", "a", "scope", List.of("x", "y")))
                        .getAccessToken()
                        .getScopes())
                .containsExactly("x", "y");
    }

    @Test
    void aTokenThatIsNoBearerTokenIsRefused() {
        assertThatThrownBy(() -> answers.convert(Map.of("access_token", "a", "token_type", "DPoP")))
                .isInstanceOf(TokenRefused.class);
        assertThat(answers.convert(Map.of("access_token", "a", "token_type", "bot"))
                        .getAccessToken()
                        .getTokenValue())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({
        "bad_verification_code, GRANT",
        "invalid_refresh_token, GRANT",
        "incorrect_client_credentials, CLIENT",
        "something_else, OTHER",
        "'', OTHER"
    })
    void aRefusalWithStatus200IsARefusal(String error, TokenRefused.Kind kind) {
        assertThatThrownBy(() -> answers.convert(Map.of("ok", false, "error", error)))
                .isInstanceOfSatisfying(TokenRefused.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(kind);
                    assertThat(refused.error()).isEqualTo(error);
                    assertThat(refused).hasMessageStartingWith("Acme ");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, GRANT",
        "400, interaction_required, GRANT",
        "401, invalid_client, CLIENT",
        "429, '', LATER",
        "503, invalid_grant, LATER",
        "400, '<script>', OTHER"
    })
    void whatFollowsFromARefusalIsToldByItsError(int status, String error, TokenRefused.Kind kind) {
        var refused = TokenRefused.answered("Acme", status, error, Set.of());

        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(refused.getMessage()).doesNotContain("<");
    }
}
