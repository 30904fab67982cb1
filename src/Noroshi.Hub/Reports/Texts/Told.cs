using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Texts;

/// <summary>How a figure moved against the period before.</summary>
internal enum Movement
{
    /// <summary>Nothing is known of the period before.</summary>
    Unknown,

    /// <summary>None in either period.</summary>
    Nothing,

    /// <summary>None before, some now.</summary>
    FirstSeen,

    /// <summary>Some before, none now.</summary>
    Gone,

    /// <summary>Twice as much or more.</summary>
    Multiplied,

    /// <summary>More.</summary>
    Up,

    /// <summary>About the same.</summary>
    Same,

    /// <summary>Less.</summary>
    Down,

    /// <summary>Half as much or less.</summary>
    Collapsed,
}

/// <summary>
/// Sentences about figures, made of the figures: what rises, falls, stays, comes or goes. Past tense of the plain style, which the activity report
/// and the numbered items of a press release have in common.
/// </summary>
internal sealed class Told(FigureSheet sheet)
{
    /// <summary>Points of percent up to which a share is about the same.</summary>
    private const decimal NearPoints = 2;

    /// <summary>Percent up to which a count is about the same.</summary>
    private const decimal NearPercent = 5;

    private bool Ja => sheet.Ja;

    /// <summary>How a share moved.</summary>
    public static Movement MovementOf(Statistic one) =>
        one.Previous is not { Denominator: > 0 } before || one.Denominator is not > 0 ? Movement.Unknown
        : one.Numerator == 0 && before.Numerator == 0 ? Movement.Nothing
        : before.Numerator == 0 ? Movement.FirstSeen
        : one.Numerator == 0 ? Movement.Gone
        : one.Multiple >= 2 ? Movement.Multiplied
        : one.Multiple <= 0.5m ? Movement.Collapsed
        : Math.Abs((one.Value ?? 0) - (before.Value ?? 0)) <= NearPoints ? Movement.Same
        : one.Value > before.Value ? Movement.Up
        : Movement.Down;

    /// <summary>How a count moved, by its ratio in percent.</summary>
    public static Movement MovementOfRatio(Statistic? ratio) =>
        ratio?.Value is not { } percent ? Movement.Unknown
        : Math.Abs(percent - 100) <= NearPercent ? Movement.Same
        : percent > 100 ? Movement.Up
        : Movement.Down;

    /// <summary>A share against that of the period before, with both N where a multiple is said.</summary>
    /// <param name="one">The share.</param>
    /// <param name="name">What has the share.</param>
    public Prose Share(Statistic one, string name)
    {
        var before = sheet.Before(one);
        var (now, then) = (Year(one), before is null ? "" : Year(before));
        Run share = sheet.Percent(one),
            n = sheet.N(one),
            shareBefore = sheet.Percent(before),
            nBefore = sheet.N(before);
        return MovementOf(one) switch
        {
            Movement.Unknown => Say($"{name}は{share}(N={n})であった。", $"{Capital(name)} made up {share} (N={n})."),
            Movement.Nothing => Say($"{name}は、{then}、{now}とも観測されなかった。", $"No {name} were seen in {then} or {now}."),
            Movement.FirstSeen => Fresh(one, name, then),
            Movement.Gone => Say(
                $"{then}に{shareBefore}を占めた{name}は、{now}には観測されなかった。",
                $"{Capital(name)}, {shareBefore} in {then}, were not observed in {now}."
            ),
            Movement.Multiplied => Say(
                $"{name}は、{then}の{shareBefore}(N={nBefore})から、{Multiple(one)}の{share}(N={n})に増加した。",
                $"{Capital(name)} rose from {shareBefore} (N={nBefore}) in {then} to {share} (N={n}), {Multiple(one)} the share."
            ),
            Movement.Collapsed => Say(
                $"{then}に{shareBefore}を占めた{name}が、{share}まで大きく減少した。",
                $"{Capital(name)}, {shareBefore} in {then}, dropped to {share}."
            ),
            Movement.Up => Say(
                $"{name}は、{then}の{shareBefore}から{share}に増加した。",
                $"{Capital(name)} rose from {shareBefore} in {then} to {share}."
            ),
            Movement.Down => Say(
                $"{name}は、{then}の{shareBefore}から{share}に減少した。",
                $"{Capital(name)} fell from {shareBefore} in {then} to {share}."
            ),
            Movement.Same => Say(
                $"{name}は{share}で、{then}({shareBefore})とほぼ同じであった。",
                $"{Capital(name)} made up {share}, about the same as in {then} ({shareBefore})."
            ),
        };
    }

