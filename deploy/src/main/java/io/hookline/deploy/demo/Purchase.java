package io.hookline.deploy.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the CDNOW purchase history.
 *
 * @param customer customer id in the master data set
 * @param date day of the purchase
 * @param quantity number of CDs
 * @param amount dollars and cents
 */
record Purchase(String customer, LocalDate date, int quantity, BigDecimal amount) {
    private static final String RESOURCE = "/cdnow/CDNOW_sample.txt";

    /** All purchases, a customer's in order of time. */
    static List<Purchase> all() {
        List<Purchase> purchases = new ArrayList<>();
        try (InputStream file = Purchase.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException(RESOURCE + " is not in the distribution.");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Purchase purchase = parse(line);
                if (purchase != null) {
                    purchases.add(purchase);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return purchases;
    }

    private static @Nullable Purchase parse(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        return fields.length < 5
                ? null
                : new Purchase(
                        fields[0],
                        LocalDate.parse(fields[2], DateTimeFormatter.BASIC_ISO_DATE),
                        Integer.parseInt(fields[3]),
                        new BigDecimal(fields[4]).setScale(2));
    }
}
