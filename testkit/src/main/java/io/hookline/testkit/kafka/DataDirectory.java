package io.hookline.testkit.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the broker keeps its data: locked against a second use, formatted once, deleted at the end if it was ours to make. */
final class DataDirectory implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);

    private static final String LOCK_FILE = ".hookline-kafka.lock";
    private static final String META_PROPERTIES = "meta.properties";

    private final Path path;
    private final boolean temporary;
    /** Whether a Kafka of ours was here before. What it did not make it does not offer to delete. */
    private final boolean isOurs;

    private final FileChannel lockChannel;

    private DataDirectory(Path path, boolean temporary, boolean isOurs, FileChannel lockChannel) {
        this.path = path;
        this.temporary = temporary;
        this.isOurs = isOurs;
        this.lockChannel = lockChannel;
    }

    /** A fresh directory below {@code java.io.tmpdir}, deleted by {@link #close}. */
    static DataDirectory temporary() {
        try {
            Path path = Files.createTempDirectory("hookline-kafka-");
            return new DataDirectory(path, true, true, lock(path));
        } catch (IOException e) {
            throw new KafkaStartException(
                    "no temporary directory for Kafka's data below " + System.getProperty("java.io.tmpdir") + ": " + e,
                    e);
        }
    }

    /** A directory that is made if absent and kept. */
    static DataDirectory kept(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            boolean isOurs = Files.exists(absolute.resolve(LOCK_FILE));
            return new DataDirectory(absolute, false, isOurs, lock(absolute));
        } catch (IOException e) {
            throw KafkaStartException.unusable(
                    "data directory " + absolute + " cannot be used: " + words(e)
                            + ". Name a directory that can be made or written.",
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** Formats the directory unless it holds a Kafka's data already; returns the cluster id, the same at every start. */
    String format(int nodeId, String controllerListener) {
        try {
            String known = clusterId();
            if (known != null) {
                return known;
            }
            refuseForeignFiles();
            String clusterId = Uuid.randomUuid().toString();
            new Formatter()
                    .setClusterId(clusterId)
                    .setNodeId(nodeId)
                    .addDirectory(path.toString())
                    .setMetadataLogDirectory(path.toString())
                    .setControllerListenerName(controllerListener)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
            return clusterId;
        } catch (KafkaStartException e) {
            leaveNoTrace();
            throw e;
        } catch (Exception e) {
            throw new KafkaStartException(
                    "data directory " + path + " cannot be formatted for Kafka: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            lockChannel.close();
            if (temporary) {
                deleteTree(path);
            }
        } catch (IOException e) {
            log.warn("data directory {} could not be released or deleted", path, e);
        }
    }

    private @Nullable String clusterId() throws IOException {
        Path file = path.resolve(META_PROPERTIES);
        if (!Files.exists(file)) {
            return null;
        }
        Properties meta = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            meta.load(reader);
        }
        String clusterId = meta.getProperty("cluster.id");
        if (clusterId == null) {
            String damaged = file + " names no cluster.id: it is damaged, or not of a Kafka of version 4. ";
            throw KafkaStartException.unusable(
                    damaged
                            + (isOurs
                                    ? "Delete " + path + " to start with an empty Kafka, or name another directory."
                                    : "Name an empty or a new directory."),
                    null);
        }
        return clusterId;
    }

    private void refuseForeignFiles() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            entries.filter(entry -> !entry.getFileName().toString().equals(LOCK_FILE))
                    .findAny()
                    .ifPresent(entry -> {
                        throw KafkaStartException.unusable(
                                "data directory " + path + " is not empty (" + entry.getFileName()
                                        + ") and holds no Kafka's data. Name an empty or a new directory.",
                                null);
                    });
        }
    }

    /** A directory that was refused is not ours, and must not look so the next time. */
    private void leaveNoTrace() {
        try {
            if (!isOurs) {
                Files.deleteIfExists(path.resolve(LOCK_FILE));
            }
        } catch (IOException e) {
            log.warn("lock file in {} could not be deleted", path, e);
        }
    }

    /** What Java says by the class of an exception only. */
    private static String words(IOException e) {
        if (e instanceof FileAlreadyExistsException file) {
            return file.getFile() + " is there already and is no directory";
        } else if (e instanceof AccessDeniedException file) {
            return "no permission to write " + file.getFile();
        } else if (e instanceof NoSuchFileException file) {
            return file.getFile() + " cannot be made there";
        }
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason() + " (" + file.getFile() + ")"
                : String.valueOf(e.getMessage());
    }

    /** The lock is the channel's: it goes when the channel closes or the process dies. */
    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve(LOCK_FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                String holder = Files.readString(file).strip();
                throw KafkaStartException.held(
                        "data directory " + directory + " is in use by another Kafka (process " + holder
                                + "). Stop that one first, or name another directory.",
                        null);
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static void deleteTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
