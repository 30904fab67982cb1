using System.Text;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.OfficeCrypto;
using Noroshi.Makers.OneNote;
using Noroshi.Makers.OpenXml;
using Noroshi.Makers.Rtf;

namespace Noroshi.Makers.Hostile;

/// <summary>Hostile packages, locked documents, RTF and OneNote: XML bombs, lies about encryption, groups without end.</summary>
public static class HostileOfficeXml
{
    private const int Million = 1_000_000;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileInput> All { get; } =
    [.. Entities(), .. Xml(), .. Packages(), .. Relationships(), .. Locks(), .. RtfBombs(), .. Notes()];

    private static byte[] Core(string xml) => OpenXmlMaker.Letter().Part("docProps/CORE2.xml", xml).Build();

    private static IEnumerable<HostileInput> Entities()
    {
        yield return new(
            "document/xml-entities",
            "external-file",
            () => Core("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><creator>&x;</creator></a>"),
            "ooxml.xml-entities"
        );
        yield return new(
            "document/xml-entities",
            "external-url",
            () => Core("<!DOCTYPE a SYSTEM \"http://dtd.example.com/a.dtd\"><a><creator>x</creator></a>"),
            "ooxml.xml-entities"
        );
        yield return new(
            "document/xml-entities",
            "parameter",
            () => Core("<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://p.example.com/p\"> %p;]><a/>"),
            "ooxml.xml-entities"
        );
        yield return new("document/xml-entities", "billion-laughs", () => Core(Laughs()), "ooxml.xml-entities");
        yield return new(
            "document/xml-entities",
            "billion-laughs-utf-16",
            () => OpenXmlMaker.Letter().Part("docProps/core2.xml", Encoding.BigEndianUnicode.GetBytes("\uFEFF" + Laughs())).Build(),
            "ooxml.xml-entities"
        );
        yield return new(
            "document/xml-entities",
            "quadratic",
            () =>
                Core(
                    "<!DOCTYPE a [<!ENTITY x \""
                        + new string('x', 100_000)
                        + "\">]><a>"
                        + string.Concat(Enumerable.Repeat("&x;", 10_000))
                        + "</a>"
                ),
            "ooxml.xml-entities"
        );
    }

    private static string Laughs()
    {
        var text = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 \"lol\">");
        for (var i = 1; i < 12; i++)
        {
            text.Append("<!ENTITY l").Append(i).Append(" \"").Insert(text.Length, $"&l{i - 1};", 10).Append("\">");
        }

