using System.Globalization;
using System.Text;
using Noroshi.Makers.Images;
using Noroshi.Makers.Justsystems;
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

namespace Noroshi.Makers.Documents;

/// <summary>A document that says something about its maker.</summary>
/// <param name="Kind">Kind in the words of people.</param>
/// <param name="Name">File name.</param>
/// <param name="Type">Type by content as the library calls it.</param>
/// <param name="Format">Format by content.</param>
/// <param name="Make">Makes it with so many bytes or characters more of content than it needs; the same call gives the same bytes.</param>
public sealed record MadeDocument(string Kind, string Name, string Type, string Format, Func<int, byte[]> Make);

/// <summary>One document of each kind with traits: the same everywhere that a document of every kind is wanted.</summary>
public static class MadeDocuments
{
    /// <summary>Password of the locked ones.</summary>
    public const string Password = "h22ki-Pass";

    private const string Macro =
        "Sub Document_Open()\r\n  Dim u\r\n  u = \"ht\" & \"tp://macro.example.jp/\" & StrReverse(\"txt.a\")\r\n  Shell \"cmd.exe /c echo \" & u\r\nEnd Sub\r\n";

    private static readonly string[] Words = ["予算", "会議", "figure", "資料", "table", "確認", "report", "件名", "draft", "一覧"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MadeDocument> All { get; } =
    [
        new("Word 97, macros", "report.doc", "Office", "doc", Doc),
        new("Excel 97", "table.xls", "Office", "xls", Xls),
        new("PowerPoint 97", "show.ppt", "Office", "ppt", size => new PresentationMaker().Text("発表 " + Prose(size)).File().Build()),
        new("Word", "letter.docx", "Office", "docx", Docx),
        new("Excel", "book.xlsx", "Office", "xlsx", size => WithPart(OpenXmlMaker.Workbook(), size)),
        new("OpenDocument", "text.odt", "Office", "odt", size => WithPart(OpenXmlMaker.OpenDocumentText(), size)),
        new("RTF, object", "note.rtf", "Office", "rtf", Rtf),
        new(
            "OneNote",
            "section.one",
            "Office",
            "one",
            size => OneNoteMaker.Section(("inside.txt", @"C:\Users\wang\inside.txt", Encoding.UTF8.GetBytes("inside " + Prose(size))))
        ),
        new("Word, locked (agile)", "locked.docx", "Office", "ooxml", size => OfficeLocker.Agile(Docx(size), Password)),
        new("Word, locked (standard)", "standard.docx", "Office", "ooxml", size => OfficeLocker.Standard(Docx(size), Password)),
        new("Word 97, locked", "locked.doc", "Office", "doc", _ => BinaryLocker.Doc(BinaryLock.CryptoApi, Password)),
        new("Ichitaro", "chosa.jtd", "Justsystems", "jtd", Jtd),
        new("Ichitaro, packed", "packed.jtdc", "Justsystems", "jtdc", size => IchitaroMaker.Compressed(Jtd(size))),
        new("PDF", "paper.pdf", "Pdf", "pdf", size => PdfOf(size, null)),
        new("PDF, locked", "locked.pdf", "Pdf", "pdf", size => PdfOf(size, new PdfEncryption(6, Password, "owner"))),
        new("shortcut", "memo.lnk", "Shortcut", "lnk", Lnk),
        new("program", "setup.exe", "Executable", "pe32", Pe),
        new("Outlook item", "mail.msg", "Mail", "msg", Msg),
        new("page that smuggles", "page.html", "Html", "html", size => PageMaker.Base64("inside.zip", Archive(size))),
        new("script", "run.ps1", "Script", "ps1", size => ScriptMaker.Carrier(Archive(size))),
        new("picture", "photo.jpg", "Image", "jpg", size => [.. PictureMaker.Jpeg(), .. new byte[size]]),
    ];

    /// <summary>The one with that file name.</summary>
    public static MadeDocument Named(string name) => All.Single(each => each.Name == name);

    /// <summary>A Word document of about so many characters with a remote template.</summary>
    public static byte[] Docx(int size) =>
        OpenXmlMaker
            .Letter($"<w:p><w:r><w:t>本文です。http://body.example.com/ {Prose(size)}</w:t></w:r></w:p>")
            .Rels("word/_rels/settings.xml.rels", ("rId1", "attachedTemplate", "http://template.example.com/t.dotm", true))
            .Part("word/media/image1.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Noise(size)])
            .Build();

    /// <summary>Lines of made-up words, about so many characters.</summary>
    public static string Prose(int size)
    {
        var text = new StringBuilder(size + 16);
        for (var (i, state) = (0, 1u); text.Length < size; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            text.Append(Words[(state >> 16) % Words.Length])
                .Append(CultureInfo.InvariantCulture, $"{state >> 22}")
                .Append(i % 9 == 8 ? '\n' : ' ');
        }

        return text.ToString();
    }

    private static byte[] Noise(int size)
    {
        var noise = new byte[size];
        new Random(20131017).NextBytes(noise);
        return noise;
    }

    private static byte[] Archive(int size) => ZipMaker.Zip([new MadeFile("inside.bin", Noise(size * 3 / 4))]);

    private static byte[] Doc(int size) =>
        new VbaMaker()
            .Module("ThisDocument", Macro + Comments(size / 4))
            .AddTo(WordMaker.Document("Text 日本語の本文です。" + Prose(size / 3), ["山田", @"C:\Users\yamada\調査.doc"]), "Macros")
            .Build();

    private static string Comments(int size) => "' " + Prose(size).TrimEnd('\n').Replace("\n", "\r\n' ", StringComparison.Ordinal) + "\r\n";

    private static byte[] Xls(int size)
    {
        var book = new WorkbookMaker().Writer("山田 太郎").BuiltInName(1, hidden: true).Sheet("表紙", 0, 0);
        book.Sheet(
            "Macro1",
            2,
            1,
            WorkbookMaker.Formula(0, WorkbookMaker.Text("cmd.exe /c echo"), WorkbookMaker.Function(0x6E, 1)),
            WorkbookMaker.Formula(1, WorkbookMaker.Function(0x36, 0))
        );
        return book.Shared([.. Prose(size / 2).Split('\n')]).File().Build();
    }

    private static byte[] WithPart(byte[] package, int size)
    {
        using var stream = new MemoryStream();
        stream.Write(package);
        using (var archive = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = archive.CreateEntry("media/image9.png");
            entry.LastWriteTime = new DateTimeOffset(2013, 10, 17, 9, 0, 0, TimeSpan.Zero);
            using var part = entry.Open();
            part.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Noise(size)]);
        }

        return stream.ToArray();
    }

