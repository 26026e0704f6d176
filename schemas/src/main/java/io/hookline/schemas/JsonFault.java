package io.hookline.schemas;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import java.util.regex.Pattern;

/**
 * Why a text is not JSON (or YAML), in words for whoever wrote it: what Jackson says, without the names of Java classes and switches that
 * it advises to turn.
 *
 * @param line from 1; 0 where it is not known
 * @param column from 1; 0 where it is not known
 * @param text what is wrong there, on one line, without a full stop at its end
 */
public record JsonFault(int line, int column, String text) {
    private static final int TEXT_CHARS_MAX = 300;
    private static final Pattern OPENED_AT =
            Pattern.compile("start marker at \\[Source: .*?; line: (\\d+), column: (\\d+)]");
    private static final Pattern SOURCE = Pattern.compile("\\s*(at )?\\[Source: [^]]*]");
    private static final Pattern ADVICE = Pattern.compile(
            "[:;,]? *(enable|from) `[A-Za-z.()_]+`( to allow)?| *\\(not recognized as one since Feature '[A-Z_]+' not enabled for parser\\)");

    /** What a parser's exception says. */
    public static JsonFault of(JacksonException failure) {
        JsonLocation at = failure.getLocation();
        String first =
                String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("not readable");
        String opened = OPENED_AT.matcher(first).replaceAll("it begins at line $1, column $2");
        String plain = ADVICE.matcher(SOURCE.matcher(opened).replaceAll("")).replaceAll("");
        return new JsonFault(
                at == null ? 0 : Math.max(0, at.getLineNr()),
                at == null ? 0 : Math.max(0, at.getColumnNr()),
                PlainText.oneLine(plain.strip().replaceFirst("\\.$", ""), TEXT_CHARS_MAX));
    }

    /** Where and what, to stand behind words such as "is not JSON": {@code " at line 1, column 7: …"}, without a full stop. */
    public String atAndWhat() {
        return (line > 0 ? " at line " + line + ", column " + column : "") + ": " + text;
    }
}
