using System.Formats.Tar;
using System.IO.Compression;
using Noroshi.MailAnatomy.Tests.Containers;
using Noroshi.Makers;
using Noroshi.Makers.Cab;
using Noroshi.Makers.DiskImages;
using Noroshi.Makers.Documents;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Images;
using Noroshi.Makers.Justsystems;
using Noroshi.Makers.Lzh;
using Noroshi.Makers.OfficeBinary;
using Noroshi.Makers.OfficeCrypto;
using Noroshi.Makers.OneNote;
using Noroshi.Makers.OpenXml;
using Noroshi.Makers.Outlook;
using Noroshi.Makers.Pdf;
using Noroshi.Makers.Programs;
using Noroshi.Makers.Scripts;
using Noroshi.Makers.Shortcuts;
using Noroshi.Makers.Smuggling;

namespace Noroshi.MailAnatomy.Tests.FileTypes;

/// <summary>What every maker makes, with the type it must get.</summary>
internal static class Fixtures
{
    /// <param name="Name">What it is, unique.</param>
    /// <param name="Type">Type by content.</param>
    /// <param name="Format">Format by content.</param>
    /// <param name="Bytes">The file.</param>
    internal sealed record Fixture(string Name, FileType Type, string Format, byte[] Bytes);

    private const string Password = MadeDocuments.Password;

    private static readonly byte[] Inside = ZipMaker.Zip([MadeFile.Text("inside.txt", "inside")]);

    private static readonly MadeFile Text = MadeFile.Text("報告書.txt", "議事録を添付いたします。\n");

    public static IReadOnlyList<Fixture> All { get; } =
    [
        .. TypeCases.All.Select(each => new Fixture($"type {each.Name}", each.Type, each.Format, each.Bytes)),
        .. MadeDocuments.All.Select(each => new Fixture(
            $"document {each.Name}",
            Enum.Parse<FileType>(each.Type),
            each.Format,
            each.Make(0)
        )),
        .. MsgCases.All.Select(each => new Fixture($"outlook {each.Name}", FileType.Mail, "msg", each.Make())),
        .. Archives(),
        .. DiskImages(),
        .. Locked(),
        .. Office(),
        .. Justsystems(),
        .. Others(),
        .. Scripts(),
    ];

    private static Fixture Archive(string name, string format, byte[] bytes) => new($"archive {name}", FileType.Archive, format, bytes);

    private static IEnumerable<Fixture> Archives()
    {
        foreach (var (name, bytes) in MadeArchiveTests.Archives)
        {
            var type = name.EndsWith("names", StringComparison.Ordinal) ? FileType.EncryptedUnopened : FileType.Archive;
            yield return new Fixture($"archive {name}", type, name.Split(' ')[0], bytes);
        }

        foreach (var level in (int[])[0, 1, 2])
        {
            yield return Archive($"lzh level {level}", "lzh", LzhMaker.Make(new LzhMember("表.txt", Text.Content) { Level = level }));
        }

        yield return Archive("lzh stored", "lzh", LzhMaker.Make(new LzhMember("表.txt", Text.Content) { Method = "-lh0-" }));
        yield return Archive("lzh stored pdf", "lzh", LzhMaker.Make(new LzhMember("a.pdf", DocumentMaker.Pdf()) { Method = "-lh0-" }));
        yield return Archive("zip stored pdf", "zip", ZipMaker.Zip([new("a.pdf", DocumentMaker.Pdf())], new() { Deflate = false }));
        yield return Archive("rar5 stored pdf", "rar5", RarMaker.Rar5([new("a.pdf", DocumentMaker.Pdf())]));
        yield return Archive("7z stored pdf", "7z", SevenZipMaker.SevenZip([new("a.pdf", DocumentMaker.Pdf())]));
        foreach (var method in Enum.GetValues<CabMethod>())
        {
            yield return Archive($"cab {method}", "cab", CabMaker.Make(method, ("表.txt", Text.Content)));
        }

        yield return Archive("tar", "tar", Tar("a.txt", Text.Content));
        yield return Archive("tar of a pdf", "tar", Tar("a.pdf", DocumentMaker.Pdf()));
        yield return Archive("gz", "gz", Gzip(Text.Content));
    }

