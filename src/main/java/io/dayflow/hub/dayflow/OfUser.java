package io.dayflow.hub.dayflow;

/** Conditions over the alias {@code t} that find a user's rows where the table does not name the user. */
public final class OfUser {

    /** Over public.task_tags. */
    public static final String TASK_TAGS = "t.task_id in (select k.id from public.tasks k where k.user_id = :user)";

    /** Over public.event_tags. */
    public static final String EVENT_TAGS =
            "t.event_id in (select e.id from public.calendar_events e where e.user_id = :user)";

    private OfUser() {}
}
