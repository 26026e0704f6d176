package io.hookline.prove.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether the attempts recorded of one delivery are what they must be: 1, 2, 3, and one end, which is the last. */
final class AttemptCheck {
    private AttemptCheck() {}

    /**
     * What is wrong, if anything.
     *
     * @param letters how many dead letters there are of it
     */
    static Optional<String> of(List<Attempted> recorded, long letters) {
        List<Attempted> ordered = new ArrayList<>(recorded);
        ordered.sort(Comparator.comparingLong(Attempted::offset));
        int number = 0;
        for (int i = 0; i < ordered.size(); i++) {
            Attempted attempt = ordered.get(i);
            boolean isLast = i == ordered.size() - 1;
            if (attempt.number() != 0 && attempt.number() != ++number) {
                return Optional.of("attempt " + attempt.number() + " is recorded where " + number + " was due");
            }
            if (attempt.next().isFinal() && !isLast) {
                return Optional.of(
                        "more is recorded after attempt " + attempt.number() + ", which ended it as " + attempt.next());
            }
            if (isLast && !attempt.next().isFinal()) {
                return Optional.of("the last recorded attempt says " + attempt.next() + ", and nothing follows");
            }
        }
        boolean isDead = !ordered.isEmpty() && ordered.get(ordered.size() - 1).next() == Attempted.Next.DEAD;
        if (letters != (isDead ? 1 : 0)) {
            return Optional.of(
                    letters + " dead letters, while its attempts " + (isDead ? "end as dead" : "do not end as dead"));
        }
        return Optional.empty();
    }
}
