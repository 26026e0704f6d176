package io.hookline.bench.sink;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** nginx with one worker, which answers 200 to everything and counts. For one thread. */
final class Nginx implements Sink {
    private static final long START_NS_MAX = Duration.ofSeconds(10).toNanos();
    private static final long LOOK_NS = Duration.ofMillis(20).toNanos();
    private static final int CLOSE_SECONDS_MAX = 10;

    /** Reading the count is a request as well, and counted. */
    private static final byte[] COUNT =
            "GET /count HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final int port;
    private final Process process;
    private @Nullable Socket counting;
    private @Nullable BufferedReader counted;
    private long asked;

    private Nginx(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static boolean isInstalled() {
        return executable().isPresent();
    }

    private static Optional<Path> executable() {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it on a free port. Blocks until it answers. */
    static Nginx start() {
        Path executable = executable().orElseThrow();
        try {
            Path folder = Files.createTempDirectory("hookline-bench-nginx");
            int port = freePort();
            Path config = folder.resolve("nginx.conf");
            Files.writeString(config, config(port));
            Process process = new ProcessBuilder(
                            executable.toString(), "-p", folder.toString(), "-c", config.toString(), "-e", "error.log")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
            Nginx nginx = new Nginx(folder, port, process);
            nginx.awaitStart();
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String config(int port) {
        String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        return """
                %s
                daemon off;
                worker_processes 1;
                pid nginx.pid;
                error_log error.log crit;
                events { worker_connections 16384; multi_accept on; }
                http {
                  access_log off;
                  keepalive_requests 100000000;
                  keepalive_timeout 3600s;
                  client_header_timeout 3600s;
                  client_body_temp_path bodies;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  server {
                    listen 127.0.0.1:%d backlog=8192;
                    location = /count { stub_status; }
                    location / { return 200; }
                  }
                }
                """.formatted(user, port);
    }

    private void awaitStart() throws IOException {
        long until = System.nanoTime() + START_NS_MAX;
        while (true) {
            try {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                counting = socket;
                counted = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    String why = "nginx does not start: " + Files.readString(folder.resolve("output.log"));
                    close();
                    throw new IllegalStateException(why, e);
                }
                LockSupport.parkNanos(LOOK_NS);
            }
        }
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    @Override
    public long posts() {
        try {
            Objects.requireNonNull(counting).getOutputStream().write(COUNT);
            asked++;
            return requests() - asked;
        } catch (IOException e) {
            throw new UncheckedIOException("nginx does not say how many requests it had", e);
        }
    }

    /** Reads one answer: its body has four lines, of which the third ends with the number of requests. */
    private long requests() throws IOException {
        BufferedReader reader = Objects.requireNonNull(counted);
        while (!line(reader).isEmpty()) {
            // The headers say nothing that is not known.
        }
        line(reader);
        line(reader);
        List<String> numbers = List.of(line(reader).strip().split(" ", -1));
        line(reader);
        return Long.parseLong(numbers.get(2));
    }

    private static String line(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("it closed the connection");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            Socket open = counting;
            if (open != null) {
                open.close();
            }
            if (!process.waitFor(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        } catch (IOException e) {
            // What is left lies in the system's folder for what is temporary.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
