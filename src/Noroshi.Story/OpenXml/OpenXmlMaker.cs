using System.IO.Compression;
using System.Text;

namespace Noroshi.Makers.OpenXml;

/// <summary>Writes Office Open XML and OpenDocument packages part by part. Addresses in them are of reserved example domains.</summary>
public sealed class OpenXmlMaker
{
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Namespaces =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
        + " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\""
        + " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
        + " xmlns:x15ac=\"http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac\" xmlns:xr=\"http://schemas.microsoft.com/office/spreadsheetml/2014/revision\""
        + " xmlns:o=\"urn:schemas-microsoft-com:office:office\"";

    private readonly List<(string Name, byte[] Content)> parts = [];

    /// <summary>Adds a part.</summary>
    public OpenXmlMaker Part(string name, byte[] content)
    {
        parts.Add((name, content));
        return this;
    }

    /// <summary>Adds a part of text.</summary>
    public OpenXmlMaker Part(string name, string content) => Part(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Adds a part whose root has the customary namespaces.</summary>
    public OpenXmlMaker Xml(string name, string root, string content) =>
        Part(name, $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{root} {Namespaces}>{content}</{root.Split(' ')[0]}>");

    /// <summary>Adds a .rels part: id, type (last segment), target, external.</summary>
    public OpenXmlMaker Rels(string name, params (string Id, string Type, string Target, bool External)[] relationships)
    {
        var text = new StringBuilder("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        foreach (var (id, type, target, external) in relationships)
        {
            text.Append("<Relationship Id=\"")
                .Append(id)
                .Append("\" Type=\"")
                .Append(Office)
                .Append('/')
                .Append(type)
                .Append("\" Target=\"");
            text.Append(target).Append('"').Append(external ? " TargetMode=\"External\"" : "").Append("/>");
        }

        return Part(name, text.Append("</Relationships>").ToString());
    }

    /// <summary>Adds content types and the root relationship of a document.</summary>
    public OpenXmlMaker Main(string part, string contentType) =>
        Part(
                "[Content_Types].xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    + "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"bin\" ContentType=\"application/vnd.openxmlformats-officedocument.oleObject\"/>"
                    + $"<Override PartName=\"/{part}\" ContentType=\"application/vnd.{contentType}+xml\"/></Types>"
            )
            .Rels("_rels/.rels", ("rId1", "officeDocument", part, false));

    /// <summary>Adds the document properties.</summary>
    public OpenXmlMaker Properties(string author, string lastAuthor, string application = "Microsoft Office Word") =>
        Part(
                "docProps/core.xml",
                "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                    + " xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
                    + $"<dc:title>調査のお願い</dc:title><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{lastAuthor}</cp:lastModifiedBy><cp:revision>3</cp:revision>"
                    + "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2013-10-17T00:10:00Z</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">2013-10-17T09:25:00+09:00</dcterms:modified></cp:coreProperties>"
            )
            .Part(
                "docProps/app.xml",
                "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Template>Normal.dotm</Template><TotalTime>7</TotalTime><Pages>2</Pages>"
                    + $"<Application>{application}</Application><Company>Example Lab</Company><AppVersion>14.0000</AppVersion></Properties>"
            )
            .Part(
                "docProps/custom.xml",
                "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
                    + "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"2\" name=\"KSOProductBuildVer\"><vt:lpwstr>2052-9.1.0.4550</vt:lpwstr></property></Properties>"
            );

    /// <summary>The package.</summary>
    public byte[] Build()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                var entry = zip.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
                entry.LastWriteTime = new DateTimeOffset(2013, 10, 17, 9, 0, 0, TimeSpan.Zero);
                using var writer = entry.Open();
                writer.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>An ordinary letter with everything an honest document says about its maker.</summary>
    public static OpenXmlMaker Letter(string body = "<w:p><w:r><w:t>本文です。</w:t></w:r></w:p>") =>
        new OpenXmlMaker()
            .Main("word/document.xml", "openxmlformats-officedocument.wordprocessingml.document.main")
            .Properties("yamada", "wang")
            .Xml("word/document.xml", "w:document", $"<w:body>{body}</w:body>")
            .Xml(
                "word/settings.xml",
                "w:settings",
                "<w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/><w:rsids><w:rsidRoot w:val=\"00A77427\"/><w:rsid w:val=\"00A77427\"/><w:rsid w:val=\"00123ABC\"/></w:rsids>"
                    + "<w14:docId w14:val=\"4F3A2B1C\"/><w15:docId w15:val=\"{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}\"/>"
            );

    /// <summary>A letter that others changed and commented.</summary>
    public static byte[] Reviewed() =>
        Letter("<w:p><w:ins w:id=\"1\" w:author=\"li\"><w:r><w:t>加筆</w:t></w:r></w:ins></w:p>")
            .Xml("word/comments.xml", "w:comments", "<w:comment w:id=\"0\" w:author=\"zhang\" w:initials=\"z\"><w:p/></w:comment>")
            .Xml(
                "word/people.xml",
                "w15:people",
                "<w15:person w15:author=\"li\"><w15:presenceInfo w15:providerId=\"AD\" w15:userId=\"S::li@example.com::0d9f9d1c-0000-4000-8000-000000000001\"/></w15:person>"
            )
            .Build();

    /// <summary>A letter whose template lies on a server.</summary>
    public static byte[] RemoteTemplate(string target = "http://template.example.com/t.dotm") =>
        Letter().Rels("word/_rels/settings.xml.rels", ("rId1", "attachedTemplate", target, true)).Build();

    /// <summary>A letter with relationships of many kinds to the outside.</summary>
    public static byte[] Outside() =>
        Letter()
            .Rels(
                "word/_rels/document.xml.rels",
                ("rId1", "oleObject", "mhtml:http://object.example.com/a.html!x-usc:http://object.example.com/a.html", true),
                ("rId2", "image", "http://pixel.example.com/1.png", true),
                ("rId3", "hyperlink", "http://link.example.com/", true),
                ("rId4", "hyperlink", "ms-msdt:/id PCWDiagnostic", true),
                ("rId5", "aFChunk", "afchunk.rtf", false),
                ("rId6", "frame", "http://frame.example.com/f.html", true)
            )
            .Part("word/afchunk.rtf", "{\\rtf1 chunk}")
            .Build();

    /// <summary>A letter with a DDE field whose instruction is spread over runs, and one spelled in numbers.</summary>
    public static byte[] Dde() =>
        Letter(
                "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> DD</w:instrText></w:r><w:r><w:instrText>EAUTO c:\\\\windows\\\\system32\\\\calc</w:instrText></w:r>"
                    + "<w:r><w:instrText>.exe \"/x harmless\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>x</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
                    + "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>DDE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
                    + "<w:r><w:instrText>QUOTE 110 111 116 101</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:instrText> \"a b\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
                    + "<w:p><w:fldSimple w:instr=\" INCLUDEPICTURE &quot;http://picture.example.com/p.png&quot; \\d \"/></w:p>"
            )
            .Build();

    /// <summary>A letter with files inside: a macro project (made-up bytes), an object, a picture that is none, and a real one.</summary>
    public static byte[] WithFiles(byte[] inner) =>
        new OpenXmlMaker()
            .Main("word/document.xml", "ms-word.document.macroEnabled.main")
            .Properties("yamada", "wang")
            .Xml("word/document.xml", "w:document", "<w:body/>")
            .Rels(
                "word/_rels/document.xml.rels",
                ("rId1", "vbaProject", "project.dat", false),
                ("rId2", "oleObject", "embeddings/oleObject1.bin", false)
            )
            .Part("word/project.dat", inner)
            .Part("word/embeddings/oleObject1.bin", inner)
            .Part("word/media/image1.png", "this is no picture")
            .Part("word/media/image2.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 0])
            .Build();

    /// <summary>A workbook with a path, hidden sheets, a macro sheet, a name that runs, links, connections, a printer.</summary>
    public static byte[] Workbook() =>
        new OpenXmlMaker()
            .Main("xl/workbook.xml", "openxmlformats-officedocument.spreadsheetml.sheet.main")
            .Properties("yamada", "wang", "Microsoft Excel")
            .Xml(
                "xl/workbook.xml",
                "workbook",
                "<x15ac:absPath url=\"C:\\Users\\wang\\Desktop\\targets\\\"/><fileSharing userName=\"sato\"/><xr:revisionPtr documentId=\"13_ncr:1_{11112222-3333-4444-5555-666677778888}\"/>"
                    + "<sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Macro1\" sheetId=\"2\" state=\"veryHidden\" r:id=\"rId2\"/></sheets>"
                    + "<definedNames><definedName name=\"_xlnm.Auto_Open\" hidden=\"1\">Macro1!$A$1</definedName></definedNames>"
            )
            .Rels(
                "xl/_rels/workbook.xml.rels",
                ("rId1", "worksheet", "worksheets/sheet1.xml", false),
                ("rId2", "xlMacrosheet", "macrosheets/sheet2.xml", false)
            )
            .Xml(
                "xl/worksheets/sheet1.xml",
                "worksheet",
                "<sheetData><row><c t=\"str\"><f>WEBSERVICE(\"http://sheet.example.com/x\")</f></c></row></sheetData>"
            )
            .Xml("xl/macrosheets/sheet2.xml", "worksheet", "<sheetData><row><c><f>ALERT(\"harmless\")</f></c></row></sheetData>")
            .Xml("xl/sharedStrings.xml", "sst", "<si><t>一覧は http://shared.example.com/list にあります</t></si>")
            .Xml("xl/externalLinks/externalLink1.xml", "externalLink", "<ddeLink ddeService=\"cmd\" ddeTopic=\"/c rem harmless\"/>")
            .Rels(
                "xl/externalLinks/_rels/externalLink2.xml.rels",
                ("rId1", "externalLinkPath", "file:///\\\\server\\share\\master.xlsx", true)
            )
            .Xml(
                "xl/connections.xml",
                "connections",
                "<connection><dbPr connection=\"Provider=X;Data Source=db.example.com\" command=\"select 1\"/></connection>"
            )
            .Part(
                "xl/printerSettings/printerSettings1.bin",
                [.. Encoding.Unicode.GetBytes("\\\\srv\\HP LaserJet".PadRight(32, '\0')), 1, 4, 0, 6, .. new byte[200]]
            )
            .Build();

    /// <summary>A binary workbook with the records that are read.</summary>
    public static byte[] BinaryWorkbook()
    {
        byte[] Wide(string text) => [.. BitConverter.GetBytes(text.Length), .. Encoding.Unicode.GetBytes(text)];
        byte[] Record(int kind, byte[] body) =>
            [
                .. kind < 128 ? [(byte)kind] : new[] { (byte)((kind & 0x7F) | 0x80), (byte)(kind >> 7) },
                (byte)((body.Length & 0x7F) | 0x80),
                (byte)(body.Length >> 7),
                .. body,
            ];
        byte[] book =
        [
            .. Record(2_071, Wide(@"D:\work\")),
            .. Record(156, [2, 0, 0, 0, 1, 0, 0, 0, .. Wide("rId1"), .. Wide("Secret")]),
            .. Record(39, [0, 0, 0, 0, 0, 0, 0, 0, 0, .. Wide("Auto_Open")]),
        ];
        return new OpenXmlMaker()
            .Main("xl/workbook.bin", "ms-excel.sheet.binary.macroEnabled.main")
            .Part("xl/workbook.bin", book)
            .Part("xl/sharedStrings.bin", Record(19, [0, .. Wide("http://binary.example.com/")]))
            .Build();
    }

    /// <summary>A presentation whose picture runs something when the mouse passes.</summary>
    public static byte[] Show() =>
        new OpenXmlMaker()
            .Main("ppt/presentation.xml", "openxmlformats-officedocument.presentationml.presentation.main")
            .Properties("yamada", "wang", "Microsoft Office PowerPoint")
            .Xml("ppt/presentation.xml", "p:presentation", "")
            .Xml(
                "ppt/slides/slide1.xml",
                "p:sld",
                "<a:p><a:r><a:t>資料 http://slide.example.com/</a:t></a:r></a:p><p:cNvPr id=\"1\"><a:hlinkMouseOver r:id=\"rId2\" action=\"ppaction://program\"/></p:cNvPr>"
            )
            .Rels("ppt/slides/_rels/slide1.xml.rels", ("rId2", "hyperlink", "calc%20harmless", true))
            .Xml("ppt/commentAuthors.xml", "p:cmAuthorLst", "<p:cmAuthor id=\"1\" name=\"zhao\" initials=\"z\"/>")
            .Build();

    /// <summary>An OpenDocument text with a macro that runs at opening.</summary>
    public static byte[] OpenDocumentText() =>
        new OpenXmlMaker()
            .Part("mimetype", "application/vnd.oasis.opendocument.text")
            .Part(
                "meta.xml",
                "<office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><office:meta>"
                    + "<meta:generator>LibreOffice/4.1</meta:generator><meta:initial-creator>yamada</meta:initial-creator><dc:creator>wang</dc:creator><meta:creation-date>2013-10-17T09:00:00</meta:creation-date>"
                    + "<meta:editing-duration>PT1H3M5S</meta:editing-duration><meta:editing-cycles>4</meta:editing-cycles><meta:template xlink:href=\"http://odt.example.com/t.ott\"/><meta:user-defined meta:name=\"部署\">総務</meta:user-defined></office:meta></office:document-meta>"
            )
            .Part(
                "content.xml",
                "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:script=\"urn:oasis:names:tc:opendocument:xmlns:script:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">"
                    + "<office:event-listeners><script:event-listener script:event-name=\"dom:load\" xlink:href=\"vnd.sun.star.script:Standard.Module1.Main?language=Basic\"/></office:event-listeners>"
                    + "<text:p>本文 <text:a xlink:href=\"http://link.example.com/\">link</text:a></text:p></office:document-content>"
            )
            .Part("settings.xml", "<s xmlns:config=\"c\"><config:config-item config:name=\"PrinterName\">EPSON</config:config-item></s>")
            .Part("Basic/Standard/Module1.xml", "<module>Sub Main\nREM http://basic.example.com/\nEnd Sub</module>")
            .Part("META-INF/manifest.xml", "<manifest/>")
            .Build();
}