    private static byte[] Tar(string name, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return stream.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }

    private static IEnumerable<Fixture> DiskImages()
    {
        foreach (var joliet in (bool[])[false, true])
        {
            yield return new(
                $"image iso, joliet {joliet}",
                FileType.DiskImage,
                "iso",
                IsoMaker.Make("DATA", joliet, ("A.TXT", Text.Content))
            );
        }

        foreach (var addressing in Enum.GetValues<UdfAddressing>())
        {
            var bytes = UdfMaker.Make("DATA", addressing == UdfAddressing.Long, addressing, ("a.txt", Text.Content));
            yield return new($"image udf {addressing}", FileType.DiskImage, "udf", bytes);
        }
    }

    private static IEnumerable<Fixture> Locked()
    {
        foreach (var by in Enum.GetValues<BinaryLock>())
        {
            var password = by == BinaryLock.Xor ? BinaryLocker.XorPassword : Password;
            yield return new($"locked doc {by}", FileType.Office, "doc", BinaryLocker.Doc(by, password));
            yield return new($"locked xls {by}", FileType.Office, "xls", BinaryLocker.Xls(by, password));
        }

        yield return new("locked ppt", FileType.Office, "ppt", BinaryLocker.Ppt(Password));
        yield return new("locked agile", FileType.Office, "ooxml", OfficeLocker.Agile(MadeDocuments.Docx(0), Password));
        yield return new("locked standard", FileType.Office, "ooxml", OfficeLocker.Standard(MadeDocuments.Docx(0), Password));
        foreach (var revision in (int[])[2, 3, 4, 5, 6])
        {
            foreach (var packed in (bool[])[false, true])
            {
                var maker = new PdfMaker { Packed = packed, Encryption = new PdfEncryption(revision, Password, "owner") };
                yield return new($"locked pdf {revision}, packed {packed}", FileType.Pdf, "pdf", maker.Build());
            }
        }
    }

    private static IEnumerable<Fixture> Office() =>
        [
            new("docx reviewed", FileType.Office, "docx", OpenXmlMaker.Reviewed()),
            new("docx remote template", FileType.Office, "docx", OpenXmlMaker.RemoteTemplate()),
            new("docx outside", FileType.Office, "docx", OpenXmlMaker.Outside()),
            new("docx dde", FileType.Office, "docx", OpenXmlMaker.Dde()),
            new("docm with files", FileType.Office, "docm", OpenXmlMaker.WithFiles(Inside)),
            new("xlsx", FileType.Office, "xlsx", OpenXmlMaker.Workbook()),
            new("xlsb", FileType.Office, "xlsb", OpenXmlMaker.BinaryWorkbook()),
            new("pptx", FileType.Office, "pptx", OpenXmlMaker.Show()),
            new("odt with macros", FileType.Office, "odt", OpenXmlMaker.OpenDocumentText()),
            new("doc of text", FileType.Office, "doc", WordMaker.Document("Text 日本語").Build()),
            new("xls of a sheet", FileType.Office, "xls", new WorkbookMaker().Sheet("表紙", 0, 0).File().Build()),
            new("ppt of text", FileType.Office, "ppt", new PresentationMaker().Text("発表").File().Build()),
            new("vba project", FileType.Office, "vba-project", new VbaMaker().Module("A", "Sub A()\r\nEnd Sub\r\n").Build()),
            new("rtf letter", FileType.Office, "rtf", Makers.Rtf.RtfMaker.Letter()),
            new("rtf obfuscated", FileType.Office, "rtf", Makers.Rtf.RtfMaker.Obfuscated(Inside)),
            new("rtf binary", FileType.Office, "rtf", Makers.Rtf.RtfMaker.Binary(Inside)),
            new("one empty", FileType.Office, "one", OneNoteMaker.Section()),
            new("one with a file", FileType.Office, "one", OneNoteMaker.Section(("a.zip", @"C:\a.zip", Inside))),
        ];

