package io.dayflow.hub.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenAnswerTest {

    private final TokenAnswer answers = new TokenAnswer("Acme");

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
        var refused = TokenRefused.answered("Acme", status, error);

        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(refused.getMessage()).doesNotContain("<");
    }
}
