using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Hub.Statistics;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Reports.Checking;

/// <summary>What a report is checked against.</summary>
/// <param name="Told">Labels of the cases (<c>#4</c>) whose publication is approved now.</param>
/// <param name="Gate">The words of all members; null where the check runs without a hub.</param>
public sealed record CheckGround(IReadOnlySet<string> Told, LeakGate? Gate = null);

/// <summary>
/// The check before a report is decided: sources, mentions, totals, claims, approvals and the last look for words of members. It looks at the
/// finished document, so that edited wordings are checked like generated ones.
/// </summary>
public static class ReportChecker
{
    private const string Preliminary = "preliminary";

    /// <summary>The problems, in the order of the report.</summary>
    public static IReadOnlyList<ReportProblem> Check(ReportDocument report, CheckGround ground)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(ground);
        var sources = report.Sources.ToDictionary(one => one.Key, StringComparer.Ordinal);
        var known = KnownTexts(report);
        var problems = new List<ReportProblem>();
        foreach (var group in ReportRuns.Groups(report))
        {
            problems.AddRange(Numbers(group, sources, known));
            if (group.Place == RunPlace.Text)
            {
                problems.AddRange(
                    ClaimScan
                        .In(group.Runs, report.Ja)
                        .Select(word => new ReportProblem(ReportFault.ClaimWithoutPopulation, group.Id, word))
                );
            }

            problems.AddRange(Cases(group, ground.Told));
        }

        problems.AddRange(Mentions(report));
        problems.AddRange(Totals(report));
        problems.AddRange(Addresses(report));
        if (ground.Gate is { } gate)
        {
            problems.AddRange(Leaks(report, gate));
        }

        if (report.State == StatisticState.Preliminary)
        {
            problems.Add(new ReportProblem(ReportFault.Preliminary, null, Preliminary));
        }

