using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Exchange.Reports.Office;

/// <summary>What documents and workbooks have in common as packages (ISO/IEC 29500-2).</summary>
internal static class OfficePackage
{
    // The first moment that a zip can name: the package tells nothing of when it was made.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The same package with entries in a fixed order and without times: the same report gives the same bytes.</summary>
    public static byte[] Settled(MemoryStream package)
    {
        package.Position = 0;
        using var from = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true);
        using var to = new MemoryStream();
        using (var settled = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (
                var entry in from.Entries.OrderBy(one => one.FullName != "[Content_Types].xml")
                    .ThenBy(one => one.FullName, StringComparer.Ordinal)
            )
            {
                var made = settled.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                made.LastWriteTime = Epoch;
                using var read = entry.Open();
                using var write = made.Open();
                read.CopyTo(write);
            }
        }

        return to.ToArray();
    }

    /// <summary>Title, author, language and marking as the properties of the file.</summary>
    public static void Describe(CoreFilePropertiesPart part, ReportDocument document)
    {
        var text = new Markup()
            .Open(
                "cp:coreProperties",
                ("xmlns:cp", Namespace("schemas.openxmlformats.org/package/2006/metadata/core-properties")),
                ("xmlns:dc", Namespace("purl.org/dc/elements/1.1/"))
            )
            .Leaf("dc:title", VisibleText.Line(document.Title))
            .Leaf("dc:subject", VisibleText.Line(document.Period))
            .Leaf("dc:creator", VisibleText.Line(document.Issuer))
            .Leaf("cp:keywords", VisibleText.Line(document.Marking))
            .Leaf("dc:language", document.Ja ? "ja-JP" : "en-GB")
            .Close()
            .Done()
            .Text;
        // Values of Markup never spell a link; names of namespaces have to.
        using var stream = part.GetStream(FileMode.Create, FileAccess.Write);
        stream.Write(
            Encoding.UTF8.GetBytes(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + text.Replace(Mark, "http://", StringComparison.Ordinal)
            )
        );
    }

    /// <summary>A text as XML admits it, one line, not longer than a cell may be.</summary>
    public static string Line(string text) => VisibleText.Line(text.Length > 32_000 ? string.Concat(text.AsSpan(0, 32_000), "…") : text);

    private const string Mark = "ns--";

    private static string Namespace(string name) => Mark + name;
}
