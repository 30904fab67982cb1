using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Findings;

namespace Noroshi.Hub.Tests.Reports;

/// <summary>Reads pages back as XML: what does not parse is not well formed.</summary>
internal static class PageReader
{
    public const string Svg = "{http://www.w3.org/2000/svg}";

    private const string Doctype = "<!doctype html>\n";

    public static XElement Read(ReportFile page)
    {
        if (!page.Content.StartsWith(Doctype, StringComparison.Ordinal))
        {
            throw new XmlException("no document type");
        }

        using var reader = XmlReader.Create(
            new StringReader(page.Content[Doctype.Length..]),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit }
        );
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>Elements and classes in their order, without texts and without the figures' insides.</summary>
    public static string Shape(XElement element) =>
        string.Join(
            '\n',
            element
                .DescendantsAndSelf()
                .Where(one => one.Name.NamespaceName.Length == 0 || one.Name.LocalName == "svg")
                .Select(one => $"{one.Name.LocalName} {one.Attribute("class")?.Value} {one.Attribute("data-hint") is not null}")
        );

    /// <summary>Where the texts of a figure stand, by the same estimate as the layout.</summary>
    public static IReadOnlyList<LabelBox> LabelsOf(XElement svg) =>
        [
            .. svg.Descendants($"{Svg}text")
                .Select(text =>
                {
                    double Of(string name) => double.Parse(text.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
                    var size = Of("font-size");
                    var width = TextWidth.Of(text.Value, size);
                    var left = (text.Attribute("text-anchor")?.Value) switch
                    {
                        "middle" => Of("x") - (width / 2),
                        "end" => Of("x") - width,
                        _ => Of("x"),
                    };
                    return new LabelBox(text.Value, left, Of("y") - (size * 0.88), width, size * 1.15);
                }),
        ];
}
