namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Weights learned on the tuned half of the public mails; <c>./noroshi evaluate threading-weights</c> prints these rows anew.</summary>
internal static class ContentWeights
{
    private const double ThreadChance = 0.97;
    private const double ThreadAbsent = -1.72;
    private const double ThreadBias = -2.06;

    private static readonly (ContentSign Sign, double Parent, double Thread)[] Signs =
    [
        (ContentSign.QuotesOwn, 3.52, 0.79),
        (ContentSign.QuotesOnlyOwn, 1.19, 0.75),
        (ContentSign.QuotesMuch, 1.05, 0.07),
        (ContentSign.QuotesSame, 1.84, 1.73),
        (ContentSign.QuotesOn, 1.27, 0.77),
        (ContentSign.QuotesTwice, 1.64, 1.15),
        (ContentSign.Repeats, 2.14, -1.26),
        (ContentSign.Names, 0.38, -0.34),
        (ContentSign.NamesOther, -1.93, 0.01),
        (ContentSign.Dates, 0.40, 0.55),
        (ContentSign.DatesOther, -0.45, 0.23),
        (ContentSign.SameSubject, 3.21, 4.27),
        (ContentSign.Bare, 0.52, 0.80),
        (ContentSign.BareGap, -0.13, 0.42),
        (ContentSign.SameTitle, 0.36, 3.26),
        (ContentSign.WasSubject, 1.40, 4.18),
        (ContentSign.ToWriter, 0.35, 0.44),
        (ContentSign.FromReceiver, -1.14, -0.98),
        (ContentSign.Partners, 1.50, 1.50),
        (ContentSign.PartnersNext, 2.50, 1.00),
        (ContentSign.SameWriter, -2.03, 0.04),
        (ContentSign.Greets, 0.85, -0.01),
        (ContentSign.Gap, -3.35, -2.68),
        (ContentSign.Between, -0.77, 0.95),
        (ContentSign.Opens, -0.03, 0.40),
        (ContentSign.Later, -2.57, -0.07),
    ];

    private static readonly (AbsenceSign Sign, double Absent)[] Absence =
    [
        (AbsenceSign.Always, 1.72),
        (AbsenceSign.NotMarked, -0.45),
        (AbsenceSign.Quotes, 1.34),
        (AbsenceSign.QuoteUnknown, 1.29),
        (AbsenceSign.NameUnknown, -0.32),
    ];

    /// <summary>
    /// Signs whose weights are given, not learned: the public mails are of mailing lists and have few exchanges of two people. Given so that
    /// between two people the newest mail of the partner is the question, unless something speaks against it.
    /// </summary>
    public static IReadOnlySet<ContentSign> Given { get; } = new HashSet<ContentSign> { ContentSign.Partners, ContentSign.PartnersNext };

    /// <summary>The weights in use.</summary>
    public static ContentModel Current { get; } =
        new(
            [.. Signs.OrderBy(row => row.Sign).Select(row => row.Parent)],
            [.. Absence.OrderBy(row => row.Sign).Select(row => row.Absent)],
            new ThreadWeights([.. Signs.OrderBy(row => row.Sign).Select(row => row.Thread)], ThreadChance, ThreadAbsent, ThreadBias)
        );
}
