package io.hookline.ops.subscription;

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
                is one, nothing is written. What a document does not say has its default, except that `status`, `signing` and masked
                header values stay as they are stored. `hookline subscriptions show ID` writes a document that can be applied again.

                | field | what it is |
                |---|---|
                """);
        SubscriptionFields.ALL.forEach(field -> page.append("| `")
                .append(field.name())
                .append("` | ")
                .append(field.help().replace("|", "\\|"))
                .append(" |\n"));
        page.append("""

                Secrets are shown masked: signing keys as `whsec_****` and a fingerprint, values of headers that look like credentials as
                `****`. A document with masks keeps the stored secrets. `--show-secrets` shows them. Header names that Hookline sets itself
                (`host`, `content-length`, `content-type`, `user-agent`, `webhook-*` and those of the connection) are refused.

                YAML aliases (`*x`) and fields given twice are refused. Texts that YAML takes for numbers need quotes.
                """);
        return page.toString();
    }
}
