package io.hookline.testkit.registry;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What each call of the contract does. Reads look at the state; a write decides, is kept by the log, and only then changes the
 * state, one write at a time. Any thread; writes block.
 */
final class Registry {
    private static final int LATEST = -1;

    private final RegistryState state;
    private final ChangeLog log;
    private final Object oneWriter = new Object();

    Registry(RegistryState state, ChangeLog log) {
        this.state = state;
        this.log = log;
    }

    /** Returns the id of the schema, registering it as the subject's next version unless one of its versions has it. */
    int register(String subject, SchemaText text) {
        return registered(subject, text).orElseGet(() -> registerNew(subject, text));
    }

    private int registerNew(String subject, SchemaText text) {
        synchronized (oneWriter) {
            log.settle(state::apply);
            Optional<Integer> meanwhile = registered(subject, text);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            List<String> problems =
                    state.levelFor(subject).check(text.schema(), schemas(state.versions(subject, false)));
            if (!problems.isEmpty()) {
                throw RegistryError.incompatible(subject, problems.toString());
            }
            int id = state.idFor(text.canonical());
            write(new Change.Version(subject, state.nextVersion(subject), id, text.canonical(), false, false));
            return id;
        }
    }

    private Optional<Integer> registered(String subject, SchemaText text) {
        return state.versions(subject, false).stream()
                .filter(version -> version.schema().equals(text.canonical()))
                .map(Change.Version::id)
                .findFirst();
    }

    /** The version of the subject that has this schema, the newest if several. */
    Change.Version lookUp(String subject, SchemaText text, boolean withDeleted) {
        List<Change.Version> versions = existing(subject, withDeleted);
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).schema().equals(text.canonical())) {
                return versions.get(i);
            }
        }
        throw RegistryError.schemaNotFound("of subject '" + subject + "'");
    }

    List<String> subjects(String prefix, boolean withDeleted) {
        return state.subjects(withDeleted).stream()
                .filter(subject -> subject.startsWith(prefix))
                .toList();
    }

    List<Integer> versions(String subject, boolean withDeleted) {
        return existing(subject, withDeleted).stream()
                .map(Change.Version::version)
                .toList();
    }

    /** @param version a number from 1, or {@code latest} or {@code -1} */
    Change.Version version(String subject, String version, boolean withDeleted) {
        int number = versionNumber(version);
        List<Change.Version> versions = existing(subject, withDeleted);
        return number == LATEST ? versions.get(versions.size() - 1) : find(versions, subject, number);
    }

    String schema(int id) {
        return state.schema(id)
                .filter(schema -> !state.versionsOf(id, true).isEmpty())
                .orElseThrow(() -> RegistryError.schemaNotFound("with id " + id));
    }

    List<Change.Version> usages(int id, boolean withDeleted) {
        schema(id);
        return state.versionsOf(id, withDeleted);
    }

    /** What speaks against the schema as the subject's next version, were {@code version} (null: all that the level asks) before it. */
    List<String> problems(String subject, @Nullable String version, SchemaText text) {
        Compatibility level = state.levelFor(subject);
        if (version == null) {
            return level.check(text.schema(), schemas(state.versions(subject, false)));
        }
        boolean latest = versionNumber(version) == LATEST;
        if (latest && state.versions(subject, false).isEmpty()) {
            return List.of();
        }
        return level.check(text.schema(), schemas(List.of(version(subject, version, false))));
    }

    Compatibility globalLevel() {
        return state.globalLevel();
    }

    Compatibility subjectLevel(String subject, boolean defaultToGlobal) {
        Optional<Compatibility> own = state.subjectLevel(subject);
        if (own.isEmpty() && !defaultToGlobal) {
            throw RegistryError.noSubjectLevel(subject);
        }
        return own.orElseGet(state::globalLevel);
    }

    /** @param subject null for the level of all subjects without their own */
    void setLevel(@Nullable String subject, Compatibility level) {
        synchronized (oneWriter) {
            log.settle(state::apply);
            write(new Change.Level(subject, level));
        }
    }

    /** Returns the level that applies no more. */
    Compatibility unsetLevel(@Nullable String subject) {
        synchronized (oneWriter) {
            log.settle(state::apply);
            Compatibility old = subject == null
                    ? state.globalLevel()
                    : state.subjectLevel(subject).orElseThrow(() -> RegistryError.subjectNotFound(subject));
            write(new Change.Level(subject, null));
            return old;
        }
    }

    /** Returns the versions deleted: all that were not yet. */
    List<Integer> deleteSubject(String subject, boolean permanent) {
        synchronized (oneWriter) {
            log.settle(state::apply);
            List<Change.Version> all = existing(subject, true);
            List<Change.Version> live = state.versions(subject, false);
            if (permanent && !live.isEmpty()) {
                throw RegistryError.subjectNotSoftDeleted(subject);
            }
            if (!permanent && live.isEmpty()) {
                throw RegistryError.subjectSoftDeleted(subject);
            }
            List<Change.Version> going = permanent ? all : live;
            going.forEach(version -> write(deleted(version, permanent)));
            return going.stream().map(Change.Version::version).toList();
        }
    }

    int deleteVersion(String subject, String version, boolean permanent) {
        synchronized (oneWriter) {
            log.settle(state::apply);
            Change.Version found = version(subject, version, versionNumber(version) != LATEST);
            if (permanent && !found.deleted()) {
                throw RegistryError.versionNotSoftDeleted(subject, found.version());
            }
            if (!permanent && found.deleted()) {
                throw RegistryError.versionSoftDeleted(subject, found.version());
            }
            write(deleted(found, permanent));
            return found.version();
        }
    }

    private static Change.Version deleted(Change.Version version, boolean permanent) {
        return permanent ? version.permanentlyDeleted() : version.softlyDeleted();
    }

    private void write(Change change) {
        log.append(change);
        state.apply(change);
    }

    private List<Change.Version> existing(String subject, boolean withDeleted) {
        List<Change.Version> versions = state.versions(subject, withDeleted);
        if (versions.isEmpty()) {
            throw RegistryError.subjectNotFound(subject);
        }
        return versions;
    }

    private static Change.Version find(List<Change.Version> versions, String subject, int number) {
        return versions.stream()
                .filter(version -> version.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryError.versionNotFound(subject, Integer.toString(number)));
    }

    private static int versionNumber(String version) {
        if (version.equals("latest") || version.equals("-1")) {
            return LATEST;
        }
        try {
            int number = Integer.parseInt(version);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw RegistryError.invalidVersion(version);
    }

    private static List<Schema> schemas(List<Change.Version> versions) {
        return versions.stream()
                .map(version -> SchemaText.registered(version.schema()).schema())
                .toList();
    }
}
