using System.Globalization;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;

namespace Noroshi.Exchange.Reports;

/// <summary>What every format prints of a figure that stands in the report.</summary>
/// <param name="Number">Its number in the list of definitions, from 1.</param>
/// <param name="Source">The figure.</param>
/// <param name="Value">As people read it: 113%, 385件, 13分.</param>
/// <param name="Made">From which numbers: 180/160; empty for counts.</param>
/// <param name="Population">Population in words.</param>
/// <param name="LeftOut">What is not in it, with counts.</param>
internal sealed record SourceRow(int Number, FigureSource Source, string Value, string Made, string Population, string LeftOut)
{
    /// <summary>Anchor of the definition.</summary>
    public string Anchor => AnchorOf(Number);

    /// <summary>All of a report's, in their order.</summary>
    public static IReadOnlyList<SourceRow> Of(ReportDocument document) =>
        [.. document.Sources.Select((one, at) => Of(at + 1, one, document.Ja))];

    /// <summary>Anchor of the definition of that number.</summary>
    public static string AnchorOf(int number) => string.Create(CultureInfo.InvariantCulture, $"definition-{number}");

    private static SourceRow Of(int number, FigureSource source, bool ja)
    {
        var figure = source.Figure;
        return new SourceRow(
            number,
            source,
            ValueOf(figure, ja),
            figure is { Numerator: { } part, Denominator: { } whole } ? $"{Grouped(part)}/{Grouped(whole)}" : "",
            ReportWords.PopulationOf(figure, ja),
            string.Join(
                ja ? "、" : ", ",
                figure.Excluded.Select(one => $"{ReportWords.ReasonOf(one.Reason, ja)}{(ja ? "" : " ")}{Grouped(one.Count)}")
            )
        );
    }

    private static string ValueOf(Statistic figure, bool ja)
    {
        if (figure.Suppressed)
        {
            return ReportWords.NotTold.In(ja);
        }

        var number =
            figure.Rounded is { } rounded ? Grouped(rounded)
            : figure.Value is { } value ? value.ToString("#,0.##", CultureInfo.InvariantCulture)
            : figure.Numerator is { } count ? Grouped(count)
            : null;
        var unit = ReportWords.UnitOf(figure.Unit, ja);
        return number is null ? ReportWords.Unknown.In(ja)
            : ja || figure.Unit == "percent" ? number + unit
            : $"{number} {unit}";
    }

    private static string Grouped(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
