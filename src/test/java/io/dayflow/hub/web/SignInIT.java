package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

@WebTest
class SignInIT {

    @Autowired
    PageVisits visits;

    @Autowired
    ResourceUrlProvider files;

    @Test
    void whoSignsInComesToWhereTheyWantedToGo() {
        var visit = visits.stranger().open("/integrations/connect/testcal");
        assertThat(visit.at.getPath()).isEqualTo("/login");

        visit.form("form").with("username", "admin").with("password", "wrong").submit();
        assertThat(visit.text(".notice")).contains("do not fit together");
        assertThat(visit.page.html()).doesNotContain("wrong\"");

        visit.signIn().expect(200);
        assertThat(visit.at.getPath()).isEqualTo("/integrations/connect/testcal");
    }

    @Test
    void theFirstPageIsIntegrations() {
        var visit = visits.stranger().signIn().open("/").expect(200);

        assertThat(visit.at.getPath()).isEqualTo("/integrations");
        assertThat(visit.text("h1")).isEqualTo("Integrations");
        assertThat(visit.open("/login").at.getPath()).isEqualTo("/integrations");
    }

    @Test
    void whoSignsOutIsOut() {
        var visit = visits.stranger().signIn();
        visit.form("form[action=/logout]").submit().expect(200);

        assertThat(visit.text(".notice")).contains("signed out");
        assertThat(visit.open("/integrations").at.getPath()).isEqualTo("/login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/integrations/demo", "/account/theme", "/logout"})
    void aFormWithoutItsTokenIsRefused(String path) {
        var visit = visits.stranger().signIn();
        var answer = visit.send(HttpRequest.newBuilder(visits.base().resolve(path))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("theme=dark")));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("That was not accepted", "quote");
        assertThat(visit.open("/integrations").status).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "username=%zz&password=%", "theme=%ff%fe&%zz=1", "_csrf=%00", "a=%u0041"})
    void aFormThatCannotBeDecodedIsNotAccepted(String form) {
        for (var visit : List.of(visits.stranger(), visits.stranger().signIn())) {
            for (var path : List.of("/login", "/account/theme", "/integrations/demo", "/logout")) {
                for (var method : List.of("POST", "PUT", "DELETE")) {
                    var answer = visit.send(HttpRequest.newBuilder(visits.base().resolve(path))
                            .header("Accept", "text/html")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .method(method, BodyPublishers.ofString(form)));
                    assertThat(answer.statusCode()).as("%s %s", method, path).isLessThan(500);
                }
            }
        }
    }

    @Test
    void partsOfPagesDoNotLeadToTheSignInPage() {
        var visit = visits.stranger();
        var part = visit.send(HttpRequest.newBuilder(visits.base().resolve("/parts/navigation"))
                .header("Accept", "*/*")
                .header("HX-Request", "true"));
        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("Location")).isEmpty();
        assertThat(visit.send(HttpRequest.newBuilder(visits.base().resolve("/live"))
                                .header("Accept", "text/event-stream"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void pagesAllowNoScriptButTheirOwn() {
        var visit = visits.stranger().signIn();
        var answer = visit.send(
                HttpRequest.newBuilder(visits.base().resolve("/integrations")).header("Accept", "text/html"));

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.body())
                .doesNotContain(" style=", " onclick=", "<style")
                .doesNotContain("<script>");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    }

    @Test
    void theAppearanceIsRemembered() {
        var visit = visits.stranger().signIn();
        visit.form("form[action=/account/theme]").with("theme", "dark").submit().expect(200);
        assertThat(visit.page.selectFirst("html").attr("data-theme")).isEqualTo("dark");
        visit.form("form[action=/account/theme]").with("theme", "").submit();
        assertThat(visit.page.selectFirst("html").hasAttr("data-theme")).isFalse();
    }

    @Test
    void whatIsNotThereIsSaidInPlainWordsWithAnIdToQuote() {
        var visit =
                visits.stranger().signIn().open("/integrations/nothing/here").expect(404);

        assertThat(visit.text("h1")).isEqualTo("There is nothing here");
        assertThat(visit.text("main")).containsPattern("quote [0-9a-f]{8}");
        assertThat(visit.text("main")).doesNotContain("Exception");
    }

    @Test
    void onlyWhatLooksLikeAFileIsLookedForAmongThem() {
        assertThat(files.getForLookupPath("/assets/app.css")).matches("/assets/app-[0-9a-f]{32}\\.css");
        assertThat(files.getHandlerMap().keySet())
                .as("each link of each page is compared with these")
                .contains("/assets/**", "/webjars/**")
                .doesNotContain("/**");
    }
}
