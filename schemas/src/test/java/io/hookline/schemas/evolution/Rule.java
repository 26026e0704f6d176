package io.hookline.schemas.evolution;

/** What a change of a released schema must not do, each with what to do instead. */
enum Rule {
    RECORD_STAYS(
            "a released record stays, because the last release still writes and reads it; stop using it, keep its file"),
    TYPE_STAYS(
            "the type of a released field stays, because one of two releases that run side by side could not read the other;"
                    + " add a field with a default instead"),
    MEANING_STAYS("the logical type of a released field stays, because Avro would read old values with another meaning;"
            + " add a field with a default instead"),
    NEW_FIELD_HAS_DEFAULT("a new field has a default, because records of earlier releases do not have it"),
    FIELD_WITHOUT_DEFAULT_STAYS(
            "a released field without a default stays, because earlier releases cannot read a record without it"),
    DEFAULT_STAYS(
            "the default of a released field stays, because records older than the field would change what they say"),
    SYMBOL_STAYS("a symbol of a released enum stays, because records that hold it would read as the enum's default"),
    NEW_SYMBOL_NEEDS_DEFAULT(
            "an enum without a default in an earlier release gets no new symbols, because that release cannot read them"),
    READABLE_BOTH_WAYS("each release reads what the other writes (FULL_TRANSITIVE)");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    String brokenBy(String where, String what) {
        return where + ": " + what + ". Rule " + name() + ": " + text + ".";
    }
}
