package io.hookline.testkit.registry.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real Apicurio Registry as a process of its own: storage in memory, every port free and on loopback, compatibility BACKWARD.
 * Its output goes to {@code apicurio.log} in the working directory.
 */
final class ApicurioServer implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+:\\d+)");
    private static final int START_SECONDS_MAX = 90;

    private final Process process;
    private final String url;

    private ApicurioServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param distribution the unpacked {@code apicurio-registry-app} archive
     * @param java a JDK 21 or newer
     */
    static ApicurioServer start(Path distribution, Path java, Path work) throws Exception {
        Files.createDirectories(work);
        Process process = new ProcessBuilder(command(distribution, java, work))
                .directory(work.toFile())
                .redirectErrorStream(true)
                .start();
        Thread killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            String base = listening(process, work.resolve("apicurio.log")).get(START_SECONDS_MAX, TimeUnit.SECONDS);
            ApicurioServer server = new ApicurioServer(process, base + "/apis/ccompat/v7");
            server.setBackward();
            return server;
        } catch (Exception e) {
            process.destroyForcibly();
            throw new IllegalStateException("Apicurio did not start; see " + work.resolve("apicurio.log"), e);
        }
    }

    private static List<String> command(Path distribution, Path java, Path work) {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin").resolve("java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xmx512m");
        command.add("-Djava.io.tmpdir=" + work);
        for (String kind : List.of("http", "management")) {
            command.add("-Dquarkus." + kind + ".host=127.0.0.1");
            command.add("-Dquarkus." + kind + ".port=0");
        }
        command.add("-jar");
        command.add(distribution.resolve("quarkus-run.jar").toString());
        return command;
    }

    /** The address it says it listens on. Goes on reading until it ends, so that it never blocks on a full pipe. */
    private static CompletableFuture<String> listening(Process process, Path log) {
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = process.inputReader(UTF_8);
                    var out = Files.newBufferedWriter(log, UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    out.write(line);
                    out.newLine();
                    out.flush();
                    Matcher found = LISTENING.matcher(line);
                    if (found.find()) {
                        address.complete(found.group(1));
                    }
                }
            } catch (IOException e) {
                address.completeExceptionally(e);
            }
            address.completeExceptionally(new IOException("it ended without listening"));
        });
        reader.setDaemon(true);
        reader.start();
        return address;
    }

    private void setBackward() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/config"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("PUT /config answered " + response.statusCode() + ": " + response.body());
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }
}
