namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Weights learned on the tuned half of the public mails; <c>./noroshi evaluate threading-weights</c> prints these rows anew.</summary>
internal static class ContentWeights
{
    private const double ThreadChance = 0.69;
    private const double ThreadAbsent = -1.94;
    private const double ThreadBias = -1.93;

    private static readonly (ContentSign Sign, double Parent, double Thread)[] Signs =
    [
        (ContentSign.QuotesOwn, 3.60, 0.85),
        (ContentSign.QuotesOnlyOwn, 1.14, 0.82),
        (ContentSign.QuotesMuch, 1.23, 0.07),
        (ContentSign.QuotesSame, 1.96, 1.67),
        (ContentSign.QuotesOn, 1.35, 0.76),
        (ContentSign.QuotesTwice, 1.66, 1.11),
        (ContentSign.Repeats, 2.37, -1.27),
        (ContentSign.Names, 0.46, -0.45),
        (ContentSign.NamesOther, -2.00, -0.00),
        (ContentSign.Dates, 0.41, 0.58),
        (ContentSign.DatesOther, -0.43, 0.25),
        (ContentSign.SameSubject, 2.98, 4.24),
        (ContentSign.Bare, 0.74, 0.63),
        (ContentSign.BareGap, -0.40, 0.70),
        (ContentSign.SameTitle, 0.12, 3.28),
        (ContentSign.WasSubject, 1.25, 4.50),
        (ContentSign.ToWriter, 0.19, 0.58),
        (ContentSign.FromReceiver, -1.19, -0.99),
        (ContentSign.Partners, 1.50, 1.50),
        (ContentSign.PartnersNext, 2.50, 1.00),
        (ContentSign.SameWriter, -1.82, 0.10),
        (ContentSign.Greets, 0.95, 0.07),
        (ContentSign.Gap, -3.50, -2.76),
        (ContentSign.Between, -0.52, 0.87),
        (ContentSign.Opens, 0.02, 0.38),
        (ContentSign.Later, -2.55, -0.11),
    ];

    private static readonly (AbsenceSign Sign, double Absent)[] Absence =
    [
        (AbsenceSign.Always, 1.73),
        (AbsenceSign.NotMarked, -0.57),
        (AbsenceSign.Quotes, 1.33),
        (AbsenceSign.QuoteUnknown, 1.14),
        (AbsenceSign.NameUnknown, -0.39),
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
