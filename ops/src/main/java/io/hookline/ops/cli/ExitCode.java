package io.hookline.ops.cli;

/** What a command ends with; listed in every command's help and in docs/commands.md. */
public final class ExitCode {
    public static final int OK = 0;
    /** It was tried and failed, or a check found problems. */
    public static final int FAILED = 1;
    /** The arguments, a file or a document cannot be used; nothing was changed. */
    public static final int USAGE = 2;
    /** What was named does not exist. */
    public static final int NOT_FOUND = 3;
    /** Kafka or the schema registry does not answer. */
    public static final int UNREACHABLE = 4;
    /** Somebody else changed or holds it; look again and repeat. */
    public static final int CONFLICT = 5;
    /** Written, but the confirmation that was waited for did not come in time. */
    public static final int UNCONFIRMED = 6;

    private ExitCode() {}
}
