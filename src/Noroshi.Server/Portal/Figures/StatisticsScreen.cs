using System.Globalization;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Statistics;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Statistics;

namespace Noroshi.Server.Portal.Figures;

/// <summary>統計: hub roles see every figure, members those that are final in the form that may leave the hub.</summary>
internal static class StatisticsScreen
{
    /// <summary>Families that a chart shows, in this order.</summary>
    private static readonly string[] Charted = ["mailKind", "attachmentType", "senderRegion", "c2Region"];

    /// <summary>Routes.</summary>
    public static void Map(PortalRoutes routes) => routes.Get("/statistics", Policies.ReadStatistics, ShowAsync);

    private static async Task ShowAsync(HttpContext context, StatisticsWork work, TimeProvider time, string? period)
    {
        var page = new PortalPage(context) { Tlp = "AMBER+STRICT" };
        var now = Period.OfMonth(time.GetUtcNow()).FiscalYear;
        var asked = string.IsNullOrWhiteSpace(period)
            ? Period.OfYear(now)
            : Period.Parse(period.Trim()) ?? throw ProblemException.Invalid(StatisticsWords.WrongPeriod.Ja, StatisticsWords.WrongPeriod.En);
        page.Title($"{page.Say(FrameWords.Statistics)}: {PeriodWords.Name(asked, page.IsJapanese)}", StatisticsWords.Explained);
        WriteChoice(page, asked, now);
        var ofHub = context.Actor().Roles.Overlaps(RoleTable.Hub);
        IReadOnlyList<Statistic> figures;
        if (ofHub)
        {
            figures = await work.OfAsync(asked, recount: false, context.RequestAborted);
        }
        else if (work.Frozen(asked) is { } kept)
        {
            figures = SmallCells.Outward(kept.Standing.Figures, new CellRule());
        }
        else
        {
            // What is still counted tells by its changes when somebody provided.
            page.Html.Leaf("p", page.Say(StatisticsWords.NotFinal), ("class", "card"));
            await page.WriteAsync(page.Say(FrameWords.Statistics));
            return;
        }

        var state = figures.Any(one => one.State == StatisticState.Preliminary) ? StatisticsWords.Preliminary : StatisticsWords.Final;
        page.Html.Open("p").Leaf("span", page.Say(state), ("class", "chip grade-live")).Text(" ");
        page.Html.Leaf("a", page.Say(StatisticsWords.Csv), ("href", $"/api/v1/statistics?period={asked.Id}&format=csv")).Close();
        var all = figures.Where(one => one.Group is null && StatisticDefinitions.Knows(one.Id)).ToList();
        WriteCharts(page, all);
        WriteTable(page, all);
        await page.WriteAsync(page.Say(FrameWords.Statistics));
    }

    private static void WriteChoice(PortalPage page, Period asked, int now)
    {
        page.Html.Open("form", ("method", "get"), ("action", "/statistics"), ("class", "acts noprint"));
        page.Field(("period", StatisticsWords.Period), ("type", "text"), ("value", asked.Id), ("maxlength", "8"), ("list", "periods"));
        page.Html.Open("datalist", ("id", "periods"));
        foreach (var year in Enumerable.Range(0, 4).Select(back => Period.OfYear(now - back)))
        {
            page.Html.Leaf("option", PeriodWords.Name(year, page.IsJapanese), ("value", year.Id));
        }

        page.Html.Close();
        page.Button(StatisticsWords.Show);
        page.Html.Close();
    }

    private static void WriteCharts(PortalPage page, List<Statistic> figures)
    {
        var at = 0;
        foreach (var family in Charted)
        {
            var parts = figures
                .Where(one => one.Id.StartsWith(family + ".", StringComparison.Ordinal) && !one.Suppressed && one.Rounded is not null)
                .ToList();
            if (parts.Count == 0)
            {
                continue;
            }

            var bars = new BarFigure([
                .. parts
                    .OrderByDescending(one => one.Value)
                    .Take(BarFigure.MostCompared)
                    .Select(one => new Bar(
                        NameOf(page, one),
                        (double)(one.Value ?? 0),
                        $"{one.Rounded}%",
                        (double?)one.Previous?.Value,
                        one.Previous?.Rounded is { } before ? $"{before}%" : ""
                    )),
            ]);
            var title = page.Say(StatisticDefinitions.Of(family).Title);
            var of = parts[0].Denominator is { } whole ? $" (N={PortalPage.Number(whole)})" : "";
            page.Html.Open("section", ("class", "card")).Leaf("h2", title + of);
            page.Html.Open(
                    "div",
                    ("class", "wide"),
                    ("tabindex", "0"),
                    ("role", "region"),
                    ("aria-label", title),
                    ("data-hint", page.Say(FrameWords.Scroll))
                )
                .Add(bars.Draw(new FigureText(string.Create(CultureInfo.InvariantCulture, $"bars{++at}"), title, bars.Describe())).Svg)
                .Close(2);
        }
    }

    private static void WriteTable(PortalPage page, List<Statistic> figures)
    {
        page.Html.Open("section", ("class", "card"));
        page.OpenTable(
            StatisticsWords.Main,
            "stack dense",
            StatisticsWords.Figure,
            StatisticsWords.Value,
            StatisticsWords.Of,
            StatisticsWords.Before,
            StatisticsWords.Excluded
        );
        foreach (var one in figures)
        {
            page.Html.Open("tr").Leaf("th", TitleOf(page, one), ("scope", "row"));
            page.Cell(StatisticsWords.Value, "num").Text(one.Suppressed ? page.Say(StatisticsWords.Hidden) : Written(page, one)).Close();
            page.Cell(StatisticsWords.Of)
                .Text(one.Denominator is { } whole ? $"{page.Say(StatisticDefinitions.Of(one.Id).Of)} {PortalPage.Number(whole)}" : "")
                .Close();
            page.Cell(StatisticsWords.Before, "num")
                .Text(one.Previous is { } before ? Written(page, one with { Value = before.Value, Rounded = before.Rounded }) : "")
                .Close();
            page.Cell(StatisticsWords.Excluded)
                .Text(
                    string.Join(
                        ", ",
                        one.Excluded.Where(other => other.Count > 0).Select(other => $"{other.Reason} {PortalPage.Number(other.Count)}")
                    )
                )
                .Close(2);
        }

        page.Html.Close(3);
    }

    private static string Written(PortalPage page, Statistic one) =>
        one switch
        {
            { Unit: "percent", Rounded: { } percent } => $"{PortalPage.Number(percent)}{page.Say(StatisticsWords.Percent)}",
            { Unit: "minute", Value: { } minutes } =>
                $"{minutes.ToString("0.#", CultureInfo.InvariantCulture)} {page.Say(StatisticsWords.Minutes)}",
            { Value: { } value } => value.ToString("#,0.#", CultureInfo.InvariantCulture),
            _ => "-",
        };

    private static string TitleOf(PortalPage page, Statistic one)
    {
        var title = page.Say(StatisticDefinitions.Of(one.Id).Title);
        return one.Id.Contains('.', StringComparison.Ordinal) ? $"{title}: {NameOf(page, one)}" : title;
    }

    private static string NameOf(PortalPage page, Statistic one) =>
        CategoryWords.Of(one.Id) is { } words ? page.Say(words) : one.Id[(one.Id.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
