using System.Xml.Linq;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Findings;
using Shouldly;

namespace Noroshi.Hub.Tests.Reports;

/// <summary>What holds for every page, whatever strangers wrote.</summary>
internal static class PageRules
{
    private static readonly HashSet<string> Elements = new(
        (
            "html head meta title style body header span small a main p h1 h2 h3 section div table caption thead tbody tr th td dl dt dd ol ul li "
            + "strong code bdi details summary footer svg desc defs pattern line rect circle path text g"
        ).Split(' '),
        StringComparer.Ordinal
    );

    private static readonly HashSet<string> Attributes = new(
        (
            "lang charset http-equiv content name class href hreflang id scope data-label data-hint tabindex role aria-label aria-labelledby "
            + "viewBox width height x y x1 y1 x2 y2 cx cy r rx d fill font-size text-anchor patternUnits patternTransform xmlns style"
        ).Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>Well formed; nothing that runs, loads, or leads out of the folder.</summary>
    public static void Check(ReportFile page)
    {
        var root = PageReader.Read(page);
        foreach (var element in root.DescendantsAndSelf())
        {
            Elements.Contains(element.Name.LocalName).ShouldBeTrue($"{page.Name}: {element.Name}");
            foreach (var attribute in element.Attributes())
            {
                Attributes.Contains(attribute.Name.LocalName).ShouldBeTrue($"{page.Name}: {attribute}");
                if (attribute.Name.LocalName is "href" or "fill" or "style")
                {
                    IsHarmless(attribute).ShouldBeTrue($"{page.Name}: {attribute}");
                }
            }
        }

        var ids = root.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>().ToList();
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Count, page.Name);
        root.Descendants("meta")
            .ShouldContain(meta =>
                (meta.Attribute("content") ?? new XAttribute("content", "")).Value.StartsWith(
                    "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
                    StringComparison.Ordinal
                )
            );
        root.Descendants("style").Single().Value.ShouldNotContain("url(");
        root.Descendants("style").Single().Value.ShouldNotContain("@import");
        VisibleText.Of(page.Content).ShouldBe(page.Content, page.Name);
    }

    private static bool IsHarmless(XAttribute attribute) =>
        attribute.Name.LocalName switch
        {
            "href" => attribute.Value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_')
                && attribute.Value.EndsWith(".html", StringComparison.Ordinal),
            "fill" => attribute.Value.StartsWith("url(#figure", StringComparison.Ordinal),
            _ => attribute.Value.StartsWith("min-width:", StringComparison.Ordinal)
                && attribute.Value.EndsWith("px", StringComparison.Ordinal),
        };
}

/// <summary>What holds for every figure.</summary>
internal static class FigureRules
{
    public static void Check(IReadOnlyList<LabelBox> labels, double width, string where)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            labels[i].X.ShouldBeGreaterThanOrEqualTo(-1, $"{where}: {labels[i]}");
            (labels[i].X + labels[i].Width).ShouldBeLessThanOrEqualTo(width + 1, $"{where}: {labels[i]}");
            for (var j = i + 1; j < labels.Count; j++)
            {
                labels[i].Overlaps(labels[j]).ShouldBeFalse($"{where}: {labels[i]} and {labels[j]}");
            }
        }
    }
}