    private static IEnumerable<Fixture> Justsystems()
    {
        yield return new("jtd", FileType.Justsystems, "jtd", IchitaroMaker.Document());
        yield return new("jtd pieces", FileType.Justsystems, "jtd", IchitaroMaker.Document(pieces: true));
        yield return new("jtd wrong sizes", FileType.Justsystems, "jtd", IchitaroMaker.Document(wrongSizes: true));
        yield return new("jtdc", FileType.Justsystems, "jtdc", IchitaroMaker.Compressed(IchitaroMaker.Document()));
        yield return new("jttc", FileType.Justsystems, "jttc", IchitaroMaker.Compressed(IchitaroMaker.Document(), "document.jtt"));
        foreach (var (version, format) in ((int, string)[])[(4, "jsw"), (5, "jaw"), (6, "jbw")])
        {
            yield return new($"ichitaro {version}", FileType.Justsystems, format, IchitaroMaker.Old(version, "件名", "本文です。"));
        }
    }

    private static IEnumerable<Fixture> Others() =>
        [
            new("pdf plain", FileType.Pdf, "pdf", new PdfMaker().Build()),
            new("pdf packed", FileType.Pdf, "pdf", new PdfMaker { Packed = true }.Build()),
            new("pdf with a file", FileType.Pdf, "pdf", new PdfMaker().File("a.zip", Inside).Build()),
            new("pe32", FileType.Executable, "pe32", new PortableMaker().Build()),
            new("pe32+", FileType.Executable, "pe32+", new PortableMaker { Wide = true }.Build()),
            new("pe32 with a document behind it", FileType.Executable, "pe32", new PortableMaker { Overlay = DocumentMaker.Pdf() }.Build()),
            new("pe32 with an archive behind it", FileType.Executable, "pe32", [.. new PortableMaker().Build(), .. Inside]),
            new("lnk", FileType.Shortcut, "lnk", new LinkMaker().Target("C:\\", "notes.txt").Build()),
            new(
                "lnk with data behind it",
                FileType.Shortcut,
                "lnk",
                new LinkMaker { Appended = DocumentMaker.Pdf() }
                    .Target("C:\\", "a")
                    .Build()
            ),
            new("picture jpg", FileType.Image, "jpg", PictureMaker.Jpeg()),
            new("picture jpg, big-endian", FileType.Image, "jpg", PictureMaker.Jpeg(big: true)),
            new("picture png", FileType.Image, "png", PictureMaker.Png()),
        ];

    private static IEnumerable<Fixture> Scripts() =>
        [
            new("script encoded command", FileType.Script, "bat", ScriptMaker.EncodedCommand()),
            new("script character codes", FileType.Script, "vbs", ScriptMaker.CharacterCodes("http://a.example/")),
            new("script escapes", FileType.Script, "js", ScriptMaker.Escapes("http://a.example/")),
            new("script carets", FileType.Script, "bat", ScriptMaker.Carets()),
            new("script carrier", FileType.Script, "ps1", ScriptMaker.Carrier(Inside)),
            new("script numbers", FileType.Script, "js", ScriptMaker.Numbers(Inside)),
            new("script ordinary", FileType.Script, "bat", ScriptMaker.Ordinary()),
            new("page base64", FileType.Html, "html", PageMaker.Base64("a.zip", Inside)),
            new("page pieces", FileType.Html, "html", PageMaker.Pieces("a.zip", Inside)),
            new("page numbers", FileType.Html, "html", PageMaker.Numbers("a.zip", Inside)),
            new("page hex", FileType.Html, "html", PageMaker.Hex("a.zip", Inside)),
            new("page data link", FileType.Html, "html", PageMaker.DataLink("a.zip", Inside)),
            new("page hidden form", FileType.Html, "html", PageMaker.HiddenForm("http://a.example/")),
            new("page picture", FileType.Html, "svg", PageMaker.Picture("alert(1)")),
        ];
}
