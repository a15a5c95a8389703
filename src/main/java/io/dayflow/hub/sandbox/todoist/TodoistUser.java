package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;

/** A user of the service, with all that its API tells about one. */
final class TodoistUser {

    private TodoistUser() {}

    static ObjectNode made(String id, String inbox, ZoneId zone, Ledger ledger) {
        var user = Ledger.object();
        user.put("id", id);
        user.put("email", "user-" + id + "@sandbox.example");
        user.put("full_name", "Sandbox user " + id);
        user.put("activated_user", true);
        user.put("auto_reminder", 0);
        user.putNull("business_account_id");
        user.put("daily_goal", 5);
        user.put("date_format", 0);
        user.putArray("days_off").add(6).add(7);
        user.put("feature_identifier", id);
        var features = user.putObject("features");
        features.put("karma_disabled", false).put("restriction", 3).put("karma_vacation", false);
        features.putNull("dateist_lang");
        features.put("beta", 0).put("has_push_reminders", true).put("dateist_inline_disabled", false);
        user.put("has_magic_number", false);
        user.put("has_password", true);
        user.putNull("image_id");
        user.put("inbox_project_id", inbox);
        user.put("is_celebrations_enabled", true);
        user.put("is_premium", true);
        user.putNull("joinable_workspace");
        user.put("joined_at", ledger.now());
        user.putNull("getting_started_guide_projects");
        user.put("karma", 0);
        user.put("karma_trend", "-");
        user.put("lang", "en");
        user.put("next_week", 1);
        user.put("premium_status", "current_personal_plan");
        user.putNull("premium_until");
        user.put("share_limit", 51);
        user.put("sort_order", 0);
        user.put("start_day", 1);
        user.put("start_page", "today");
        user.put("theme_id", "0");
        user.put("time_format", 0);
        var now = ledger.instant();
        var offset = zone.getRules().getOffset(now);
        user.putObject("tz_info")
                .put("timezone", zone.getId())
                .put("hours", offset.getTotalSeconds() / 3600)
                .put("minutes", offset.getTotalSeconds() / 60 % 60)
                .put("is_dst", zone.getRules().isDaylightSavings(now) ? 1 : 0)
                .put("gmt_string", offset.getId().equals("Z") ? "+00:00" : offset.getId());
        user.put("unique_prefix", 1);
        user.put("verification_status", "verified");
        user.put("websocket_url", "");
        user.put("weekend_start_day", 6);
        user.put("weekly_goal", 25);
        return user;
    }
}
