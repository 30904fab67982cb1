using System.Text;
using Noroshi.Makers.Images;
using Noroshi.Makers.Pdf;

namespace Noroshi.Makers.Hostile;

/// <summary>Hostile PDF files, scripts, pages and pictures: what looking into them has to survive.</summary>
public static class HostilePdf
{
    private const string Head = "%PDF-1.7\n";
    private const string Catalog = "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n";
    private const string Tail = "\ntrailer\n<</Root 1 0 R/Size 10>>\nstartxref\n9\n%%EOF\n";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileInput> All { get; } =
    [.. Loops(), .. Bombs(), .. Counts(), .. Lies(), .. Scripts(), .. Pages(), .. Pictures()];

    private static byte[] File(string objects) => Encoding.Latin1.GetBytes(Head + Catalog + objects + Tail);

    private static HostileInput New(string kind, string variant, Func<byte[]> make, string? finding = null) =>
        new(kind, variant, make, finding);

    private static IEnumerable<HostileInput> Loops()
    {
        const string Kind = "document/pdf-loop";
        yield return New(
            Kind,
            "kids-of-themselves",
            () => File("2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 1>>\nendobj"),
            "pdf.odd-structure"
        );
        yield return New(
            Kind,
            "kids-in-a-ring",
            () => File("2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj 3 0 obj\n<</Type/Pages/Kids[2 0 R]/Parent 2 0 R>>\nendobj"),
            "pdf.odd-structure"
        );
        yield return New(
            Kind,
            "parent-is-the-child",
            () => File("2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>\nendobj 3 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj"),
            "pdf.odd-structure"
        );
        yield return New(Kind, "references-in-a-ring", () => File("2 0 obj\n3 0 R\nendobj 3 0 obj\n4 0 R\nendobj 4 0 obj\n2 0 R\nendobj"));
        yield return New(
            Kind,
            "object-stream-in-itself",
            () => File("2 0 obj\n<</Type/ObjStm/N 1/First 4/Length 30>>\nstream\n2 0 <</Type/ObjStm/N 1/First 4>>\nendstream\nendobj")
        );
        yield return New(
            Kind,
            "filter-is-its-own-stream",
            () => File("2 0 obj\n<</Filter 2 0 R/DecodeParms 2 0 R/Length 2 0 R>>\nstream\nx\nendstream\nendobj")
        );
        yield return New(
            Kind,
            "previous-tables-in-a-ring",
            () =>
                Encoding.Latin1.GetBytes(
                    Head + Catalog + "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Prev 9/XRefStm 9>>\nstartxref\n9\n%%EOF\n"
                )
        );
        yield return New(
            Kind,
            "form-draws-itself",
            () =>
                File(
                    "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj 3 0 obj\n<</Type/Page/Parent 2 0 R/Resources 5 0 R/Contents 4 0 R>>\nendobj "
                        + "4 0 obj\n<</Subtype/Form/Resources 5 0 R/Length 20>>\nstream\n/A Do /A Do /A Do   \nendstream\nendobj 5 0 obj\n<</XObject<</A 4 0 R>>/Font<</F 6 0 R>>>>\nendobj "
                        + "6 0 obj\n<</Type/Font/Subtype/Type0/DescendantFonts[6 0 R]/Encoding 6 0 R/ToUnicode 4 0 R>>\nendobj"
                )
        );
    }

    private static IEnumerable<HostileInput> Bombs()
    {
        const string Kind = "document/pdf-bomb";
        byte[] Stream(string dictionary, byte[] data, int count = 1)
        {
            var text = new ByteText().Add(Head).Add(Catalog);
            for (var i = 0; i < count; i++)
            {
                text.Add($"{i + 2} 0 obj\n<<{dictionary}/Length {data.Length}>>\nstream\n").Add(data).Add("\nendstream\nendobj\n");
            }

            return text.Add(Tail).Done();
        }

        yield return New(
            Kind,
            "object-stream-of-200-MB",
            () => Stream("/Type/ObjStm/N 1/First 10/Filter/FlateDecode", PdfMaker.Compress(new byte[200 << 20])),
            "pdf.limit"
        );
        yield return New(
            Kind,
            "flate-in-flate",
            () =>
                Stream(
                    "/Type/ObjStm/N 1/First 10/Filter[/FlateDecode/FlateDecode]",
                    PdfMaker.Compress(PdfMaker.Compress(new byte[200 << 20]))
                ),
            "pdf.limit"
        );
        yield return New(
            Kind,
            "64-object-streams-of-32-MB",
            () => Stream("/Type/ObjStm/N 1/First 10/Filter/FlateDecode", PdfMaker.Compress(new byte[32 << 20]), 64),
            "pdf.limit"
        );
        yield return New(
            Kind,
            "run-lengths",
            () =>
                Stream(
                    "/Type/ObjStm/N 1/First 10/Filter[/RL/RL/RL]",
                    [.. Enumerable.Repeat((byte[])[129, 129], 200_000).SelectMany(one => one)]
                )
        );
        yield return New(
            Kind,
            "filters-by-the-thousand",
            () => Stream($"/Type/ObjStm/N 1/First 10/Filter[{string.Concat(Enumerable.Repeat("/AHx", 5_000))}]", new byte[100])
        );
    }

