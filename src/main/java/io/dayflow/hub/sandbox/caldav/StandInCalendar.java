package io.dayflow.hub.sandbox.caldav;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A calendar of the server: members by name, with versions and a log of changes. The public methods act as the service's
 * own user would, past all faults and locks of HTTP. Thread-safe.
 */
public final class StandInCalendar {

    private static final Pattern UID = Pattern.compile("(?m)^UID(?:;[^:\r\n]*)?:(.*?)\r?$");

    private final String folder;
    private final List<String> components;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final TreeMap<Long, String> changes = new TreeMap<>();
    private final Map<String, Long> tombstones = new HashMap<>();
    private final Map<String, String> namesByUid = new HashMap<>();
    private String displayName;
    private long sequence;
    private int epoch = 1;
    private boolean vanished;
    private boolean readOnly;
    private boolean hidesDeletions;

    /** A text made on demand until somebody overwrites it: the maker then gives a constant. */
    private record Member(long version, @Nullable String uid, IntFunction<String> maker, int index) {
        String body() {
            return maker.apply(index);
        }
    }

    /** One row of a walk: present with its ETag, or gone (no ETag). */
    record Row(String name, @Nullable String etag) {}

    /** A page of a walk: its rows, the token behind them, and whether more follow. */
    record Page(List<Row> rows, String token, boolean truncated) {}

    /** What there is to know of it beside its members; it differs after every change. */
    record Head(String displayName, List<String> components, long sequence, int epoch) {}

    /** A member as it is to be kept, or what is left of one that was removed (no text). */
    record Kept(String name, long version, @Nullable String text) {}

    public StandInCalendar(String folder, String displayName, List<String> components) {
        this.folder = folder;
        this.displayName = displayName;
        this.components = List.copyOf(components);
    }

    /** As it was when it was kept. */
    static StandInCalendar restore(String folder, Head head, List<Kept> members) {
        StandInCalendar calendar = new StandInCalendar(folder, head.displayName(), head.components());
        for (Kept kept : members) {
            String text = kept.text();
            if (text == null) {
                calendar.changes.put(kept.version(), kept.name());
                calendar.tombstones.put(kept.name(), kept.version());
            } else {
                calendar.store(kept.name(), new Member(kept.version(), uid(text), i -> text, 0));
            }
        }
        calendar.sequence = head.sequence();
        calendar.epoch = head.epoch();
        return calendar;
    }

    synchronized Head head() {
        return new Head(displayName, components, sequence, epoch);
    }

    /** What changed after that point of its {@link Head#sequence()}. */
    synchronized List<Kept> keptSince(long since) {
        List<Kept> kept = new ArrayList<>();
        changes.tailMap(since, false).forEach((version, name) -> {
            Member member = members.get(name);
            kept.add(new Kept(name, version, member == null ? null : member.body()));
        });
        return kept;
    }

    public String folder() {
        return folder;
    }

    public synchronized String displayName() {
        return displayName;
    }

    public synchronized void rename(String name) {
        displayName = name;
        sequence++;
    }

    public List<String> components() {
        return components;
    }

    /** Adds n members whose texts are made whenever they are read, so that they cost no memory. */
    public synchronized void generate(int n, IntFunction<String> uid, IntFunction<String> text) {
        for (int i = 0; i < n; i++) {
            String id = uid.apply(i);
            store(id + ".ics", new Member(++sequence, id, text, i));
        }
    }

    /** Stores a text under a name such as {@code a.ics}; returns its ETag. */
    public synchronized String put(String name, String text) {
        Member member = new Member(++sequence, uid(text), i -> text, 0);
        store(name, member);
        return etag(member);
    }

    /** Changes a member's text under its ETag, as a damaged disk would; unknown names are refused. */
    public synchronized void corrupt(String name, String text) {
        Member former = known(name);
        members.put(name, new Member(former.version(), former.uid(), i -> text, 0));
    }

    /** Stores a text that gets a new ETag, and that no token walk will ever name; unknown names are refused. */
    public synchronized void putUnnoticed(String name, String text) {
        Member former = known(name);
        members.put(name, new Member(++sequence, former.uid(), i -> text, 0));
    }

