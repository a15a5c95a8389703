package io.dayflow.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.RunningHub;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.util.SerializationUtils;

/** Visits to the pages as a browser without script makes them: over real HTTP, with cookies, forms and redirects. */
@TestComponent
class PageVisits {

    final JdbcClient jdbc;
    private final Environment environment;

    PageVisits(JdbcClient jdbc, Environment environment) {
        this.jdbc = jdbc;
        this.environment = environment;
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port"));
    }

    Visit stranger() {
        return new Visit(base());
    }

    /** The operator, acting as a new user without anything. */
    Visit operator() {
        var user = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, name, timezone) values (?, ?, 'Ann', 'Europe/Berlin')")
                .params(user, user + "@example.org")
                .update();
        return operatorAs(user);
    }

    Visit operatorAs(UUID user) {
        var visit = stranger().signIn();
        visit.user = user;
        visit.open("/integrations")
                .form("form[action=/account/user]")
                .with("user", user)
                .submit();
        return visit;
    }

    /** A browser that holds this cookie of a session, however it came by it. */
    Visit withSession(String value) {
        var visit = stranger();
        var cookie = new HttpCookie("SESSION", value);
        cookie.setPath("/");
        cookie.setDomain(base().getHost());
        cookie.setVersion(0);
        visit.cookies.getCookieStore().add(base(), cookie);
        return visit;
    }

    /** Sets back when the account's sessions began. */
    void since(UUID account, long millis) {
        time(account, "since", millis);
    }

    /** Sets back when somebody last used the account's sessions. */
    void seen(UUID account, long millis) {
        time(account, "seen", millis);
    }

    /** When somebody last used the account's only session. */
    long seen(UUID account) {
        var stored = jdbc.sql(
                        "select attribute_bytes from hub.http_session_attributes where attribute_name = 'seen' and"
                                + " session_primary_id = (select primary_id from hub.http_session where principal_name = ?)")
                .param(account.toString())
                .query(byte[].class)
                .single();
        try (var in = new ObjectInputStream(new ByteArrayInputStream(stored))) {
            return (Long) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private void time(UUID account, String attribute, long millis) {
        jdbc.sql("update hub.http_session_attributes set attribute_bytes = ? where attribute_name = ? and"
                        + " session_primary_id in (select primary_id from hub.http_session where principal_name = ?)")
                .params(SerializationUtils.serialize(millis), attribute, account.toString())
                .update();
    }

    /** An account of a new DayFlow user, with this password. */
    UUID account(String name, String role, String password) {
        var user = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, name, timezone) values (?, ?, ?, 'Europe/Berlin')")
                .params(user, user + "@example.org", name)
                .update();
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.account (id, name, user_id, role, password_hash, created_at)"
                        + " values (?, ?, ?, ?, ?, now())")
                .params(id, name, user, role, "{bcrypt}" + new BCryptPasswordEncoder(4).encode(password))
                .update();
        return id;
    }

    static final class Visit {

        final CookieManager cookies = new CookieManager();
        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        private final URI base;
        UUID user = RunningHub.USER;
        int status;
        Document page = Document.createShell("");
        URI at;

        private Visit(URI base) {
            this.base = base;
            this.at = base;
        }

        Visit signIn() {
            return signIn("admin", RunningHub.ADMIN_PASSWORD);
        }

        Visit signIn(String name, String password) {
            return open("/login")
                    .form("form")
                    .with("username", name)
                    .with("password", password)
                    .submit();
        }

        /** The answer to a sign-in itself, before its redirect. */
        HttpResponse<String> signInAnswer(String name, String password) {
            return open("/login")
                    .form("form")
                    .with("username", name)
                    .with("password", password)
                    .answer();
        }

        /** Posts nothing but the token of the page it is at. */
        HttpResponse<String> post(String path) {
            var token = page.selectFirst("input[name=_csrf]").val();
            return send(HttpRequest.newBuilder(base.resolve(path))
                    .header("Accept", "text/html")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("_csrf=" + encoded(token))));
        }

        /** Goes there by address. */
        Visit open(String path) {
            return take(send(page(path)));
        }

        /** What an open page asks for by itself. */
        Visit refresh(String path) {
            return take(send(page(path).header("X-Refresh", "1")));
        }

        /** Opens a page's event stream and leaves it. */
        int live() {
            try {
                var answer = client.send(
                        HttpRequest.newBuilder(base.resolve("/live")).build(), BodyHandlers.ofInputStream());
                answer.body().close();
                return answer.statusCode();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private HttpRequest.Builder page(String path) {
            return HttpRequest.newBuilder(base.resolve(path))
                    .header("Accept", "text/html")
                    .header("Accept-Language", "en-GB");
        }

        HttpResponse<String> send(HttpRequest.Builder request) {
            try {
                return client.send(request.build(), BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private Visit take(HttpResponse<String> response) {
            status = response.statusCode();
            at = response.uri();
            page = Jsoup.parse(response.body(), at.toString());
            return this;
        }

        /** The last answer had this status. */
        Visit expect(int expected) {
            assertThat(status).as(() -> at + "\n" + page.text()).isEqualTo(expected);
            return this;
        }

        /** The cookie of the session, as the browser holds it. */
        String session() {
            return cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("SESSION"))
                    .map(cookie -> cookie.getValue())
                    .findFirst()
                    .orElse("");
        }

        String text(String selector) {
            return page.select(selector).text();
        }

        Form form(String selector) {
            var form = page.selectFirst(selector);
            assertThat(form)
                    .as(() -> "no " + selector + " at " + at + "\n" + page)
                    .isNotNull();
            return new Form(form);
        }

        /** A form as it stands on the page. */
        final class Form {

            private final Element form;
            private final List<String[]> values = new ArrayList<>();

            private Form(Element form) {
                this.form = form;
                form.select("input, select, textarea").forEach(this::take);
            }

            private void take(Element field) {
                var name = field.attr("name");
                boolean off = (field.attr("type").equals("checkbox")
                                || field.attr("type").equals("radio"))
                        && !field.hasAttr("checked");
                if (name.isEmpty() || off) {
                    return;
                }
                if (field.tagName().equals("select")) {
                    var chosen = field.selectFirst("option[selected]");
                    var option = chosen == null ? field.selectFirst("option") : chosen;
                    values.add(new String[] {name, option == null ? "" : option.attr("value")});
                } else {
                    values.add(
                            new String[] {name, field.tagName().equals("textarea") ? field.wholeText() : field.val()});
                }
            }

            Form with(String name, Object value) {
                values.removeIf(known -> known[0].equals(name));
                values.add(new String[] {name, value.toString()});
                return this;
            }

            Form without(String name) {
                values.removeIf(known -> known[0].equals(name));
                return this;
            }

            String value(String name) {
                return values.stream()
                        .filter(known -> known[0].equals(name))
                        .map(known -> known[1])
                        .findFirst()
                        .orElseThrow();
            }

            String action() {
                return form.attr("action");
            }

            Visit submit() {
                return Visit.this.take(send(request()));
            }

            /** What is answered itself, before its redirect. */
            HttpResponse<String> answer() {
                var still = HttpClient.newBuilder().cookieHandler(cookies).build();
                try {
                    return still.send(request().build(), BodyHandlers.ofString());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }

            private HttpRequest.Builder request() {
                var body = String.join(
                        "&",
                        values.stream()
                                .map(value -> encoded(value[0]) + "=" + encoded(value[1]))
                                .toList());
                return HttpRequest.newBuilder(at.resolve(form.attr("action")))
                        .header("Accept", "text/html")
                        .header("Accept-Language", "en-GB")
                        .header("Referer", at.toString())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body));
            }
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
