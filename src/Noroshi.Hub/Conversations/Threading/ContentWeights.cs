namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Weights learned on the tuned half of the public mails; <c>./noroshi evaluate threading-weights</c> prints these rows anew.</summary>
internal static class ContentWeights
{
    private const double ThreadChance = 0.61;
    private const double ThreadAbsent = -1.96;
    private const double ThreadBias = -1.72;

    private static readonly (ContentSign Sign, double Parent, double Thread)[] Signs =
    [
        (ContentSign.QuotesOwn, 3.68, 0.78),
        (ContentSign.QuotesOnlyOwn, 1.18, 0.68),
        (ContentSign.QuotesMuch, 1.35, 0.35),
        (ContentSign.QuotesSame, 2.49, 1.74),
        (ContentSign.QuotesOn, 1.56, 0.73),
        (ContentSign.QuotesTwice, 2.21, 1.23),
        (ContentSign.Repeats, 2.79, -1.35),
        (ContentSign.Names, 0.57, 0.15),
        (ContentSign.NamesOther, -1.80, -0.11),
        (ContentSign.Dates, 0.60, 0.50),
        (ContentSign.DatesOther, -0.56, 0.17),
        (ContentSign.SameSubject, 2.76, 4.19),
        (ContentSign.Bare, 0.80, 0.53),
        (ContentSign.BareGap, -0.45, 1.04),
        (ContentSign.SameTitle, -0.04, 3.52),
        (ContentSign.WasSubject, 1.19, 4.07),
        (ContentSign.ToWriter, 1.41, -0.43),
        (ContentSign.FromReceiver, -0.02, -0.50),
        (ContentSign.SameWriter, -1.49, 0.02),
        (ContentSign.Greets, 0.98, 0.21),
        (ContentSign.Gap, -3.52, -2.97),
        (ContentSign.Between, -0.35, 0.49),
        (ContentSign.Opens, 0.03, 0.37),
        (ContentSign.Later, -2.59, -0.16),
    ];

    private static readonly (AbsenceSign Sign, double Absent)[] Absence =
    [
        (AbsenceSign.Always, 2.24),
        (AbsenceSign.NotMarked, -0.77),
        (AbsenceSign.Quotes, 1.33),
        (AbsenceSign.QuoteUnknown, 1.37),
        (AbsenceSign.NameUnknown, -0.45),
    ];

    /// <summary>The weights in use.</summary>
    public static ContentModel Current { get; } =
        new(
            [.. Signs.OrderBy(row => row.Sign).Select(row => row.Parent)],
            [.. Absence.OrderBy(row => row.Sign).Select(row => row.Absent)],
            new ThreadWeights([.. Signs.OrderBy(row => row.Sign).Select(row => row.Thread)], ThreadChance, ThreadAbsent, ThreadBias)
        );
}