        return [.. problems.Distinct()];
    }

    /// <summary>Versions and ids of lists may stand in a text as they are.</summary>
    private static HashSet<string> KnownTexts(ReportDocument report) =>
        [
            .. report
                .Sources.SelectMany(one => new[] { one.Figure.CategoryVersion, one.Figure.Period })
                .Append(MailCounting.Version)
                .Append(FreeMail.Version)
                .OrderByDescending(one => one.Length),
        ];

    private static IEnumerable<ReportProblem> Numbers(RunGroup group, Dictionary<string, FigureSource> sources, HashSet<string> known)
    {
        foreach (var run in group.Runs)
        {
            switch (run)
            {
                case FigureRun figure when !sources.TryGetValue(figure.Source, out var source):
                    yield return new ReportProblem(ReportFault.NumberWithoutSource, group.Id, figure.Text);
                    break;
                case FigureRun figure when FigurePrint.Of(sources[figure.Source].Figure, figure.Facet) != figure.Text:
                    yield return new ReportProblem(ReportFault.NumberChanged, group.Id, figure.Text);
                    break;
                case TextRun text:
                    foreach (var number in NumberScan.In(text.Text, known))
                    {
                        yield return new ReportProblem(ReportFault.NumberWithoutSource, group.Id, number);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Labels of cases: #4, #4-7.</summary>
    private static IEnumerable<ReportProblem> Cases(RunGroup group, IReadOnlySet<string> told)
    {
        foreach (var text in group.Runs.OfType<TextRun>().Select(one => one.Text))
        {
            for (var at = text.IndexOf('#', StringComparison.Ordinal); at >= 0; at = text.IndexOf('#', at + 1))
            {
                var end = at + 1;
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                {
                    end++;
                }

                if (end > at + 1 && !told.Contains(text[at..end]))
                {
                    yield return new ReportProblem(ReportFault.CaseWithoutApproval, group.Id, text[at..end]);
                }
            }
        }
    }

    private static IEnumerable<ReportProblem> Mentions(ReportDocument report)
    {
        var mentioned = ReportRuns.Of(report).OfType<ReferenceRun>().Select(run => run.Target).ToHashSet(StringComparer.Ordinal);
        var there = ReportRuns
            .Blocks(report)
            .Select(block =>
                block switch
                {
                    TableBlock table => table.Id,
                    ChartBlock chart => chart.Id,
                    _ => null,
                }
            )
            .OfType<string>()
            .ToList();
        foreach (var id in there.Where(id => !mentioned.Contains(id)))
        {
            yield return new ReportProblem(ReportFault.NotMentioned, id, id);
        }

        var anchors = there.Concat(report.Sections.Select(one => one.Id)).ToHashSet(StringComparer.Ordinal);
        foreach (var target in mentioned.Where(target => !anchors.Contains(target)).Order(StringComparer.Ordinal))
        {
            yield return new ReportProblem(ReportFault.MentionOfNothing, null, target);
        }
    }

    /// <summary>Parts of a picture's categories add up to its N, period by period; stages and ways in of cases to their number.</summary>
    private static IEnumerable<ReportProblem> Totals(ReportDocument report)
    {
        var figures = report.Sources.ToDictionary(one => one.Key, one => one.Figure, StringComparer.Ordinal);
        foreach (var chart in ReportRuns.Blocks(report).OfType<ChartBlock>())
        {
            var parts = chart
                .Data.Rows.SelectMany(row => row)
                .SelectMany(cell => cell)
                .OfType<FigureRun>()
                .Where(run => run.Facet == FigurePrint.Part)
                .Select(run => figures.GetValueOrDefault(run.Source))
                .OfType<Statistic>();
            foreach (var period in parts.Where(one => one.Denominator is not null).GroupBy(one => one.Period, StringComparer.Ordinal))
            {
                if (
                    period.Any(one => one.Denominator != period.First().Denominator)
                    || period.Sum(one => one.Numerator) != period.First().Denominator
                )
                {
                    yield return new ReportProblem(ReportFault.Total, chart.Id, period.Key);
                }
            }
        }

        foreach (var all in figures.Values.Where(one => one.Id == "conversationalCases"))
        {
            long Part(string name) => figures.GetValueOrDefault($"{all.Period}/conversationalCases.{name}")?.Numerator ?? 0;
            var stages = Part("reconnaissance") + Part("replied") + Part("attacked");
            var told = figures.ContainsKey($"{all.Period}/conversationalCases.reconnaissance");
            if (told && stages != all.Numerator)
            {
                yield return new ReportProblem(ReportFault.Total, null, all.Id);
            }
        }
    }

    private static IEnumerable<ReportProblem> Addresses(ReportDocument report) =>
        report
            .Contacts.SelectMany(one => one.Lines)
            .Where(line => line.Contains('@') || line.Contains('\uFF20'))
            .Select(line => new ReportProblem(ReportFault.MailAddress, null, line));

    /// <summary>Block by block, so that the place is told; what was found is not.</summary>
    private static IEnumerable<ReportProblem> Leaks(ReportDocument report, LeakGate gate)
    {
        var heads = report
            .Sections.Select(one => (one.Id, Text: one.Heading ?? ""))
            .Append(("title", $"{report.Title}\n{report.Subtitle}"))
            .Concat(ReportRuns.Blocks(report).OfType<ChartBlock>().Select(one => (one.Id, Text: $"{one.Caption}\n{one.Description}")));
        var groups = ReportRuns
            .Groups(report)
            .GroupBy(one => one.Id, StringComparer.Ordinal)
            .Select(one => (Id: one.Key, Text: string.Join('\n', one.Select(group => string.Concat(group.Runs.Select(run => run.Text))))));
        foreach (var (id, text) in heads.Concat(groups))
        {
            var verdict = gate.Inspect(text).Verdict;
            if (verdict != GateVerdict.Clear)
            {
                yield return new ReportProblem(verdict == GateVerdict.Blocked ? ReportFault.Leak : ReportFault.LeakToReview, id, id);
            }
        }
    }
}
