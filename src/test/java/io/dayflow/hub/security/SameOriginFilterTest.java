package io.dayflow.hub.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SameOriginFilterTest {

    private final SameOriginFilter filter = new SameOriginFilter(
            new PublicAddress(new MockEnvironment().withProperty("PUBLIC_URL", "https://hub.example.org/")));

    private int posted(String origin) throws ServletException, IOException {
        // as a proxy that ends TLS passes it on
        var request = new MockHttpServletRequest("POST", "/account/theme");
        request.setServerName("hub.example.org");
        request.addHeader("Origin", origin);
        var response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    @Test
    void browsersOfTheHubsOwnPagesMayPostThroughAProxyThatEndsTls() throws Exception {
        assertThat(posted("https://hub.example.org")).isEqualTo(200);
        assertThat(posted("http://hub.example.org")).isEqualTo(200);
    }

    @Test
    void otherSitesMayNot() throws Exception {
        for (var origin : new String[] {
            "null", "https://evil.example", "https://hub.example.org:8443", "https://hub.example.org.evil.example"
        }) {
            assertThat(posted(origin)).as(origin).isEqualTo(403);
        }
    }
}
