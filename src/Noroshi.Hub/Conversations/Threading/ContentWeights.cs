namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Weights learned on the tuned half of the public mails; <c>./noroshi evaluate threading-weights</c> prints these rows anew.</summary>
internal static class ContentWeights
{
    private const double ThreadChance = 0.62;
    private const double ThreadAbsent = -1.96;
    private const double ThreadBias = -1.73;

    private static readonly (ContentSign Sign, double Parent, double Thread)[] Signs =
    [
        (ContentSign.QuotesOwn, 3.51, 0.79),
        (ContentSign.QuotesOnlyOwn, 1.17, 0.68),
        (ContentSign.QuotesMuch, 1.69, 0.37),
        (ContentSign.QuotesSame, 2.41, 1.74),
        (ContentSign.QuotesOn, 1.51, 0.74),
        (ContentSign.QuotesTwice, 2.15, 1.24),
        (ContentSign.Repeats, 2.78, -1.37),
        (ContentSign.Names, 0.47, 0.16),
        (ContentSign.NamesOther, -1.89, -0.09),
        (ContentSign.Dates, 0.60, 0.50),
        (ContentSign.DatesOther, -0.57, 0.18),
        (ContentSign.SameSubject, 2.79, 4.19),
        (ContentSign.Bare, 0.73, 0.55),
        (ContentSign.BareGap, -0.37, 1.07),
        (ContentSign.SameTitle, -0.07, 3.54),
        (ContentSign.WasSubject, 1.22, 4.07),
        (ContentSign.ToWriter, 1.38, -0.47),
        (ContentSign.FromReceiver, -0.05, -0.55),
        (ContentSign.SameWriter, -1.52, 0.01),
        (ContentSign.Greets, 1.00, 0.22),
        (ContentSign.Gap, -3.64, -2.97),
        (ContentSign.Between, -0.42, 0.46),
        (ContentSign.Opens, 0.10, 0.38),
        (ContentSign.Later, -2.58, -0.23),
    ];

    private static readonly (AbsenceSign Sign, double Absent)[] Absence =
    [
        (AbsenceSign.Always, 2.20),
        (AbsenceSign.NotMarked, -0.77),
        (AbsenceSign.Quotes, 1.33),
        (AbsenceSign.QuoteUnknown, 1.23),
        (AbsenceSign.NameUnknown, -0.43),
    ];

    /// <summary>The weights in use.</summary>
    public static ContentModel Current { get; } =
        new(
            [.. Signs.OrderBy(row => row.Sign).Select(row => row.Parent)],
            [.. Absence.OrderBy(row => row.Sign).Select(row => row.Absent)],
            new ThreadWeights([.. Signs.OrderBy(row => row.Sign).Select(row => row.Thread)], ThreadChance, ThreadAbsent, ThreadBias)
        );
}
