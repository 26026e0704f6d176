package io.hookline.ops.subscription;

import io.hookline.avro.SigningAlgorithm;
import io.hookline.avro.Subscription;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A document while its fields are read. One thread. */
final class Draft {
    final Subscription.Builder record = Subscription.newBuilder();
    /** Headers whose value is masked: the stored value stays. */
    final Set<String> keptHeaders = new HashSet<>();

    /** Whether the secret of {@code auth} is masked: the stored one stays. */
    boolean keepsAuthSecret;

    SigningRequest signing = new SigningRequest.Generate(SigningAlgorithm.HMAC_SHA256);
    boolean statusGiven;

    @Nullable
    Long version;

    @Nullable
    String id;
}
