package dev.countersign.connector.microsoft;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * The words of an Office file: ECMA-376 keeps them in XML parts of a zip archive. Of a spreadsheet that is one line a row, tabs
 * between cells.
 */
enum OfficeText {
    DOCX("word/document\\.xml"),
    PPTX("ppt/slides/slide\\d+\\.xml"),
    XLSX("xl/(sharedStrings|worksheets/sheet\\d+)\\.xml");

    /** What is unpacked at most, whatever the archive says of itself. */
    private static final int MOST_BYTES = 30 * 1024 * 1024;

    private static final String STRINGS = "xl/sharedStrings.xml";
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final Pattern parts;

    OfficeText(String parts) {
        this.parts = Pattern.compile(parts);
    }

    /** By the end of the file's name; empty for other files. */
    static Optional<OfficeText> of(String name) {
        var end = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        return List.of(values()).stream().filter(one -> one.name().equals(end)).findFirst();
    }

    /** Empty when the file is damaged, protected, or too large. */
    Optional<String> read(byte[] file) {
        try {
            return Optional.of(words(unpacked(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String words(Map<String, Document> found) {
        return switch (this) {
            case DOCX, PPTX ->
                found.values().stream().map(OfficeText::paragraphs).collect(Collectors.joining("\n\n"));
            case XLSX -> {
                var strings = Optional.ofNullable(found.remove(STRINGS))
                        .map(part -> part.select("si").eachText())
                        .orElse(List.of());
                yield found.values().stream().map(sheet -> rows(sheet, strings)).collect(Collectors.joining("\n\n"));
            }
        };
    }

    private Map<String, Document> unpacked(byte[] file) throws IOException {
        var found = new TreeMap<String, Document>(
                Comparator.comparingInt(OfficeText::number).thenComparing(Comparator.naturalOrder()));
        var left = MOST_BYTES;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (parts.matcher(entry.getName()).matches()) {
                    var bytes = zip.readNBytes(left + 1);
                    left -= bytes.length;
                    if (left < 0) {
                        throw new IOException("too much");
                    }
                    found.put(entry.getName(), Jsoup.parse(xml(bytes), "", Parser.xmlParser()));
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException("no parts");
        }
        return found;
    }

    private static String xml(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Slide 2 stands before slide 10. */
    private static int number(String name) {
        var digits = DIGITS.matcher(name);
        return digits.find() && digits.group().length() < 9 ? Integer.parseInt(digits.group()) : 0;
    }

    /** {@code w:p} of documents and {@code a:p} of slides, with their runs of text, tabs and breaks. */
    private static String paragraphs(Document part) {
        return part.select("w|p, a|p").stream().map(OfficeText::paragraph).collect(Collectors.joining("\n"));
    }

    private static String paragraph(Element paragraph) {
        return paragraph.select("w|t, a|t, w|tab, w|br, a|br").stream()
                .map(run -> switch (run.normalName()) {
                    case "w:tab" -> "\t";
                    case "w:br", "a:br" -> "\n";
                    default -> run.wholeText();
                })
                .collect(Collectors.joining());
    }

    private static String rows(Document sheet, List<String> strings) {
        return sheet.select("row").stream()
                .map(row -> row.select("c").stream()
                        .map(cell -> cell(cell, strings))
                        .collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n"));
    }

    /** A cell of type {@code s} names a shared string by its number. */
    private static String cell(Element cell, List<String> strings) {
        var value = cell.select("v, is").text();
        if (!cell.attr("t").equals("s") || !value.matches("\\d{1,8}")) {
            return value;
        }
        var number = Integer.parseInt(value);
        return number < strings.size() ? strings.get(number) : "";
    }
}
