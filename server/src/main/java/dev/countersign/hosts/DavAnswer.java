package dev.countersign.hosts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Reads addresses out of a multistatus answer. RFC 4918 section 13. */
final class DavAnswer {
    private static final String DAV = "DAV:";

    private DavAnswer() {}

    /** The first address that the property holds; empty when it holds none, or the answer is no XML or declares a type. */
    static Optional<String> href(byte[] multistatus, String namespace, String property) {
        return read(multistatus).flatMap(document -> {
            var properties = document.getElementsByTagNameNS(namespace, property);
            for (int i = 0; i < properties.getLength(); i++) {
                var hrefs = ((Element) properties.item(i)).getElementsByTagNameNS(DAV, "href");
                if (hrefs.getLength() > 0) {
                    return Optional.of(hrefs.item(0).getTextContent().strip());
                }
            }
            return Optional.empty();
        });
    }

    private static Optional<Document> read(byte[] xml) {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return Optional.of(builder.parse(new ByteArrayInputStream(xml)));
        } catch (SAXException | IOException e) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java reads no XML", e);
        }
    }
}