    private static byte[] Rtf(int size) =>
        Makers.Rtf.RtfMaker.Document(
            Makers.Rtf.RtfMaker.Info
                + "\\pard http://body.example.com/ "
                + Prose(size / 4).Replace("\n", "\\par\n", StringComparison.Ordinal)
                + Encoding.Latin1.GetString(
                    Makers.Rtf.RtfMaker.WithObject(
                        Makers.Rtf.RtfMaker.Ole1(
                            "Package",
                            Makers.Rtf.RtfMaker.Package(
                                "a.txt",
                                @"C:\Users\wang\a.txt",
                                @"C:\Temp\a.txt",
                                [.. "inside"u8, .. Noise(size / 3)]
                            )
                        )
                    )
                )
        );

    private static byte[] Jtd(int size) =>
        IchitaroMaker.Document("調査のお願い\n詳しくは http://jtd.example.jp/a をご覧ください。" + Prose(size / 2), pieces: size > 0);

    private static byte[] PdfOf(int size, PdfEncryption? encryption)
    {
        var maker = new PdfMaker { Packed = true, Encryption = encryption };
        maker.Script("app.alert(1)").Link("http://link.example.com/").File("inside.txt", [.. "inside"u8, .. Noise(size)]);
        return maker.Build();
    }

    private static byte[] Lnk(int size) =>
        new LinkMaker { Appended = size == 0 ? [] : Noise(size) }
            .Target("C:\\", "Windows", "System32", "cmd.exe")
            .Location(0x1234ABCD, "DATA", [.. "C:\\Windows\\System32\\cmd.exe"u8])
            .Text(0x20, "/c rem http://c2.example.com/x")
            .Tracker("maker-pc", new Guid("01234567-89ab-cdef-0123-456789abcdef"), new Guid("c0ffee00-0000-11e3-8000-001122334455"))
            .Build();

    private static byte[] Pe(int size) =>
        new PortableMaker()
            .Rich(0, (0x0103, 26_213, 7), (0x00FF, 26_213, 1))
            .Imports(("WS2_32.dll", ["#3", "send"]), ("KERNEL32.DLL", ["ExitProcess"]))
            .Pdb(new Guid("11223344-5566-7788-99aa-bbccddeeff00"), 3, "C:\\work\\nothing.pdb")
            .Version(("CompanyName", "例示株式会社"), ("OriginalFilename", "nothing.exe"))
            .Resource(10, 1, Noise(size))
            .Icon((x, y) => PortableMaker.Page(x, y, 0x2B579A))
            .Build();

    private static byte[] Msg(int size)
    {
        var maker = MsgCases.Received();
        return maker
            .Attach(new MsgAttachment { Name = "inside.txt", Content = Encoding.UTF8.GetBytes("inside " + Prose(size / 2)) })
            .Build();
    }
}
