package io.dayflow.hub.sandbox.caldav;

/** What a server is like, as long as nobody changes it; all defaults are those of a well-behaved server. */
public final class StandInQuirks {

    /** What becomes of a stored text, and whether the answer to the PUT names a version. */
    public enum Rewrite {
        NO,
        WITH_ETAG,
        WITHOUT_ETAG
    }

    private volatile Rewrite rewrite = Rewrite.NO;
    private volatile boolean syncCollection = true;
    private volatile int pageLimit;
    private volatile String prefix = "";

    public Rewrite rewrite() {
        return rewrite;
    }

    public void rewrite(Rewrite how) {
        rewrite = how;
    }

    public boolean syncCollection() {
        return syncCollection;
    }

    public void syncCollection(boolean supported) {
        syncCollection = supported;
    }

    /** Rows per page of a token walk; 0 = all in one. */
    public int pageLimit() {
        return pageLimit;
    }

    public void pageLimit(int rows) {
        pageLimit = rows;
    }

    /** Where everything has moved to; empty = nowhere. */
    public String prefix() {
        return prefix;
    }

    public void prefix(String path) {
        prefix = path;
    }
}
