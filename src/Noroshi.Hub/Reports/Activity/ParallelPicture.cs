using System.Globalization;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Cases;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;

namespace Noroshi.Hub.Reports.Activity;

/// <summary>The parallel picture for readers outside: lanes without names, minutes since the first mail instead of times.</summary>
internal static class ParallelPicture
{
    /// <summary>Minutes since nothing: the picture shows distances only.</summary>
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.FromHours(9));

    public static ChartBlock Of(Making making, CaseSheet sheet, CaseAnalysis cases, ParallelContacts parallel, string id, string caption)
    {
        var ja = making.Ja;
        var letter = ja ? "偵" : "Rc";
        var marks = parallel
            .Cases.Select(
                (one, lane) =>
                    new LaneMark
                    {
                        Lane = lane,
                        Thread = one.Label,
                        Kind = MarkKind.Reconnaissance,
                        Letter = letter,
                        At = Start + TimeSpan.FromMinutes(one.Minute),
                        Time = After(one.Minute, ja),
                        Note = one.Label,
                        Hint = $"{one.Label} {After(one.Minute, ja)}",
                    }
            )
            .ToList();
        var frame = ja
            ? $"{sheet.Windows(parallel).Text}{Told.Counter(parallel.Windows)}窓口、{sheet.Minutes(parallel).Text}分"
            : $"{sheet.Windows(parallel).Text} windows, {sheet.Minutes(parallel).Text} minutes";
        var lanes = parallel.Cases.Select((one, at) => new Lane(LaneName(at, ja), one.Label)).ToList();
        var description =
            string.Join(ja ? "、" : "; ", parallel.Cases.Select(one => $"{one.Label} {After(one.Minute, ja)}"))
            + (ja ? "。" : ". ")
            + frame;
        var swim = new SwimLane(
            lanes,
            marks,
            [new LaneFrame([.. marks.Select((_, at) => at)], frame)],
            new AxisWords((_, _) => ja ? "最初のメールからの時間" : "since the first mail", span => $"{(int)span.TotalMinutes}")
        );
        return new ChartBlock
        {
            Id = id,
            Caption = caption,
            Description = description,
            Picture = swim.Draw(new FigureText(id.Replace("-", "", StringComparison.Ordinal), caption, description)),
            Data = new TableBlock
            {
                Id = $"{id}-data",
                Caption = caption,
                Columns =
                [
                    new(ja ? "窓口" : "Window"),
                    new(ja ? "事例" : "Case"),
                    new(ja ? "最初のメールからの時間(分)" : "Minutes since the first mail", true),
                ],
                Rows =
                [
                    .. parallel.Cases.Select(
                        (one, at) =>
                            (IReadOnlyList<IReadOnlyList<Run>>)
                                [
                                    [new TextRun(LaneName(at, ja))],
                                    [new TextRun(one.Label)],
                                    [sheet.Since(one.Label, one.Minute)],
                                ]
                    ),
                ],
            },
            Note = making
                .Say(
                    $"N={sheet.Windows(parallel)}(窓口)。単位:分。最初のメールが届いてからの時間。事例の一覧:{cases.List}。",
                    $"N={sheet.Windows(parallel)} windows. Unit: minutes since the earliest mail. Case list: {cases.List}."
                )
                .Runs,
        };
    }

    private static string LaneName(int at, bool ja) => ja ? $"窓口{(char)('A' + (at % 26))}" : $"Window {(char)('A' + (at % 26))}";

    private static string After(double minute, bool ja) =>
        ja
            ? string.Create(CultureInfo.InvariantCulture, $"+{Math.Round(minute, MidpointRounding.AwayFromZero)}分")
            : string.Create(CultureInfo.InvariantCulture, $"+{Math.Round(minute, MidpointRounding.AwayFromZero)} min");
}
