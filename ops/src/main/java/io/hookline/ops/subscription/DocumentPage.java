package io.hookline.ops.subscription;

import java.util.stream.Collectors;

/** The page docs/subscriptions.md: the fields of a document, from the table that reads and writes them. */
final class DocumentPage {
    private DocumentPage() {}

    /** The whole page, in Markdown. */
    static String text() {
        StringBuilder page = new StringBuilder("""
                # Subscription documents

                Generated from the code that reads them; a test fails where it differs.

                ```yaml
                id: vip
                tenant: acme
                description: Orders over 100
                url: https://partner.example/hooks
                eventTypes: [order_created]
                filter: {data: {amount: [{numeric: [">", 100]}]}}
                retrySchedule: 5s 5m 30m 2h jitter 20%
                timeout: 10s
                headers: {X-Env: production}
                ```

                `hookline subscriptions apply FILE…` makes the subscriptions what the documents say: several in a file (YAML's `---`, a list,
                or JSON objects one after the other), all or none. Every problem is listed, with file, line, field, value and mend; while there
                is one, nothing is written. What a document does not say has its default, except that `status`, `signing` and what
                is masked stay as they are stored. `hookline subscriptions show ID` writes a document that can be applied again.

                | field | what it is |
                |---|---|
                """);
        SubscriptionFields.ALL.forEach(field -> page.append("| `")
                .append(field.name())
                .append("` | ")
                .append(field.help().replace("|", "\\|"))
                .append(" |\n"));
        page.append("""

                ## Secrets

                Secrets are shown masked: signing keys as `whsec_****` and a fingerprint, ed25519 keys as their public half (`whpk_…`, which is what the receiver
                needs and no secret), the secret of `auth` and values of headers as `****`, but for a few headers that
                cannot be credentials (HARMLESS). A document with masks keeps the stored secrets.
                `--show-secrets` shows them. Header names that Hookline sets itself (`host`, `content-length`, `content-type`, `user-agent`,
                `webhook-*` and those of the connection) are refused.

                `hookline subscriptions rotate-secret ID` makes a new signing secret and lets the present ones sign as well for 24 h (`--overlap`): every request
                carries a signature of each, so that the receiver can go over at any time in between.

                ## Authentication

                | `auth.kind` | fields | what an endpoint sees |
                |---|---|---|
                | `basic` | `user`, `password` | `Authorization: Basic …` |
                | `bearer` | `token` | `Authorization: Bearer …` |
                | `oauth2-client-credentials` | `clientId`, `clientSecret`, `tokenUrl`, `scopes` | a bearer token from that server, renewed before it ends, and once where the endpoint answers 401 |
                | `mutual-tls` | `certificate` (PEM, own certificate first), `key` (PKCS#8 PEM, not encrypted) | that certificate, on connections that no other certificate shares |

                Each may have `trustedCa` (PEM): CA certificates that the endpoint's own may come from, instead of the public ones. A token server has
                to be where endpoints may be. While it is down, deliveries wait and no attempt is counted.

                ## What counts as delivered

                A 2xx. Its head decides: where the body is too long, breaks off or does not end in time, the receiver has said yes all the same, and to
                send again would be to deliver twice. Only with `successRule: json-status-success` does the body count, as far as it could be read.
                Everything else is a failure, redirects too.

                ## Paused and disabled

                What comes while a subscription is paused, or its endpoint disabled, waits where it is in the log ([parking](parking.md)). `subscriptions
                resume` delivers it at once, oldest first unless `backlogOrder` says otherwise, at first slowly and within `rateLimit` and
                `maxInFlight`; nobody has to replay anything. What is by then older than `maxAge`, or has left the log, is a dead letter.

                ## YAML

                Aliases (`*x`) and fields given twice are refused. Texts that YAML takes for numbers need quotes.
                """.replace("HARMLESS", harmless()));
        return page.toString();
    }

    private static String harmless() {
        return Masks.HARMLESS_HEADERS.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
