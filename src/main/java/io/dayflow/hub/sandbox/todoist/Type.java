package io.dayflow.hub.sandbox.todoist;

/** What an account holds. */
enum Type {
    ACCOUNT("account", "user", "User"),
    PROJECT("project", "projects", "Project"),
    SECTION("section", "sections", "Section"),
    ITEM("item", "items", "Task"),
    LABEL("label", "labels", "Label"),
    /** Commands that were carried out, by their uuid. */
    COMMAND("command", "", "Command");

    private final String stored;
    private final String resource;
    private final String title;

    Type(String stored, String resource, String title) {
        this.stored = stored;
        this.resource = resource;
        this.title = title;
    }

    /** As rows and events name it. */
    String stored() {
        return stored;
    }

    /** As a sync names it. */
    String resource() {
        return resource;
    }

    /** As an error names it. */
    String title() {
        return title;
    }

    static Type stored(String name) {
        for (var type : values()) {
            if (type.stored.equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no type " + name);
    }
}
