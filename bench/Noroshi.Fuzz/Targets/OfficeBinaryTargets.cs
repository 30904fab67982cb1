using System.Text;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.FileTypes.Compound.Objects;
using Noroshi.MailAnatomy.FileTypes.Compound.Office;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;
using Noroshi.MailAnatomy.FileTypes.Justsystems;
using Noroshi.MailAnatomy.FileTypes.Macros;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Justsystems;
using Noroshi.Makers.OfficeBinary;

namespace Noroshi.Fuzz.Targets;

internal sealed class PropertySetTarget : IFuzzTarget
{
    public string Name => "property-set";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [0xFE, 0xFF, 0, 0],
        [0x1E, 0, 0, 0],
        [0x1F, 0, 0, 0],
        [0x40, 0, 0, 0],
        [0x41, 0, 0, 0],
        [0x47, 0, 0, 0],
        [0x0C, 0x10, 0, 0],
        [0x1E, 0x10, 0, 0],
        [0xFF, 0xFF, 0xFF, 0x7F],
        [0xB0, 4],
    ];

    public IEnumerable<byte[]> Seeds() =>
        [
            PropertySetMaker.Summary().Text(4, "山田").Time(12, new DateTime(2013, 8, 5, 1, 20, 0, DateTimeKind.Utc)).Number(14, 3).Build(),
            PropertySetMaker.Summary(1200).Text(2, "題").Wide(4, "a").Blob(17, new byte[40]).Build(),
            PropertySetMaker
                .Document()
                .Text(15, "会社")
                .UserDefined()
                .Names((2, "_PID_HLINKS"))
                .Blob(2, PropertySetMaker.Links("http://a.example.jp/"))
                .Build(),
        ];

    public void Run(byte[] bytes)
    {
        if (PropertySetReader.Read(bytes) is not null)
        {
            Inspecting.Run(new CompoundMaker().Stream("WordDocument", [0xEC, 0xA5]).Stream("\u0005SummaryInformation", bytes).Build());
        }
    }
}

/// <summary>Macro projects: the packed form, the directory, the list of modules, and source through the whole project.</summary>
internal sealed class VbaTarget : IFuzzTarget
{
    private const int MaxUnpacked = 1 << 20;

    private const string Source =
        "Attribute VB_Name = \"M\"\r\nSub AutoOpen()\r\nDim a: a = \"ht\" & \"tp:\" & Chr(47) & ChrW(&H2F) & Replace(\"aXb\", \"X\", \".\") _\r\n& StrReverse(\"cba\")\r\nCreateObject(\"WScript.Shell\").Run a, 0 Xor 1\r\nEnd Sub\r\n";

    public string Name => "vba";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [1, 0, 0xB0],
        [0xFF, 0xBF],
        [0xFF, 0x3F],
        [0x0F, 0, 2, 0, 0, 0],
        [0x19, 0],
        [0x1A, 0],
        [0x31, 0, 4, 0, 0, 0],
        [0x2B, 0, 0, 0, 0, 0],
        [0x2F, 0],
        .. new[]
        {
            "Chr(",
            "ChrW(&H",
            "StrReverse(\"",
            "Replace(",
            "Mid(",
            "Split(",
            "Array(1,2)",
            "\" & \"",
            " _\r\n",
            "Xor ",
            "Shell ",
            "CreateObject(",
            "Sub Auto_Open()\r\n",
        }
            .Concat(["CMG=\"", "DPB=\"0E0C\"", "Module=M\r\n", "Document=D/&H00000000\r\n", "Attribute VB_Name = \"", "'", "rem "])
            .Select(Encoding.ASCII.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds()
    {
        yield return Encoding.ASCII.GetBytes(Source);
        yield return VbaMaker.Compress(Encoding.ASCII.GetBytes(Source));
        yield return VbaMaker.Compress(new byte[9_000]);
        yield return [.. "ID=\"{5A3C1E0B-7F2D-4B61-9C44-2E6A80D1F905}\"\r\nModule=M\r\nName=\"P\"\r\nCMG=\"0E0CD1\"\r\n[Workspace]\r\n"u8];
        var project = new VbaMaker("P")
            .Module("M", Source)
            .Module("D", "x = 1", isClass: true)
            .Reference(0x0D, "*\\G{0}#1.0#0#a#b")
            .Build();
        yield return project;
        if (CompoundFile.TryOpen(project, out var file) && file.FindStream("VBA/dir") is { } stream)
        {
            var unpacked = VbaCompression.Unpack(file.Read(stream, MaxUnpacked), MaxUnpacked, out _);
            yield return unpacked ?? [];
        }
    }

    public void Run(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(CompoundFile.Signature))
        {
            Inspecting.Run(bytes);
            return;
        }

        VbaCompression.Unpack(bytes, MaxUnpacked, out _);
        VbaDirectory.Read(bytes);
        var text = Encoding.Latin1.GetString(bytes);
        VbaProjectText.Read(text);
        VbaStrings.Fold(text, out _);
        if (bytes.Length % 8 == 0 && bytes.Length < 4_096)
        {
            Inspecting.Run(new VbaMaker("P").Module("M", text).Build());
        }
    }
}

