package io.hookline.ops.access;

import java.util.Locale;

/** Who uses Kafka, each best under a principal of its own. */
public enum Role {
    PRODUCER("a platform service that emits events"),
    ROUTER("every router"),
    DELIVERER("every deliverer"),
    OBSERVER("an operator or a job that looks and changes nothing"),
    OPERATOR("an operator that registers, changes and replays"),
    CREATOR("who creates topics and checks them");

    private final String who;

    Role(String who) {
        this.who = who;
    }

    /** Who that is, in a few words. */
    public String who() {
        return who;
    }

    /** As the script and the documentation call it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
