using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Texts;

/// <summary>Shares as bars with the period before beside, and as a table.</summary>
internal static class ShareChart
{
    /// <summary>The chart; null when there is nothing to show.</summary>
    /// <param name="sheet">Figures.</param>
    /// <param name="shares">Shares of one whole, in the order of the bars.</param>
    /// <param name="id">Anchor.</param>
    /// <param name="caption">Caption with its number.</param>
    public static ChartBlock? Of(FigureSheet sheet, IReadOnlyList<Statistic> shares, string id, string caption)
    {
        var shown = Limited(sheet, [.. shares.Where(one => one.Numerator > 0 || one.Previous?.Numerator > 0)]);
        if (shown.Count == 0)
        {
            return null;
        }

        var told = new Told(sheet);
        var figure = new BarFigure([
            .. shown.Select(one => new Bar(
                told.NameOf(one),
                (double)(one.Value ?? 0),
                sheet.Percent(one).Text,
                sheet.Before(one) is { Value: { } before } ? (double)before : null,
                sheet.Percent(sheet.Before(one)).Text
            )),
        ]);
        var description = Describe(sheet, shown, told);
        return new ChartBlock
        {
            Id = id,
            Caption = caption,
            Description = description,
            Picture = figure.Draw(new FigureText(id.Replace("-", "", StringComparison.Ordinal), caption, description)),
            Data = DataOf(sheet, shown, id, caption, told),
            Note = NoteOf(sheet, shown[0]),
        };
    }

    /// <summary>Largest first; what is several or unknown behind them.</summary>
    public static IReadOnlyList<Statistic> Ranked(IReadOnlyList<Statistic> family) =>
        [
            .. family
                .OrderBy(one => one.Id.EndsWith(".unknown", StringComparison.Ordinal) ? 1 : 0)
                .ThenByDescending(one => one.Numerator)
                .ThenByDescending(one => one.Previous?.Numerator)
                .ThenBy(one => one.Id, StringComparer.Ordinal),
        ];

    /// <summary>More than can be drawn side by side: the smallest are put together, which is a figure of its own.</summary>
    private static IReadOnlyList<Statistic> Limited(FigureSheet sheet, IReadOnlyList<Statistic> shares)
    {
        if (shares.Count <= BarFigure.MostCompared)
        {
            return shares;
        }

        var kept = shares.Take(BarFigure.MostCompared - 1).ToList();
        var rest = shares.Skip(kept.Count).ToList();
        var family = shares[0].Id.Split('.')[0];
        var part = rest.Sum(one => one.Numerator ?? 0);
        var (whole, wholeBefore) = (shares[0].Denominator ?? 0, shares[0].Previous?.Denominator ?? 0);
        var partBefore = rest.Sum(one => one.Previous?.Numerator ?? 0);
        var others = new Statistic
        {
            Id = $"{family}.others",
            Period = shares[0].Period,
            Unit = "percent",
            Numerator = part,
            Denominator = whole,
            Value = Arithmetic.Percent(part, whole),
            Rounded = Arithmetic.Rounded(part, whole),
            Population = shares[0].Population,
            CategoryVersion = shares[0].CategoryVersion,
            State = shares[0].State,
            Previous = shares[0].Previous is { } before
                ? before with
                {
                    Numerator = partBefore,
                    Value = Arithmetic.Percent(partBefore, wholeBefore),
                    Rounded = Arithmetic.Rounded(partBefore, wholeBefore),
                }
                : null,
        };
        kept.Add(
            sheet.Put(
                others,
                sheet.Ja ? "図に個別に示していない区分を合計したもの。" : "The categories that the figure does not show one by one."
            )
        );
        return kept;
    }

    private static string Describe(FigureSheet sheet, IReadOnlyList<Statistic> shown, Told told) =>
        string.Join(
            sheet.Ja ? "、" : "; ",
            shown.Select(one =>
                sheet.Before(one) is { } before
                    ? $"{told.NameOf(one)} {sheet.Percent(before).Text} → {sheet.Percent(one).Text}"
                    : $"{told.NameOf(one)} {sheet.Percent(one).Text}"
            )
        );

    private static TableBlock DataOf(FigureSheet sheet, IReadOnlyList<Statistic> shown, string id, string caption, Told told)
    {
        var ja = sheet.Ja;
        var now = NameOf(shown[0].Period, ja);
        var before = shown[0].Previous is { } previous ? NameOf(previous.Period, ja) : null;
        var columns = new List<TableColumn>
        {
            new(ja ? "区分" : "Category"),
            new(ja ? $"{now}(件)" : $"{now}, number", true),
            new(ja ? $"{now}(割合)" : $"{now}, share", true),
        };
        if (before is not null)
        {
            columns.Add(new(ja ? $"{before}(件)" : $"{before}, number", true));
            columns.Add(new(ja ? $"{before}(割合)" : $"{before}, share", true));
        }

        return new TableBlock
        {
            Id = $"{id}-data",
            Caption = caption,
            Columns = columns,
            Rows =
            [
                .. shown.Select(one =>
                {
                    List<IReadOnlyList<Run>> row =
                    [
                        [new TextRun(told.NameOf(one))],
                        [sheet.Part(one)],
                        [sheet.Percent(one)],
                    ];
                    if (before is not null)
                    {
                        row.Add([sheet.Part(sheet.Before(one))]);
                        row.Add([sheet.Percent(sheet.Before(one))]);
                    }

                    return (IReadOnlyList<IReadOnlyList<Run>>)row;
                }),
            ],
        };
    }

    /// <summary>N, unit, period, category version, and that shares may not add to 100.</summary>
    private static IReadOnlyList<Run> NoteOf(FigureSheet sheet, Statistic one)
    {
        var ja = sheet.Ja;
        var period = Period.Parse(one.Period);
        var range = period is { } known ? PeriodWords.Range(known, ja) : one.Period;
        var n = sheet.Before(one) is { } before
            ? sheet.Say(
                $"N={sheet.N(one)}({NameOf(one.Period, ja)})、N={sheet.N(before)}({NameOf(before.Period, ja)})",
                $"N={sheet.N(one)} ({NameOf(one.Period, ja)}), N={sheet.N(before)} ({NameOf(before.Period, ja)})"
            )
            : sheet.Say($"N={sheet.N(one)}", $"N={sheet.N(one)}");
        var legend = one.Previous is { } beside ? LegendOf(NameOf(beside.Period, ja), NameOf(one.Period, ja), ja) : "";
        var of = StatisticDefinitions.Of(one.Id).Of.In(ja);
        return sheet
            .Say(
                $"{n}。{legend}母数:{of}。単位:%。期間:{range}。区分の版:{one.CategoryVersion}。四捨五入のため、割合の合計は100%にならないことがある。",
                $"{n}. {legend}Of: {of}. Unit: %. Period: {range}. Categories: {one.CategoryVersion}. Rounded, so that shares may not add up to 100 %."
            )
            .Runs;
    }

    /// <summary>Which bar is which, for readers who see the picture only.</summary>
    private static string LegendOf(string before, string now, bool ja) =>
        ja ? $"白抜きの棒は{before}、塗りつぶしの棒は{now}。" : $"Bars in outline are {before}, filled bars {now}. ";

    private static string NameOf(string period, bool ja) => Period.Parse(period) is { } known ? PeriodWords.Name(known, ja) : period;
}
