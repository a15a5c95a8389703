package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.security.PublicAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AccountPageTest {

    /** Before a proxy that ends TLS, too: there the request itself is plain. */
    @ParameterizedTest
    @CsvSource({"https://hub.example.org, true", "http://hub.example.org, false", "'', false"})
    @SuppressWarnings("NullAway") // neither visitors nor trail are asked
    void theThemesCookieIsSecureWhereBrowsersComeByTls(String url, boolean secure) {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.setEnvironment(new MockEnvironment().withProperty("PUBLIC_URL", url));
            context.register(PublicAddress.class);
            context.refresh();
            var response = new MockHttpServletResponse();
            var address = context.getBean(PublicAddress.class);
            new AccountPage(null, null, address).theme("dark", new MockHttpServletRequest(), response);

            assertThat(response.getCookie(secure ? "__Host-theme" : "theme").getSecure())
                    .isEqualTo(secure);
        }
    }
}