    private Member known(String name) {
        Member member = members.get(name);
        if (member == null) {
            throw new NoSuchElementException(name);
        }
        return member;
    }

    /** Removes a member; unknown names are refused. */
    public synchronized void remove(String name) {
        Member former = members.remove(name);
        if (former == null) {
            throw new NoSuchElementException(name);
        }
        forget(name, former);
        changes.put(++sequence, name);
        tombstones.put(name, sequence);
    }

    /** Removes all members, one tombstone each. */
    public synchronized void clear() {
        List.copyOf(members.keySet()).forEach(this::remove);
    }

    /** As after a restore from an empty backup: no members, no tombstones, and all tokens are unknown. */
    public synchronized void forgetEverything() {
        members.clear();
        changes.clear();
        tombstones.clear();
        namesByUid.clear();
        expireTokens();
    }

    /** Every token given so far is refused from now on; the members stay. */
    public synchronized void expireTokens() {
        epoch++;
    }

    /** From now on the calendar answers 404 and no home lists it, until {@link #reappear()}. */
    public synchronized void vanish() {
        vanished = true;
    }

    public synchronized void reappear() {
        vanished = false;
    }

    /** Token walks leave out the rows of removed members. */
    public synchronized void hideDeletions(boolean hide) {
        hidesDeletions = hide;
    }

    /** Its privileges show no right to write, and writes are refused with need-privileges. */
    public synchronized void readOnly(boolean only) {
        readOnly = only;
    }

    public synchronized List<String> names() {
        return List.copyOf(members.keySet());
    }

    public synchronized int size() {
        return members.size();
    }

    /** The text of a member; unknown names are refused. */
    public synchronized String text(String name) {
        return known(name).body();
    }

    /** The ETag of a member with its quotes, or null when there is none of this name. */
    public synchronized @Nullable String etag(String name) {
        Member member = members.get(name);
        return member == null ? null : etag(member);
    }

    /** The name under which this UID is stored. */
    public synchronized @Nullable String nameOf(String uid) {
        return namesByUid.get(uid);
    }

    synchronized boolean isVanished() {
        return vanished;
    }

    synchronized boolean isReadOnly() {
        return readOnly;
    }

    synchronized String ctag() {
        return "ctag-" + epoch + "-" + sequence;
    }

    synchronized String token() {
        return "data:," + epoch + "/" + sequence + "&";
    }

    /** The changes behind a token; null when the token is not known. An empty token asks for everything there is. */
    synchronized @Nullable Page changesSince(String token, int limit) {
        long since = 0;
        if (!token.isEmpty()) {
            Matcher known = Pattern.compile("data:,(\\d+)/(\\d+)&").matcher(token);
            if (!known.matches() || Integer.parseInt(known.group(1)) != epoch) {
                return null;
            }
            since = Long.parseLong(known.group(2));
        }
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<Long, String> change : changes.tailMap(since, false).entrySet()) {
            Member member = members.get(change.getValue());
            if (member == null && (token.isEmpty() || hidesDeletions)) {
                continue;
            }
            if (limit > 0 && rows.size() == limit) {
                return new Page(rows, "data:," + epoch + "/" + since + "&", true);
            }
            rows.add(new Row(change.getValue(), member == null ? null : etag(member)));
            since = change.getKey();
        }
        return new Page(rows, token(), false);
    }

    static @Nullable String uid(String text) {
        Matcher found = UID.matcher(text.replace("\r\n ", "").replace("\n ", ""));
        return found.find() ? found.group(1) : null;
    }

    private void store(String name, Member member) {
        Member former = members.put(name, member);
        if (former != null) {
            forget(name, former);
        }
        Long removed = tombstones.remove(name);
        if (removed != null) {
            changes.remove(removed);
        }
        changes.put(member.version(), name);
        if (member.uid() != null) {
            namesByUid.put(member.uid(), name);
        }
    }

    private void forget(String name, Member former) {
        changes.remove(former.version());
        if (former.uid() != null) {
            namesByUid.remove(former.uid(), name);
        }
    }

    private String etag(Member member) {
        return "\"v" + member.version() + "\"";
    }
}
