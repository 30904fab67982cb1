using Noroshi.Makers.Justsystems;
using Noroshi.Makers.OfficeBinary;

namespace Noroshi.Fuzz.Targets;

/// <summary>Documents in compound files: properties, macros, objects, Ichitaro, Word, Excel and PowerPoint streams.</summary>
internal sealed class CompoundDocumentTarget : IFuzzTarget
{
    public string Name => "compound-document";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "SsmgV.01"u8],
        [.. "TextV.01"u8],
        [.. "QLSTV.01"u8],
        [.. "FontV.01"u8],
        [.. "\0Attribut"u8],
        [0x13, 0x20, 0x44, 0x44, 0x45],
        [0xFE, 0xFF, 0, 0],
        [0x09, 0x08, 0x10, 0, 0, 6],
    ];

    public IEnumerable<byte[]> Seeds()
    {
        yield return IchitaroMaker.Document();
        yield return IchitaroMaker.Document(pieces: true);
        yield return IchitaroMaker.Compressed(IchitaroMaker.Document());
        yield return IchitaroMaker.Old(5, "題", "本文");
        yield return new VbaMaker("P").Module("M", "Sub AutoOpen()\r\nx = \"a\" & Chr(66)\r\nEnd Sub").Build();
        yield return WordMaker
            .Document("a\u0013 DDE x\u0015日本", ["a", "b"])
            .Stream("\u0005SummaryInformation", PropertySetMaker.Summary().Text(4, "a").Build())
            .Stream("O/_1/\u0001Ole10Native", OleObjectMaker.Native("a", "b", "c", [1, 2]))
            .Stream("O/_2/\u0001Ole", OleObjectMaker.UrlLink("http://a.example.jp/"))
            .Build();
        yield return new WorkbookMaker()
            .Writer("w")
            .BuiltInName(1)
            .Shared("ab", "cd")
            .Sheet("S", 2, 1, WorkbookMaker.Formula(0, WorkbookMaker.Text("x"), WorkbookMaker.Function(0x6E, 1)))
            .File()
            .Build();
        yield return new PresentationMaker().Text("x").Link("http://a.example.jp/").Object(new byte[500]).File().Build();
    }

    public void Run(byte[] bytes) => Inspecting.Run(bytes);
}