    private static IEnumerable<HostileInput> Counts()
    {
        const string Kind = "document/pdf-count";
        yield return New(
            Kind,
            "1M-objects",
            () => new ByteText().Add(Head).Each(1_000_000, i => $"{i} 0 obj\n1\nendobj\n").Done(),
            "pdf.limit"
        );
        yield return New(
            Kind,
            "1M-actions",
            () => new ByteText().Add(Head).Add("1 0 obj\n[").Repeat("<</S/JavaScript/JS(x)>>", 1_000_000).Add("]\nendobj\n").Done(),
            "pdf.limit"
        );
        yield return New(
            Kind,
            "60k-open-strings",
            () => new ByteText().Add(Head).Repeat("1 0 obj\n(", 60_000).Repeat("x", 1 << 20).Done(),
            "pdf.limit"
        );
        yield return New(
            Kind,
            "1M-names-escaped",
            () => new ByteText().Add(Head).Add("1 0 obj\n<<").Repeat("/#4a#61vaScript 1", 1_000_000).Done(),
            "pdf."
        );
        yield return New(Kind, "1M-trailers", () => new ByteText().Add(Head).Repeat("trailer\n<<", 1_000_000).Done());
        yield return New(Kind, "1M-streams-unended", () => new ByteText().Add(Head).Repeat("1 0 obj<<>>stream\n", 500_000).Done());
        yield return New(
            Kind,
            "1M-kids",
            () =>
                new ByteText()
                    .Add(Head)
                    .Add(Catalog)
                    .Add("2 0 obj\n<</Kids[")
                    .Repeat("3 0 R ", 1_000_000)
                    .Add("]>>\nendobj 3 0 obj\n<</Type/Page>>\nendobj")
                    .Add(Tail)
                    .Done()
        );
        yield return New(
            Kind,
            "mixed-nesting-1M",
            () => new ByteText().Add(Head).Add("1 0 obj\n").Repeat("[<</A[<</B", 250_000).Done(),
            "pdf.odd-structure"
        );
    }

    private static IEnumerable<HostileInput> Lies()
    {
        const string Kind = "document/pdf-lie";
        yield return New(
            Kind,
            "lengths",
            () => new ByteText().Add(Head).Each(1_000, i => $"{i} 0 obj<</Length {i * 7_919L}>>stream\nx\nendstream endobj\n").Done()
        );
        yield return New(
            Kind,
            "table-behind-the-end",
            () => Encoding.Latin1.GetBytes(Head + Catalog + "startxref\n99999999999999999999\n%%EOF")
        );
        yield return New(
            Kind,
            "predictor-of-2-to-the-31",
            () =>
                File(
                    "2 0 obj\n<</Type/ObjStm/N 2147483647/First 2147483647/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 2147483647/Columns 2147483647/BitsPerComponent 2147483647>>/Length 4>>\nstream\nxxxx\nendstream\nendobj"
                ),
            "pdf.odd-structure"
        );
        yield return New(
            Kind,
            "key-of-no-length",
            () =>
                Encoding.Latin1.GetBytes(
                    Head
                        + Catalog
                        + $"3 0 obj\n<</Filter/Standard/V 2/R 3/Length 0/O<{new string('0', 64)}>/U<{new string('0', 64)}>/P 99999999999>>\nendobj\ntrailer\n<</Root 1 0 R/Encrypt 3 0 R/ID[<>]>>\n%%EOF"
                )
        );
        yield return New(
            Kind,
            "key-wrapped-short",
            () =>
                Encoding.Latin1.GetBytes(
                    Head
                        + Catalog
                        + $"3 0 obj\n<</Filter/Standard/V 5/R 6/O<{new string('1', 96)}>/U<{new string('2', 96)}>/OE<00>/UE<00>>>\nendobj\ntrailer\n<</Root 1 0 R/Encrypt 3 0 R>>\n%%EOF"
                )
        );
        yield return New(
            Kind,
            "embedded-file-is-the-catalog",
            () => File("2 0 obj\n<</EF<</F 2 0 R/UF 1 0 R>>/UF 2 0 R>>\nstream\nx\nendstream\nendobj"),
            "pdf.embedded-file"
        );
    }

