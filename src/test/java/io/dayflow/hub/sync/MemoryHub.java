package io.dayflow.hub.sync;

import io.dayflow.hub.conflict.BringBack;
import io.dayflow.hub.conflict.ResolveConflict;
import io.dayflow.hub.connection.DayflowRows;
import io.dayflow.hub.deadletter.ReplayDeadLetter;
import io.dayflow.hub.deleted.RestoreItem;
import io.dayflow.hub.job.UndoJob;

/** The engine of one instance of the hub over ports of a test's choice: what routes and pages call. */
public record MemoryHub(
        Runs runs,
        RunOutcomes runOutcomes,
        Inbound inbound,
        Previews previews,
        Pushes pushes,
        PushOutcomes pushOutcomes,
        DayflowChanges dayflow,
        BesideRuns besideRuns,
        ResolveConflict resolve,
        BringBack bringBack,
        ReplayDeadLetter replay,
        UndoJob undo,
        RestoreItem restore,
        ForgetDeleted forgetDeleted,
        DayflowRows removeRows,
        Sweep sweep,
        EnginePorts ports) {

    /** Puts the engine together as the application does. */
    public static MemoryHub of(EnginePorts p) {
        Books books = new Books(p.planner());
        RunStatus status = new RunStatus(p.chance(), p.connections(), p.collections(), p.settings(), p.clock());
        DayflowChanges dayflow = new DayflowChanges(
                p.capture(),
                p.transaction(),
                p.links(),
                books,
                p.planner(),
                p.profiles(),
                new Exports(p.collections()),
                p.wake(),
                p.clock(),
                p.ids());
        Deletions deletions = new Deletions(
                p.gone(),
                p.transaction(),
                p.links(),
                books,
                p.planner(),
                p.leases(),
                p.jobs(),
                p.wake(),
                p.clock(),
                p.ids(),
                p.settings());
        HintedDeletions hinted = new HintedDeletions(
                p.gone(), p.transaction(), p.leases(), deletions, p.jobs(), status, p.ids(), p.settings());
        PushPlan plan = new PushPlan(p.collections());
        AbsorbPage absorb = new AbsorbPage(p.links(), books);
        PushDesk desk = new PushDesk(p.pending(), p.links(), books, p.planner(), p.clock(), p.ids());
        PushGuard guard =
                new PushGuard(p.pending(), p.transaction(), p.leases(), status, p.jobs(), p.ids(), p.settings());
        ItemDesk items = new ItemDesk(p.links(), books, p.planner(), p.wake(), p.clock(), p.ids());
        return new MemoryHub(
                new Runs(
                        p.transaction(),
                        p.profiles(),
                        p.leases(),
                        p.jobs(),
                        p.connections(),
                        p.collections(),
                        deletions,
                        dayflow,
                        status,
                        p.links(),
                        p.ids()),
                new RunOutcomes(p.pending(), p.transaction(), p.leases(), p.jobs(), p.collections(), status),
                new Inbound(
                        p.transaction(),
                        p.links(),
                        absorb,
                        p.planner(),
                        p.collections(),
                        p.letters(),
                        p.leases(),
                        p.jobs(),
                        status,
                        p.wake(),
                        p.clock(),
                        p.ids()),
                new Previews(
                        p.transaction(),
                        p.links(),
                        p.pending(),
                        p.gone(),
                        p.collections(),
                        p.jobs(),
                        p.leases(),
                        books,
                        p.planner(),
                        absorb,
                        plan,
                        guard,
                        deletions,
                        p.clock(),
                        p.ids()),
                new Pushes(
                        p.connections(),
                        p.pending(),
                        p.transaction(),
                        p.links(),
                        desk,
                        p.planner(),
                        p.profiles(),
                        p.leases(),
                        plan,
                        guard,
                        new Quarantine(p.settings(), status, p.jobs(), p.ids()),
                        p.jobs()),
                new PushOutcomes(
                        p.chance(),
                        p.transaction(),
                        p.links(),
                        desk,
                        p.planner(),
                        p.leases(),
                        p.jobs(),
                        status,
                        p.settings(),
                        p.clock(),
                        p.ids()),
                dayflow,
                new BesideRuns(p.collections(), hinted, status),
                new Resolve(p.transaction(), items, p.profiles(), p.conflicts()),
                new BringBackValues(p.transaction(), items, p.profiles(), p.conflicts()),
                new Replay(p.transaction(), items, p.wake(), p.ids(), p.letters(), p.collections(), p.jobs()),
                new Undo(
                        p.transaction(),
                        p.undos(),
                        p.links(),
                        books,
                        p.planner(),
                        p.profiles(),
                        p.collections(),
                        p.wake(),
                        p.clock(),
                        p.ids()),
                new Restore(p.transaction(), items),
                new ForgetDeleted(p.kept(), p.transaction(), p.settings(), p.clock()),
                new RemoveRows(p.transaction(), p.links(), books, p.planner(), p.clock(), p.ids()),
                new Sweep(
                        p.transaction(),
                        p.links(),
                        books,
                        p.planner(),
                        p.capture(),
                        p.profiles(),
                        p.leases(),
                        p.jobs(),
                        p.wake(),
                        p.clock(),
                        p.ids()),
                p);
    }
}
