package io.dayflow.hub.server;

/** What a stand-in server is like, as long as nobody changes it; all defaults are those of a well-behaved server. */
final class StandInQuirks {

    /** What becomes of a stored text, and whether the answer to the PUT names a version. */
    enum Rewrite {
        NO,
        WITH_ETAG,
        WITHOUT_ETAG
    }

    private volatile Rewrite rewrite = Rewrite.NO;
    private volatile boolean syncCollection = true;
    private volatile int pageLimit;
    private volatile String prefix = "";

    Rewrite rewrite() {
        return rewrite;
    }

    void rewrite(Rewrite how) {
        rewrite = how;
    }

    boolean syncCollection() {
        return syncCollection;
    }

    void syncCollection(boolean supported) {
        syncCollection = supported;
    }

    /** Rows per page of a token walk; 0 = all in one. */
    int pageLimit() {
        return pageLimit;
    }

    void pageLimit(int rows) {
        pageLimit = rows;
    }

    /** Where everything has moved to; empty = nowhere. */
    String prefix() {
        return prefix;
    }

    void prefix(String path) {
        prefix = path;
    }
}