    private static IEnumerable<HostileInput> Scripts()
    {
        const string Kind = "document/script-bomb";
        const string Start = "var a = new ActiveXObject('WScript.Shell');\nfunction f() { return a; }\n";
        yield return New(
            Kind,
            "10-MB-line",
            () => new ByteText().Add(Start).Add("var b = '").Repeat("\\x41", 10 << 18).Add("';").Done(),
            "script."
        );
        yield return New(
            Kind,
            "base64-20-MB",
            () => new ByteText().Add(Start).Add("var b = '").Repeat("QUFB", 5 << 20).Add("';").Done(),
            "script."
        );
        yield return New(Kind, "1M-pieces", () => new ByteText().Add(Start).Add("var b = 'a'").Repeat("+'a'", 1_000_000).Done(), "script.");
        yield return New(Kind, "1M-codes", () => new ByteText().Add(Start).Repeat("String.fromCharCode(65,", 200_000).Done(), "script.");
        yield return New(
            Kind,
            "base64-within-base64",
            () =>
            {
                var text = "function f() { return 1; } // " + new string('x', 4_000);
                for (var i = 0; i < 12; i++)
                {
                    text = "var a = '" + Convert.ToBase64String(Encoding.ASCII.GetBytes(text)) + "';";
                }

                return new ByteText().Add(Start).Add(text).Done();
            },
            "script."
        );
        yield return New(
            Kind,
            "encoder-marks-1M",
            () => new ByteText().Add("#@~^AAAAAA==").Repeat("#@~^AAAAAA==", 500_000).Done(),
            "script."
        );
        yield return New(Kind, "calls-1M", () => new ByteText().Add(Start).Repeat("powershell curl eval( ", 200_000).Done(), "script.");
        yield return New(
            Kind,
            "numbers-5M",
            () => new ByteText().Add(Start).Add("var b = [").Repeat("77,", 5_000_000).Add("1];").Done(),
            "script."
        );
    }

    private static IEnumerable<HostileInput> Pages()
    {
        const string Kind = "document/page-bomb";
        yield return New(
            Kind,
            "svg-1M-deep",
            () => new ByteText().Add("<svg xmlns=\"http://www.w3.org/2000/svg\">").Repeat("<g>", 1_000_000).Done()
        );
        yield return New(
            Kind,
            "data-links-100k",
            () =>
                new ByteText()
                    .Add("<html><script>new Blob(atob('x'))</script>")
                    .Repeat(
                        "<a download=\"a.zip\" href=\"data:application/zip;base64,UEsDBAoAAAAAAAAAIQAAAAAAAAAAAAAAAAAAAAAAAAAA\">",
                        100_000
                    )
                    .Done(),
            "html.smuggling"
        );
        yield return New(
            Kind,
            "download-marks-1M",
            () => new ByteText().Add("<html><script>new Blob(atob('x'));").Repeat(".download='", 1_000_000).Done(),
            "html.smuggling"
        );
        yield return New(Kind, "types-1M", () => new ByteText().Add("<html><form>").Repeat("<input type=", 1_000_000).Done());
    }

    private static IEnumerable<HostileInput> Pictures()
    {
        const string Kind = "document/picture-flood";
        yield return New(Kind, "jpg-65500-squared", () => PictureMaker.Jpeg(65_500, 65_500), "image.pixel-flood");
        yield return New(
            Kind,
            "png-2-to-the-31-squared",
            () => PictureMaker.Png().Patched(16, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF),
            "image.pixel-flood"
        );
        yield return New(
            Kind,
            "tif-folder-is-its-own-exif",
            () => [.. "II"u8, 42, 0, 8, 0, 0, 0, 2, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0]
        );
        yield return New(
            Kind,
            "gif-1M-extensions",
            () => new ByteText().Add("GIF89a").Add([1, 0, 1, 0, 0, 0, 0]).Repeat("!\u00FE\0", 1_000_000).Done()
        );
        yield return New(
            Kind,
            "png-1M-chunks",
            () => new ByteText().Add(PictureMaker.Png().AsSpan(0, 33)).Repeat("\0\0\0\0tEXt\0\0\0\0", 1_000_000).Done()
        );
    }
}
