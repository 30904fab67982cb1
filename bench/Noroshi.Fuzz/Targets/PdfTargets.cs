using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.Pdf;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Pdf;

namespace Noroshi.Fuzz.Targets;

/// <summary>Words of PDF that chance would seldom hit.</summary>
internal static class PdfWords
{
    public static IReadOnlyList<byte[]> All { get; } =
    [
        .. new[]
        {
            "1 0 obj\n",
            "endobj\n",
            "stream\n",
            "endstream\n",
            "xref\n0 1\n",
            "trailer<</Root 1 0 R>>",
            "startxref\n0\n%%EOF",
            "/Type/ObjStm/N 1/First 4",
            "/Type/XRef/W[1 2 1]/Index[0 1]",
            "/Filter/FlateDecode",
            "/Filter[/ASCIIHexDecode/ASCII85Decode]",
            "/LZWDecode",
            "/RunLengthDecode",
            "/DecodeParms<</Predictor 12/Columns 4>>",
            "/Encrypt 9 0 R",
            "/OpenAction",
            "/S/JavaScript/JS(a)",
        }
            .Concat([
                "/S/Launch/F(a.exe)",
                "/S/URI/URI(http://a.example/)",
                "/EmbeddedFiles",
                "/AA<</O",
                "/XFA",
                "/AcroForm",
                "/Kids[3 0 R]",
            ])
            .Concat(["/#4A#53", "<</", ">>", "[[[[", "(((", "\\(", "<FEFF", "/Length 99999999", "2 0 R", "/RichMedia", "/Prev 0"])
            .Select(Encoding.ASCII.GetBytes),
    ];
}

internal sealed class PdfTarget : IFuzzTarget
{
    public string Name => "pdf";

    public IReadOnlyList<byte[]> Dictionary => PdfWords.All;

    public IEnumerable<byte[]> Seeds()
    {
        yield return DocumentMaker.Pdf();
        yield return new PdfMaker().Line("http://a.example.jp/").Link("http://b.example.jp/").Build();
        yield return new PdfMaker { Packed = true }
            .Script("// nothing")
            .File("a.exe", [.. "MZ inner"u8])
            .Build();
        yield return new PdfMaker().Script("var a = unescape('%41');", asStream: true).File("見積.txt", [.. "inner"u8]).Build();
        yield return new PdfMaker { Encryption = new PdfEncryption(3, "", "owner") }
            .Line("x")
            .Build();
        yield return new PdfMaker { Encryption = new PdfEncryption(4, "", "owner"), Packed = true }
            .Link("http://c.example.jp/")
            .Build();
    }

    public void Run(byte[] bytes)
    {
        var inspection = new FileInspection();
        PdfInspector.Inspect(bytes, inspection);
        Inspecting.Read(inspection, bytes.Length);
    }
}

internal sealed class PdfLockTarget() : ContainerTarget(new PdfLockFormat())
{
    public override string Name => "pdf-lock";

    public override IReadOnlyList<byte[]> Dictionary => PdfWords.All;

    protected override IEnumerable<byte[]> Honest() =>
        Enumerable
            .Range(2, 5)
            .Select(revision =>
                new PdfMaker { Encryption = new PdfEncryption(revision, "infected", "owner"), Packed = revision > 3 }
                    .Line("locked")
                    .File("a.txt", [.. "inner"u8])
                    .Build()
            );
}
