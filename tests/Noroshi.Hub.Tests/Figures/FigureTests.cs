using System.Text.RegularExpressions;
using CsCheck;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Findings;
using Noroshi.Hub.Tests.Reports;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Figures;

public sealed partial class FigureTests
{
    private static readonly FigureText About = new("figure1", "Title", "Description");
    private static readonly DateTimeOffset Start = new(2013, 10, 1, 9, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void Colours_are_told_apart_in_both_modes()
    {
        var colours = FigureStyle.Colours.ToDictionary(colour => colour.Name, StringComparer.Ordinal);
        foreach (var (front, back, least) in FigureStyle.Pairs)
        {
            FigureStyle
                .Contrast(colours[front].Light, colours[back].Light)
                .ShouldBeGreaterThanOrEqualTo(least, $"light: {front} on {back}");
            FigureStyle.Contrast(colours[front].Dark, colours[back].Dark).ShouldBeGreaterThanOrEqualTo(least, $"dark: {front} on {back}");
        }

        FigureStyle.Contrast("#000000", "#ffffff").ShouldBe(21, 0.01);
        FigureStyle.Contrast("#767676", "#ffffff").ShouldBe(4.54, 0.01);
    }

    [Fact]
    public void Every_colour_used_is_in_the_table_and_every_text_colour_is_checked_against_some_ground()
    {
        var names = FigureStyle.Colours.Select(colour => colour.Name).ToHashSet(StringComparer.Ordinal);
        var used = Variable().Matches(PageStyle.Css).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        used.ShouldAllBe(name => names.Contains(name));
        used.Count.ShouldBe(names.Count);
        var checkedFronts = FigureStyle.Pairs.Where(pair => pair.Least >= 4.5).Select(pair => pair.Front).ToHashSet(StringComparer.Ordinal);
        foreach (Match text in TextColour().Matches(PageStyle.Css))
        {
            checkedFronts.Contains(text.Groups["name"].Value).ShouldBeTrue(text.Value);
        }
    }

    [Fact]
    public void However_messages_fall_no_label_lies_on_another_and_none_stands_outside() =>
        Lanes().Sample(figure => Check(figure.Draw(About)), iter: 300);

    [Fact]
    public void Long_silences_are_breaks_and_long_exchanges_go_on_below()
    {
        var near = Figure(0, 30, 90).Draw(About);
        var far = Figure(0, 30, 6_000).Draw(About);
        near.Svg.Text.ShouldNotContain("#figure1-hatch");
        far.Svg.Text.ShouldContain("url(#figure1-hatch)");
        far.Labels.ShouldContain(label => label.Text == "4 days");
        Figure([.. Enumerable.Range(0, 60).Select(i => i * 50.0)]).Draw(About).Height.ShouldBeGreaterThan(near.Height * 4);
        Figure([.. Enumerable.Range(0, 3_000).Select(i => i * 50.0)]).Draw(About).Labels.Count.ShouldBeLessThan(SwimLane.MostMarks * 6);
    }

    [Fact]
    public void A_message_without_a_time_follows_the_one_before_it()
    {
        var figure = Figure(0, 30, 60);
        figure = figure with { Marks = [figure.Marks[0], figure.Marks[1] with { At = null, Time = "?" }, figure.Marks[2]] };
        var labels = figure.Draw(About).Labels;
        double At(string text) => labels.Single(label => label.Text == text).X;
        At("?").ShouldBeInRange(At("09:00"), At("10:00"));
    }

    [Fact]
    public void An_empty_figure_is_still_a_figure()
    {
        new SwimLane([], [], [], Words).Draw(About).Height.ShouldBeGreaterThan(0);
        new MatrixFigure([], [], "w").Draw(About).Height.ShouldBeGreaterThan(0);
        new ArcFigure([], []).Draw(About).Height.ShouldBeGreaterThan(0);
        new HopFigure([]).Draw(About).Height.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Routes_of_any_length_and_any_names_keep_their_labels_apart() =>
        Gen.Select(Name, Name, Gen.Bool, (name, second, own) => new HopNode(name, second, "10:27 ESMTPS", "+12 s", own))
            .List[0, 45]
            .Sample(nodes => Check(new HopFigure(nodes).Draw(About)), iter: 100);

    [Fact]
    public void Matrices_and_graphs_of_any_size_keep_their_labels_apart()
    {
        Gen.Select(Gen.Int[0, 24], Gen.Int[0, 30], Name)
            .Sample(
                (columns, rows, name) =>
                    Check(
                        new MatrixFigure(
                            [.. Enumerable.Range(0, columns).Select(i => ($"#{i}", name))],
                            [.. Enumerable.Range(0, rows).Select(i => new MatrixRow(name, name, [.. Enumerable.Range(0, columns)], i, ""))],
                            name
                        ).Draw(About)
                    ),
                iter: 60
            );
        Gen.Select(Gen.Int[0, 70], Name)
            .Sample(
                (nodes, name) =>
                    Check(
                        new ArcFigure(
                            [.. Enumerable.Range(0, nodes).Select(_ => (name, name))],
                            [.. Enumerable.Range(0, nodes).Select(i => new ArcTie(i, nodes - 1 - i, i % 2 == 0, name))]
                        ).Draw(About)
                    ),
                iter: 60
            );
    }

    [Fact]
    public void Bars_of_any_number_keep_their_labels_apart_and_tell_their_numbers()
    {
        Gen.Select(Gen.Select(Name, Gen.Double[0, 1_000], Gen.Bool).List[0, 40], Gen.Bool)
            .Sample(
                (draws, beside) =>
                    Check(
                        new BarFigure([
                            .. draws.Select(draw => new Bar(
                                draw.Item1,
                                draw.Item2,
                                "28%",
                                beside ? draw.Item2 / 2 : null,
                                beside ? "7%" : ""
                            )),
                        ]).Draw(About)
                    ),
                iter: 100
            );
        new BarFigure([new Bar("日本", 28, "28%", 7, "7%"), new Bar("その他", 72, "72%")]).Describe().ShouldBe("日本 7% → 28%; その他 72%");
    }

    private static AxisWords Words { get; } =
        new((at, _) => at.ToString("d MMM (ddd)", System.Globalization.CultureInfo.InvariantCulture), span => $"{span.TotalDays:F0} days");

    private static Gen<string> Name { get; } =
        Gen.OneOf(Gen.String[Gen.Char["abc.-ABCmW"], 0, 60], Gen.String[Gen.Char["製品問い合わせ窓口"], 0, 40], Gen.String);

    private static Gen<SwimLane> Lanes() =>
        Gen.Select(Gen.Int[1, 5], Gen.Select(Gen.Int[0, 4], Gen.Double[0, 12], Gen.Int[0, 3], Gen.Bool).List[0, 60], Gen.Bool)
            .Select(
                (lanes, draws, perLane) =>
                {
                    var minutes = 0.0;
                    var seen = new HashSet<string>(StringComparer.Ordinal);
                    var marks = draws.ConvertAll(draw =>
                    {
                        // From seconds to months between two messages.
                        minutes += Math.Exp(draw.Item2) - 1;
                        var lane = draw.Item1 % lanes;
                        var thread = perLane ? $"{lane}" : "one";
                        return new LaneMark
                        {
                            Lane = lane,
                            Thread = thread,
                            Kind = (MarkKind)draw.Item3,
                            Letter = "Rc",
                            Manner = (MarkManner)(draw.Item3 % 3),
                            Small = draw.Item3 == 3,
                            At = draw.Item4 ? Start.AddMinutes(minutes) : null,
                            Time = draw.Item4 ? "09:00" : "時刻不明",
                            Note = "#12-34",
                            Gap = seen.Add(thread) ? "" : "12.3時間",
                            Prompt = draw.Item4,
                        };
                    });
                    List<LaneFrame> frames =
                        marks.Count > 3 ? [new([0, 1], "4分間に3つの窓口へ並行"), new([2, 3], "4分間に2つの窓口へ並行")] : [];
                    return new SwimLane(
                        [.. Enumerable.Range(0, lanes).Select(i => new Lane($"#{i} 架空の組織の名前 {i}", "製品問い合わせ窓口"))],
                        marks,
                        frames,
                        Words
                    );
                }
            );

    private static SwimLane Figure(params IReadOnlyList<double> minutes) =>
        new(
            [new Lane("A", "B")],
            [
                .. minutes.Select(
                    (minute, i) =>
                        new LaneMark
                        {
                            Lane = 0,
                            Thread = "t",
                            Kind = MarkKind.Reply,
                            Letter = "R",
                            At = Start.AddMinutes(minute),
                            Time = Start.AddMinutes(minute).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture),
                            Gap = i == 0 ? "" : "30 min",
                        }
                ),
            ],
            [],
            Words
        );

    private static void Check(Figure figure)
    {
        FigureRules.Check(figure.Labels, figure.Width, "figure");
        figure.Labels.ShouldAllBe(label => label.Y >= -1 && label.Y + label.Height <= figure.Height + 1);
        System.Xml.Linq.XElement.Parse(figure.Svg.Text).Name.LocalName.ShouldBe("svg");
    }

    [GeneratedRegex(@"var\(--(?<name>[a-z-]+)\)", RegexOptions.None, 1_000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"[;{]color:var\(--(?<name>[a-z-]+)\)", RegexOptions.None, 1_000)]
    private static partial Regex TextColour();
}
