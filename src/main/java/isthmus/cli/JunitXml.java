package isthmus.cli;

import isthmus.normalize.Samples.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The results of samples as a build server reads them. */
final class JunitXml {

    private JunitXml() {}

    static void write(Path file, List<Result> results) {
        try (Writer out = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "isthmus test");
            xml.writeAttribute("tests", Integer.toString(results.size()));
            xml.writeAttribute(
                    "failures",
                    Long.toString(
                            results.stream().filter(result -> !result.holds()).count()));
            for (Result result : results) {
                sample(xml, result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot write " + file, fault);
        } catch (XMLStreamException fault) {
            throw new IllegalStateException("cannot write " + file, fault);
        }
    }

    private static void sample(XMLStreamWriter xml, Result result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.system());
        xml.writeAttribute("name", result.sentence());
        xml.writeAttribute("file", result.file());
        xml.writeAttribute(
                "time",
                "%d.%03d".formatted(result.took().toSeconds(), result.took().toMillisPart()));
        if (!result.holds()) {
            xml.writeStartElement("failure");
            StringBuilder text = new StringBuilder();
            result.differences().forEach(difference -> text.append(difference).append('\n'));
            result.faults().forEach(fault -> text.append(fault).append('\n'));
            xml.writeCharacters(text.toString());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
}
