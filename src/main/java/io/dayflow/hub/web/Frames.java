package io.dayflow.hub.web;

import io.dayflow.hub.alert.Alerts;
import io.dayflow.hub.conflict.Conflicts;
import io.dayflow.hub.connection.Connections;
import io.dayflow.hub.connection.DemoAccounts;
import io.dayflow.hub.dayflow.Users;
import io.dayflow.hub.dayflow.Users.User;
import io.dayflow.hub.deadletter.DeadLetters;
import io.dayflow.hub.job.Jobs;
import io.dayflow.hub.security.PublicAddress;
import io.dayflow.hub.web.Frame.Entry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Gives every page its frame and its clock. */
@Component
class Frames implements HandlerInterceptor {

    static final Set<String> THEMES = Set.of("light", "dark");

    private static final String ICONS = "/assets/icons.svg";
    private static final int LEAST_CHOICES = 2;

    private final Visitors visitors;
    private final Users users;
    private final Connections connections;
    private final Jobs jobs;
    private final Conflicts conflicts;
    private final DeadLetters deadLetters;
    private final Alerts alerts;
    private final ObjectProvider<DemoAccounts> demo;
    private final MessageSource texts;
    private final ObjectProvider<ResourceUrlProvider> resources;
    private final Clock clock;
    private final String themeCookie;

    Frames(
            Visitors visitors,
            Users users,
            Connections connections,
            Jobs jobs,
            Conflicts conflicts,
            DeadLetters deadLetters,
            Alerts alerts,
            ObjectProvider<DemoAccounts> demo,
            MessageSource texts,
            ObjectProvider<ResourceUrlProvider> resources,
            Clock clock,
            PublicAddress address) {
        this.visitors = visitors;
        this.users = users;
        this.connections = connections;
        this.jobs = jobs;
        this.conflicts = conflicts;
        this.deadLetters = deadLetters;
        this.alerts = alerts;
        this.demo = demo;
        this.texts = texts;
        this.resources = resources;
        this.clock = clock;
        this.themeCookie = themeCookie(address);
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page == null || page.getViewName() == null || page.getViewName().startsWith("redirect:")) {
            return;
        }
        page.addObject("theme", theme(request));
        page.addObject("icons", icons());
        if (request.getUserPrincipal() != null && !page.getModel().containsKey("bare")) {
            var visitor = visitors.of(request);
            page.addObject("frame", frame(visitor, request));
            page.addObject("times", times(visitor, request));
        }
    }

    private String icons() {
        var path = resources.getObject().getForLookupPath(ICONS);
        return path == null ? ICONS : path;
    }

    Times times(Visitor visitor, HttpServletRequest request) {
        return new Times(clock.instant(), visitor.zone(), RequestContextUtils.getLocale(request), texts);
    }

    private Frame frame(Visitor visitor, HttpServletRequest request) {
        List<User> choices = visitor.person().operator() ? users.first() : List.of();
        var section = section(request);
        return new Frame(
                visitor,
                section,
                entries(visitor, section),
                choices.size() < LEAST_CHOICES ? List.of() : choices,
                theme(request),
                demo.stream().anyMatch(accounts -> !accounts.services().isEmpty()));
    }

    private List<Entry> entries(Visitor visitor, String section) {
        var id = visitor.userId();
        var open = jobs.open(id);
        return List.of(
                entry("integrations", connections.troubled(id), false, section),
                entry("activity", jobs.waiting(id), !open.isEmpty(), section),
                entry("conflicts", conflicts.open(id), false, section),
                entry("items", 0, false, section),
                entry("security", 0, false, section),
                entry("operations", deadLetters.count(id) + alerts.open(visitor.caller()), false, section));
    }

    private static Entry entry(String section, long count, boolean working, String current) {
        return new Entry(section, "/" + section, count, working, section.equals(current));
    }

    /** The first part of the path; a part of a page says which page it is for. */
    private static String section(HttpServletRequest request) {
        var named = request.getParameter("section");
        var parts = request.getServletPath().split("/", 3);
        return named != null ? named : parts.length > 1 ? parts[1] : "";
    }

    /** By TLS, none that another host of the site has set. */
    static String themeCookie(PublicAddress address) {
        return address.isTls() ? "__Host-theme" : "theme";
    }

    private String theme(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null
                ? ""
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(themeCookie) && THEMES.contains(cookie.getValue()))
                        .map(cookie -> cookie.getValue())
                        .findFirst()
                        .orElse("");
    }
}
