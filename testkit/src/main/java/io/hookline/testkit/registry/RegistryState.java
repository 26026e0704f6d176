package io.hookline.testkit.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is registered: a fold over the {@link Change}s of the topic, in memory. Any thread; no call does I/O. */
final class RegistryState {
    private final NavigableMap<String, NavigableMap<Integer, Change.Version>> subjects = new TreeMap<>();
    private final Map<Integer, String> schemaById = new HashMap<>();
    private final Map<String, Integer> idBySchema = new HashMap<>();
    private final Map<String, Compatibility> levels = new HashMap<>();
    private Compatibility globalLevel = Compatibility.BACKWARD;
    private int idMax;

    /** @throws IllegalStateException if it contradicts what is registered: two registries have written at once */
    synchronized void apply(Change change) {
        if (change instanceof Change.Version version) {
            String known = schemaById.putIfAbsent(version.id(), version.schema());
            if (known != null && !known.equals(version.schema())) {
                throw new IllegalStateException("id " + version.id() + " stands for two schemas: version "
                        + version.version() + " of subject '" + version.subject() + "' and an earlier one");
            }
            idBySchema.putIfAbsent(version.schema(), version.id());
            idMax = Math.max(idMax, version.id());
            subjects.computeIfAbsent(version.subject(), s -> new TreeMap<>()).put(version.version(), version);
        } else if (change instanceof Change.Level level) {
            setLevel(level.subject(), level.level());
        }
    }

    private void setLevel(@Nullable String subject, @Nullable Compatibility level) {
        if (subject == null) {
            globalLevel = level == null ? Compatibility.BACKWARD : level;
        } else if (level == null) {
            levels.remove(subject);
        } else {
            levels.put(subject, level);
        }
    }

    /** Subjects with at least one such version, sorted. */
    synchronized List<String> subjects(boolean withDeleted) {
        return subjects.keySet().stream()
                .filter(subject -> !versions(subject, withDeleted).isEmpty())
                .toList();
    }

    /** Oldest first; empty if there is no such subject. */
    synchronized List<Change.Version> versions(String subject, boolean withDeleted) {
        return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
                .filter(version -> version.visible(withDeleted))
                .toList();
    }

    /** All versions that have this schema, by subject and version. */
    synchronized List<Change.Version> versionsOf(int id, boolean withDeleted) {
        return subjects.values().stream()
                .flatMap(versions -> versions.values().stream())
                .filter(version -> version.id() == id && version.visible(withDeleted))
                .toList();
    }

    synchronized Optional<String> schema(int id) {
        return Optional.ofNullable(schemaById.get(id));
    }

    /** The id that stands for this text in all subjects, known or next. */
    synchronized int idFor(String canonical) {
        Integer known = idBySchema.get(canonical);
        return known == null ? Math.addExact(idMax, 1) : known;
    }

    /** Never one that was given before, deleted or not. */
    synchronized int nextVersion(String subject) {
        NavigableMap<Integer, Change.Version> versions = subjects.get(subject);
        return versions == null ? 1 : Math.addExact(versions.lastKey(), 1);
    }

    synchronized Compatibility globalLevel() {
        return globalLevel;
    }

    synchronized Optional<Compatibility> subjectLevel(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    synchronized Compatibility levelFor(String subject) {
        return levels.getOrDefault(subject, globalLevel);
    }
}
