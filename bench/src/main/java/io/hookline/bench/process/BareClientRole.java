package io.hookline.bench.process;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The baseline of the deliverer: its HTTP client in a bare loop. A question is how many to send and the body; the answer comes when all
 * are answered and says how many were no success. Signatures are made up: nothing is computed, read or recorded.
 */
final class BareClientRole implements Role {
    private static final Signed SIGNED = new Signed(
            "msg_0NDZ2Q0Q4R9C7Q6E9YQ4K8D3V1", "1764000000", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    private final Work work;
    private final AsyncPosts posts;

    BareClientRole(Map<String, String> settings) {
        this.work = Work.of(settings);
        this.posts = new AsyncPosts(work.url(), work.inFlight());
    }

    @Override
    public String greeting() {
        return "started";
    }

    @Override
    public String answer(String question) {
        int space = question.indexOf(' ');
        int count = Integer.parseInt(question.substring(0, space));
        byte[] body = question.substring(space + 1).getBytes(StandardCharsets.UTF_8);
        Semaphore free = new Semaphore(work.inFlight());
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            free.acquireUninterruptibly();
            posts.post(i % work.endpoints(), SIGNED, body, status -> {
                if (status != 200) {
                    failed.incrementAndGet();
                }
                free.release();
            });
        }
        free.acquireUninterruptibly(work.inFlight());
        return failed.toString();
    }

    @Override
    public void close() {
        posts.close();
    }
}