        return text.Append("]><a><creator>&l11;</creator></a>").ToString();
    }

    private static IEnumerable<HostileInput> Xml()
    {
        HostileInput Part(string variant, Func<string> xml, string? finding) =>
            new("document/xml", variant, () => OpenXmlMaker.Letter().Part("word/footer1.xml", xml()).Build(), finding);

        yield return Part(
            "a-million-attributes",
            () =>
                new StringBuilder("<a")
                    .Append(string.Concat(Enumerable.Range(0, Million).Select(i => $" b{i}=\"\"")))
                    .Append("/>")
                    .ToString(),
            "limit.document-xml"
        );
        yield return Part("a-million-deep", () => new StringBuilder().Insert(0, "<a>", Million).ToString(), "limit.document-xml");
        yield return Part(
            "a-million-names",
            () => "<a>" + string.Concat(Enumerable.Range(0, Million).Select(i => $"<n{i}/>")) + "</a>",
            "limit.document-xml"
        );
        yield return Part("a-million-elements", () => "<a>" + new StringBuilder().Insert(0, "<b/>", Million) + "</a>", null);
        yield return Part("one-long-text", () => "<a><t>" + new string('x', 30 * Million) + "</t></a>", "limit.document-xml");
        yield return Part("one-long-name", () => "<" + new string('x', 8 * Million) + "/>", "limit.document-xml");
        yield return Part("not-closed", () => "<a><b><c", "ooxml.xml-broken");
        yield return Part("no-xml", () => "MZ\0\0", "ooxml.xml-broken");
        yield return Part(
            "fields-in-fields",
            () =>
                "<a>" + new StringBuilder().Insert(0, "<fldChar fldCharType=\"begin\"/><instrText>QUOTE 65</instrText>", 100_000) + "</a>",
            null
        );
    }

    private static IEnumerable<HostileInput> Packages()
    {
        yield return new(
            "document/package",
            "slip",
            () => OpenXmlMaker.Letter().Part("../../etc/cron.d/x", "x").Part("C:\\Windows\\x.exe", "MZ").Build(),
            "ooxml.part-name"
        );
        yield return new(
            "document/package",
            "same-part-thousand-times",
            () =>
            {
                var maker = OpenXmlMaker.Letter();
                for (var i = 0; i < 1_000; i++)
                {
                    maker.Part("word/document.xml", "<a/>");
                }

                return maker.Build();
            },
            "ooxml.part-name"
        );
        yield return new("document/package", "huge-sheet", () => Sheet(60), "limit.");
        yield return new(
            "document/package",
            "forty-huge-parts",
            () =>
            {
                var maker = OpenXmlMaker.Letter();
                var big = "<a>" + new string(' ', 8 * Million) + "</a>";
                for (var i = 0; i < 40; i++)
                {
                    maker.Part($"word/header{i}.xml", big);
                }

                return maker.Build();
            }
        );
        yield return new(
            "document/package",
            "ten-thousand-objects",
            () =>
            {
                var maker = OpenXmlMaker.Letter();
                for (var i = 0; i < 10_000; i++)
                {
                    maker.Part($"word/embeddings/o{i}.bin", "x");
                }

                return maker.Build();
            },
            "limit."
        );
        yield return new(
            "document/package",
            "documents-in-each-other",
            () =>
            {
                var bytes = OpenXmlMaker.Letter().Build();
                for (var i = 0; i < 100; i++)
                {
                    bytes = OpenXmlMaker.Letter().Part("word/embeddings/o.docx", bytes).Part("word/embeddings/p.docx", bytes[..^1]).Build();
                    bytes = bytes.Length < 2 * Million ? bytes : OpenXmlMaker.Letter().Part("word/embeddings/o.docx", bytes).Build();
                    if (bytes.Length > 4 * Million)
                    {
                        break;
                    }
                }

                return bytes;
            }
        );
        yield return new(
            "document/package",
            "binary-records-lie",
            () =>
                new OpenXmlMaker()
                    .Main("xl/workbook.bin", "ms-excel.sheet.binary.macroEnabled.main")
                    .Part(
                        "xl/workbook.bin",
                        [0x9C, 0x01, 0xFF, 0xFF, 0xFF, 0x7F, 0x9C, 0x01, 0x0C, .. Enumerable.Repeat((byte)0xFF, 500_000)]
                    )
                    .Build()
        );
    }

    private static byte[] Sheet(int megabytes)
    {
        var row = string.Concat(Enumerable.Repeat("<row><c t=\"str\"><f>A1|B!C</f><v>1</v></c></row>", 20_000));
        return new OpenXmlMaker()
            .Main("xl/workbook.xml", "openxmlformats-officedocument.spreadsheetml.sheet.main")
            .Xml("xl/workbook.xml", "workbook", "")
            .Part("xl/worksheets/sheet1.xml", "<worksheet>" + string.Concat(Enumerable.Repeat(row, megabytes)) + "</worksheet>")
            .Build();
    }

    private static IEnumerable<HostileInput> Relationships()
    {
        yield return new(
            "document/relationships",
            "loop",
            () =>
                OpenXmlMaker
                    .Letter()
                    .Rels(
                        "word/_rels/document.xml.rels",
                        ("r", "aFChunk", "document.xml", false),
                        ("s", "subDocument", "../word/document.xml", false)
                    )
                    .Build(),
            "ooxml.alt-chunk"
        );
        yield return new(
            "document/relationships",
            "hundred-thousand",
            () =>
                OpenXmlMaker
                    .Letter()
                    .Rels(
                        "word/_rels/x.rels",
                        [.. Enumerable.Range(0, 100_000).Select(i => ($"r{i}", "image", $"http://i{i}.example.com/", true))]
                    )
                    .Build(),
            "ooxml.remote-content"
        );
        yield return new(
            "document/relationships",
            "dots-without-end",
            () =>
                OpenXmlMaker
                    .Letter()
                    .Rels("word/_rels/x.rels", ("r", "oleObject", new StringBuilder().Insert(0, "../", Million).ToString(), false))
                    .Build()
        );
        yield return new(
            "document/relationships",
            "main-part-is-missing",
            () => new OpenXmlMaker().Main("word/nowhere.xml", "openxmlformats-officedocument.wordprocessingml.document.main").Build(),
            "ooxml.part-missing"
        );
    }

    private static IEnumerable<HostileInput> Locks()
    {
        var letter = OpenXmlMaker.Letter().Build();
        HostileInput Agile(string variant, Func<string, string> change, string? finding) =>
            new(
                "document/office-lock",
                variant,
                () => OfficeLocker.Agile(letter, "infected", new AgileChoices { Spins = 1, Xml = change }),
                finding
            );

        yield return Agile(
            "spins-2-to-the-31",
            xml => xml.Replace("spinCount=\"1\"", "spinCount=\"2147483648\"", StringComparison.Ordinal),
            "limit.office-key-cost"
        );
        yield return Agile(
            "spins-10-million",
            xml => xml.Replace("spinCount=\"1\"", "spinCount=\"10000000\"", StringComparison.Ordinal),
            "limit.office-key-cost"
        );
        yield return Agile(
            "spins-negative",
            xml => xml.Replace("spinCount=\"1\"", "spinCount=\"-1\"", StringComparison.Ordinal),
            "limit.office-key-cost"
        );
        yield return Agile(
            "entities",
            xml => xml.Replace("<encryption ", "<!DOCTYPE e [<!ENTITY x \"y\">]><encryption ", StringComparison.Ordinal),
            "officecrypto.broken"
        );
        yield return Agile(
            "key-bits-lie",
            xml => xml.Replace("keyBits=\"256\"", "keyBits=\"2147483647\"", StringComparison.Ordinal),
            "officecrypto.unsupported"
        );
        yield return Agile(
            "block-size-lies",
            xml => xml.Replace("blockSize=\"16\"", "blockSize=\"0\"", StringComparison.Ordinal),
            "officecrypto.unsupported"
        );
        yield return Agile(
            "salt-is-empty",
            xml => xml.Replace("saltValue=\"", "saltValue=\"\" x=\"", StringComparison.Ordinal),
            "officecrypto.unsupported"
        );
        yield return Agile(
            "verifier-is-empty",
            xml => xml.Replace("encryptedVerifierHashInput=\"", "encryptedVerifierHashInput=\"\" x=\"", StringComparison.Ordinal),
            "officecrypto.broken"
        );
        yield return Agile(
            "cipher-unknown",
            xml => xml.Replace("\"AES\"", "\"ROT13\"", StringComparison.Ordinal),
            "officecrypto.unsupported"
        );
        yield return Agile("xml-cut", xml => xml[..200], "officecrypto.broken");
        yield return Agile("elements-deep", xml => new StringBuilder().Insert(0, "<a>", 10_000).ToString(), "officecrypto.unsupported");
        yield return new(
            "document/office-lock",
            "size-2-to-the-63",
            () =>
                new CompoundMaker()
                    .Stream("EncryptedPackage", [.. Enumerable.Repeat((byte)0xFF, 8), .. new byte[5_000]])
                    .Stream("EncryptionInfo", [4, 0, 4, 0, 0x40, 0, 0, 0])
                    .Build(),
            "officecrypto.broken"
        );
        yield return new(
            "document/office-lock",
            "header-size-lies",
            () =>
                new CompoundMaker()
                    .Stream("EncryptedPackage", new byte[5_000])
                    .Stream("EncryptionInfo", [3, 0, 2, 0, 0x24, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. new byte[200]])
                    .Build(),
            "officecrypto.broken"
        );
        yield return new("document/office-lock", "filepass-cut", () => DocumentMaker.Xls(1), null);
        yield return new("document/office-lock", "word-without-header", () => DocumentMaker.Doc(encrypted: true), "officecrypto.broken");
        yield return new("document/office-lock", "show-without-session", () => DocumentMaker.Ppt(encrypted: true), "officecrypto.broken");
    }

    private static IEnumerable<HostileInput> RtfBombs()
    {
        HostileInput Bomb(string variant, Func<string> inside, string? finding) =>
            new("document/rtf-bomb", variant, () => RtfMaker.Document(inside()), finding);

        yield return Bomb("a-million-groups", () => new string('{', Million), "limit.rtf");
        yield return Bomb("a-million-closes", () => new string('}', Million), null);
        yield return Bomb("bin-2-to-the-31", () => "{\\*\\objdata 0105\\bin2147483648 ", null);
        yield return Bomb("bin-minus-1", () => "{\\*\\objdata 0105\\bin-1 ", null);
        yield return Bomb(
            "objdata-in-objdata",
            () => new StringBuilder().Insert(0, "{\\*\\objdata 010500000200", 100_000).ToString(),
            "limit.rtf"
        );
        yield return Bomb(
            "objects",
            () => new StringBuilder().Insert(0, "{\\object{\\*\\objdata 01050000020000000b000000}}", 50_000).ToString(),
            "limit.rtf"
        );
        yield return Bomb(
            "fields-in-fields",
            () => new StringBuilder().Insert(0, "{\\field{\\*\\fldinst QUOTE 65 ", 50_000).ToString(),
            "limit.rtf"
        );
        yield return Bomb("unicode-skip", () => "\\uc2147483647 \\u65 " + new string('x', Million), null);
        yield return Bomb("a-word-of-a-million", () => "\\" + new string('a', Million), null);
        yield return Bomb("a-number-of-a-million", () => "\\f" + new string('9', Million), null);
        yield return Bomb(
            "fonts",
            () => "{\\fonttbl" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{{\\f{i}\\fcharset128 x;}}")) + "}",
            null
        );
        yield return Bomb(
            "names-lie",
            () => "{\\object{\\*\\objdata " + Convert.ToHexString([1, 5, 0, 0, 2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0x41]) + "}}",
            "rtf.broken-object"
        );
    }

    private static IEnumerable<HostileInput> Notes()
    {
        byte[] start = OneNoteMaker.Section();
        yield return new(
            "document/onenote",
            "length-2-to-the-64",
            () => [.. start, .. OneNoteMaker.FileData([1, 2, 3], -1)],
            "onenote.broken"
        );
        yield return new(
            "document/onenote",
            "ten-thousand-files",
            () => [.. start, .. Enumerable.Range(0, 10_000).SelectMany(_ => OneNoteMaker.FileData([1, 2, 3], 3))],
            "limit.onenote-files"
        );
        yield return new(
            "document/onenote",
            "files-that-overlap",
            () => [.. start, .. Enumerable.Range(0, 2_000).SelectMany(_ => OneNoteMaker.FileData([], 1L << 40))],
            "onenote.broken"
        );
        yield return new(
            "document/onenote",
            "ids-without-end",
            () => [.. start, .. Enumerable.Range(0, 200_000).SelectMany(_ => BitConverter.GetBytes(0x1C001D9Cu))]
        );
        yield return new(
            "document/onenote",
            "strings-that-overlap",
            () =>
                [
                    .. start,
                    .. Enumerable
                        .Repeat((byte[])[2, 0, 0, 0x20, 0, 0x18, 0x9C, 0x1D, 0, 0x1C, .. new byte[8], 0, 0x41, 0, 0], 20_000)
                        .SelectMany(one => one),
                    .. Enumerable.Repeat((byte)0x41, 20_000),
                ]
        );
        yield return new(
            "document/onenote",
            "strings-lie",
            () => [.. start, 1, 0, .. BitConverter.GetBytes(0x1C001D9Cu), 0xFF, 0xFF, 0xFF, 0xFF, .. new byte[64]]
        );
    }
}
