package io.hookline.ops.subscription;

import io.hookline.avro.SigningAlgorithm;
import io.hookline.deliverer.sign.SigningSecret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a document says about signing. */
sealed interface SigningRequest {
    /** The keys there are, or a new one where there are none. Also what a document means that says nothing: then of HMAC. */
    record Generate(SigningAlgorithm algorithm) implements SigningRequest {}

    /** Deliveries are not signed. */
    record None() implements SigningRequest {}

    /** Exactly these keys, in this order. */
    record Keys(List<Key> keys) implements SigningRequest {}

    /**
     * One key: its secret, or the mask of one that is stored.
     *
     * @param secret null where {@code mask} stands for it
     */
    record Key(
            @Nullable SigningSecret secret,
            @Nullable String mask,
            @Nullable Instant expiresAt) {
        @Override
        public String toString() {
            return "Key[" + mask + "]";
        }
    }
}