    /// <summary>Absent before; the first is said of years only, and of what this hub observed.</summary>
    private Prose Fresh(Statistic one, string name, string then)
    {
        Run share = sheet.Percent(one),
            n = sheet.N(one);
        return IsFirst(one)
            ? Say(
                $"{name}は、{then}には見られなかったが、本ハブの観測範囲では初めて観測され、{share}(N={n})を占めた。",
                $"Absent in {then}, {name} were first seen within what this hub observed and made up {share} (N={n})."
            )
            : Say(
                $"{name}は、{then}には見られなかったが、{share}(N={n})を占めた。",
                $"{Capital(name)}, absent in {then}, made up {share} (N={n})."
            );
    }

    /// <summary>Two shares that dropped to half or less, in one sentence.</summary>
    public Prose BothCollapsed(Statistic one, Statistic other)
    {
        var (before, otherBefore) = (sheet.Before(one), sheet.Before(other));
        var then = before is null ? "" : Year(before);
        return Say(
            $"{then}と比べると、{NameOf(one)}は{sheet.Percent(before)}から{sheet.Percent(one)}へ、{NameOf(other)}は{sheet.Percent(otherBefore)}から{sheet.Percent(other)}へと、いずれも大きく減少した。",
            $"Against {then}, {NameOf(one)} dropped from {sheet.Percent(before)} to {sheet.Percent(one)}, and {NameOf(other)} from {sheet.Percent(otherBefore)} to {sheet.Percent(other)}."
        );
    }

    /// <summary>The largest of a family: 最も多かったのは日本(28%)で、ブラジル(16%)、台湾(14%)が続いた。</summary>
    public Prose Ranking(IReadOnlyList<Statistic> family)
    {
        var ranked = family
            .Where(one => one.Numerator > 0 && !one.Id.EndsWith(Categories.UnknownValue, StringComparison.Ordinal))
            .OrderByDescending(one => one.Numerator)
            .ThenBy(one => one.Id, StringComparer.Ordinal)
            .Take(3)
            .ToList();
        if (ranked.Count == 0)
        {
            return Prose.Nothing;
        }

        Prose first = Name(ranked[0]);
        var others = ranked.Skip(1).Select(Name).ToList();
        return others.Count == 0
            ? Say($"観測されたのは{first}のみであった。", $"Only {first} were observed.")
            : Say(
                $"最も多かったのは{first}で、{Prose.Joined(others, "、")}が続いた。",
                $"The largest share was {first}, followed by {Prose.Joined(others, ", ", " and ")}."
            );
    }

    /// <summary>Of that much nothing is known.</summary>
    public Prose Unknown(Statistic? unknown, Words what) =>
        unknown is not { Numerator: > 0 }
            ? Prose.Nothing
            : Say(
                $"なお、{what.Ja}が分からないものが{sheet.Part(unknown)}件({sheet.Percent(unknown)})あった。",
                $"For {sheet.Part(unknown)} ({sheet.Percent(unknown)}) {what.En} is not known."
            );

    /// <summary>Name and share: 日本(28%).</summary>
    public Prose Name(Statistic one) => Say($"{NameOf(one)}({sheet.Percent(one)})", $"{NameOf(one)} ({sheet.Percent(one)})");

    /// <summary>Name of a category.</summary>
    public string NameOf(Statistic one) => (CategoryWords.Of(one.Id) ?? new Words(one.Id, one.Id)).In(Ja);

    /// <summary>約4倍; 2倍 where it is exact.</summary>
    public Prose Multiple(Statistic one)
    {
        var exact = one.Multiple is { } multiple && multiple == Math.Round(multiple, 1, MidpointRounding.AwayFromZero);
        return Say($"{(exact ? "" : "約")}{sheet.Times(one)}倍", $"{(exact ? "" : "about ")}{sheet.Times(one)} times");
    }

    /// <summary>Things that are counted with つ up to nine: 3つの窓口, 12の窓口.</summary>
    public static string Counter(long number) => number is > 0 and < 10 ? "つの" : "の";

    /// <summary>The text of the language.</summary>
    public Prose Say(Prose ja, Prose en) => sheet.Say(ja, en);

    /// <summary>A quarter is compared with that of the year before: what was not there then may have come in between.</summary>
    public static bool IsFirst(Statistic one) => one.FirstSeen && Period.Parse(one.Period) is { Kind: PeriodKind.Year };

    private string Year(Statistic one) => Period.Parse(one.Period) is { } period ? PeriodWords.Name(period, Ja) : one.Period;

    private static string Capital(string name) => char.IsAsciiLetterLower(name[0]) ? char.ToUpperInvariant(name[0]) + name[1..] : name;
}
