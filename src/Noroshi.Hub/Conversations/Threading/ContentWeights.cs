namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Weights learned on the tuned half of the public mails; <c>./noroshi evaluate threading-weights</c> prints these rows anew.</summary>
internal static class ContentWeights
{
    private const double ThreadBias = -2.61;

    private static readonly (ContentSign Sign, double Parent, double Thread)[] Signs =
    [
        (ContentSign.QuotesOwn, 3.34, 1.30),
        (ContentSign.QuotesOnlyOwn, 1.26, 0.93),
        (ContentSign.QuotesMuch, 2.17, 0.60),
        (ContentSign.QuotesSame, 3.17, 2.07),
        (ContentSign.QuotesOn, 1.28, 0.83),
        (ContentSign.QuotesTwice, 1.96, 0.89),
        (ContentSign.Repeats, 2.46, -0.92),
        (ContentSign.Names, 0.77, 0.59),
        (ContentSign.NamesOther, -1.79, 0.22),
        (ContentSign.Dates, 0.09, 0.59),
        (ContentSign.DatesOther, -0.31, 0.16),
        (ContentSign.SameSubject, 3.19, 3.58),
        (ContentSign.SameTitle, 0.18, 3.80),
        (ContentSign.WasSubject, 1.01, 3.79),
        (ContentSign.ToWriter, 1.55, 0.09),
        (ContentSign.FromReceiver, 0.25, -0.06),
        (ContentSign.SameWriter, -1.50, -0.08),
        (ContentSign.Greets, 1.33, 0.28),
        (ContentSign.Gap, -3.75, -2.77),
        (ContentSign.Between, -0.64, -0.13),
        (ContentSign.Opens, -0.01, 0.41),
        (ContentSign.Later, 0.00, 0.00),
    ];

    private static readonly (AbsenceSign Sign, double Absent)[] Absence =
    [
        (AbsenceSign.Always, 2.09),
        (AbsenceSign.NotMarked, -0.76),
        (AbsenceSign.Quotes, 1.84),
        (AbsenceSign.QuoteUnknown, 1.26),
        (AbsenceSign.NameUnknown, -0.23),
    ];

    /// <summary>The weights in use.</summary>
    public static ContentModel Current { get; } =
        new(
            [.. Signs.OrderBy(row => row.Sign).Select(row => row.Parent)],
            [.. Absence.OrderBy(row => row.Sign).Select(row => row.Absent)],
            [.. Signs.OrderBy(row => row.Sign).Select(row => row.Thread)],
            ThreadBias
        );
}
