package io.hookline.deliverer.commit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Outcomes that wait for the next batch, in order. Not thread-safe: the loop's. */
public final class Outbox {
    private List<Output> outputs = new ArrayList<>();
    private long bytes;

    public void add(Output output) {
        outputs.add(output);
        bytes += output.bytes();
    }

    /** Puts the outcomes of a batch that was not written before those that came since, without those of ownerships that are gone. */
    public void putBack(Collection<Output> notWritten, Predicate<Object> isOwned) {
        List<Output> all = new ArrayList<>(notWritten.size() + outputs.size());
        notWritten.stream().filter(output -> isOwned.test(output.owner())).forEach(all::add);
        all.addAll(outputs);
        replace(all);
    }

    /** Forgets what belongs to ownerships that are gone. */
    public void retain(Predicate<Object> isOwned) {
        List<Output> kept = new ArrayList<>(outputs);
        kept.removeIf(output -> !isOwned.test(output.owner()));
        replace(kept);
    }

    /** Takes everything out. */
    public List<Output> drain() {
        List<Output> taken = outputs;
        replace(new ArrayList<>());
        return taken;
    }

    /** Whether anything of an owner, compared by identity, waits. */
    public boolean has(Object owner) {
        return outputs.stream().anyMatch(output -> output.owner() == owner);
    }

    public int size() {
        return outputs.size();
    }

    /** Of all values, in bytes. */
    public long bytes() {
        return bytes;
    }

    private void replace(List<Output> all) {
        outputs = all;
        bytes = all.stream().mapToLong(Output::bytes).sum();
    }
}