/// <summary>A workbook as a file, or its stream of records by itself.</summary>
internal sealed class BiffTarget : IFuzzTarget
{
    public string Name => "biff";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [9, 8, 0x10, 0, 0, 6, 5, 0],
        [9, 8, 0x10, 0, 0, 6, 0x40, 0],
        [9, 8, 8, 0, 0, 5, 5, 0],
        [0x85, 0],
        [0xFC, 0],
        [0x3C, 0],
        [0x18, 0],
        [6, 0],
        [0xAE, 1],
        [0x17, 4, 0, 0x61],
        [0x42, 1, 0x6E, 0],
        [0x41, 0x6F, 0],
        [0x24, 0, 0, 0, 0],
        [0x19, 0x40, 0, 1],
        [0x0A, 0, 0, 0],
    ];

    public IEnumerable<byte[]> Seeds()
    {
        var book = new WorkbookMaker()
            .Writer("w")
            .BuiltInName(1)
            .Name("n")
            .Linked("\u0001http://a.example.jp/x")
            .Shared("ab", "日本")
            .Sheet(
                "S",
                2,
                1,
                WorkbookMaker.Formula(
                    0,
                    WorkbookMaker.Text("x"),
                    WorkbookMaker.Text("y"),
                    WorkbookMaker.Join(),
                    WorkbookMaker.Function(0x6E, 1)
                ),
                WorkbookMaker.Formula(1, WorkbookMaker.Number(65), WorkbookMaker.FixedFunction(0x6F))
            )
            .File()
            .Build();
        yield return book;
        yield return DocumentMaker.Xls();
        if (CompoundFile.TryOpen(book, out var file) && file.FindStream("Workbook") is { } stream)
        {
            yield return file.Read(stream, 1 << 20);
        }
    }

    public void Run(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(CompoundFile.Signature))
        {
            Inspecting.Run(bytes);
            return;
        }

        new Workbook(new DocumentFacts(new FileInspection())).Read(bytes);
        XlmFormula.Read(bytes, wide: true, 932, ["a", "b"]);
        XlmFormula.Read(bytes, wide: false, 932, ["a", "b"]);
        BiffText.Shared([bytes.AsMemory(0, bytes.Length / 2), bytes.AsMemory(bytes.Length / 2)]);
    }
}

/// <summary>A Word document as a file, or the text with its field codes by itself.</summary>
internal sealed class WordTarget : IFuzzTarget
{
    public string Name => "word";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [0x13],
        [0x14],
        [0x15],
        [1, 0xFE],
        .. new[]
        {
            " DDEAUTO ",
            " DDE ",
            " INCLUDETEXT ",
            " HYPERLINK ",
            "\\l ",
            "\\\\",
            "\"",
            " QUOTE 65 ",
            " SET a ",
            "http://a.example/",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds()
    {
        var fields =
            WordMaker.Field("DDEAUTO c:\\\\a.exe \"b\"") + WordMaker.Field("HYPERLINK \"http://a.example.jp/\" \\l \"c\"") + "本文";
        yield return WordMaker.Document(fields, ["a", @"C:\b.doc"]).Build();
        yield return WordMaker
            .Document("a")
            .Stream("ObjectPool/_1/\u0001Ole10Native", OleObjectMaker.Native("a", "b", "c", [1, 2]))
            .Stream("ObjectPool/_2/\u0001Ole", OleObjectMaker.UrlLink("http://a.example.jp/"))
            .Stream("ObjectPool/_3/\u0001CompObj", OleObjectMaker.CompObj("a", "Package"))
            .Build();
        yield return DocumentMaker.Doc(macros: true);
        yield return Encoding.Latin1.GetBytes(fields.Replace("本文", "", StringComparison.Ordinal));
        yield return OleObjectMaker.Native("a", "b", "c", [1, 2]);
        yield return OleObjectMaker.UrlMoniker("http://a.example.jp/");
        yield return OleObjectMaker.FileMoniker(@"C:\a\b.doc");
    }

    public void Run(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(CompoundFile.Signature))
        {
            Inspecting.Run(bytes);
            return;
        }

        WordFields.Add(Encoding.Latin1.GetString(bytes), new DocumentFacts(new FileInspection()));
        OleNative.Read(bytes);
        Monikers.Read(bytes);
    }
}

internal sealed class PowerPointTarget : IFuzzTarget
{
    public string Name => "powerpoint";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [0x0F, 0, 0xE8, 3],
        [0, 0, 0xA0, 0x0F],
        [0, 0, 0xA8, 0x0F],
        [0, 0, 0xBA, 0x0F],
        [0x10, 0, 0x11, 0x10],
        [0, 0, 0x11, 0x10],
        [0xF6, 0x0F],
        [0xD3, 0x0F],
        [0xF3, 0x0F],
    ];

    public IEnumerable<byte[]> Seeds() =>
        [
            new PresentationMaker().Text("本文").Link("http://a.example.jp/").Object(new byte[500]).File().Build(),
            new PresentationMaker().Runs(@"C:\a.exe").Text("x").Record(0x0F, 0x03E8, new byte[16]).File().Build(),
            DocumentMaker.Ppt(),
        ];

    public void Run(byte[] bytes) => Inspecting.Run(bytes);
}

/// <summary>Ichitaro documents: in compound files, packed in them, the old format, and the text store by itself.</summary>
internal sealed class IchitaroTarget : IFuzzTarget
{
    public string Name => "ichitaro";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "SsmgV.01"u8],
        [.. "TextV.01"u8],
        [.. "QLSTV.01"u8],
        [.. "FontV.01"u8],
        [.. "\0Attribut"u8],
        [.. "JustCompressedDocument"u8],
        [.. "-lh5-"u8],
        [0, 0x1F],
        [0xFF, 0xFF, 0xFF, 0xFF],
    ];

    public IEnumerable<byte[]> Seeds()
    {
        yield return IchitaroMaker.Document();
        yield return IchitaroMaker.Document(pieces: true);
        yield return IchitaroMaker.Document(wrongSizes: true);
        yield return IchitaroMaker.Compressed(IchitaroMaker.Document());
        yield return IchitaroMaker.Compressed(new byte[300], "a/b.jtd");
        yield return IchitaroMaker.Wrapped([.. "-lh5- and nothing"u8]);
        yield return IchitaroMaker.Old(5, "題", "本文");
        yield return IchitaroMaker.Old(3, "題", "本文 http://a.example.jp/");
        yield return IchitaroMaker.BlockStore([IchitaroMaker.Text("本文"), IchitaroMaker.Text("x")]);
        yield return IchitaroMaker.OwnSummary(("見出し", "照会の件"), ("作成者", "山田"));
        yield return DocumentMaker.Jtd();
        yield return DocumentMaker.CompressedJtd();
        yield return DocumentMaker.OldIchitaro(4);
    }

    public void Run(byte[] bytes)
    {
        Inspecting.Run(bytes);
        if (!bytes.AsSpan().StartsWith(CompoundFile.Signature))
        {
            IchitaroText.Read(bytes);
            IchitaroSummary.Add(bytes, "s", new DocumentFacts(new FileInspection()));
        }
    }
}
