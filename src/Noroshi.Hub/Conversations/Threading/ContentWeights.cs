namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Weights learned on the tuned half of the public mails; <c>./noroshi evaluate threading-weights</c> prints these rows anew.</summary>
internal static class ContentWeights
{
    private const double ThreadBias = -2.66;

    private static readonly (ContentSign Sign, double Parent, double Thread)[] Signs =
    [
        (ContentSign.QuotesOwn, 3.67, 1.21),
        (ContentSign.QuotesOnlyOwn, 1.23, 0.89),
        (ContentSign.QuotesMuch, 1.35, 0.71),
        (ContentSign.QuotesSame, 2.47, 1.98),
        (ContentSign.QuotesOn, 1.50, 0.68),
        (ContentSign.QuotesTwice, 2.17, 0.92),
        (ContentSign.Repeats, 2.66, -0.84),
        (ContentSign.Names, 0.47, 0.50),
        (ContentSign.NamesOther, -1.89, 0.19),
        (ContentSign.Dates, 0.58, 0.72),
        (ContentSign.DatesOther, -0.54, 0.20),
        (ContentSign.SameSubject, 2.93, 3.63),
        (ContentSign.SameTitle, -0.19, 3.85),
        (ContentSign.WasSubject, 1.20, 3.83),
        (ContentSign.ToWriter, 1.43, 0.10),
        (ContentSign.FromReceiver, -0.00, -0.01),
        (ContentSign.SameWriter, -1.51, -0.07),
        (ContentSign.Greets, 1.01, 0.26),
        (ContentSign.Gap, -3.67, -2.71),
        (ContentSign.Between, -0.41, -0.12),
        (ContentSign.Opens, 0.05, 0.39),
        (ContentSign.Later, -2.60, -0.07),
    ];

    private static readonly (AbsenceSign Sign, double Absent)[] Absence =
    [
        (AbsenceSign.Always, 1.84),
        (AbsenceSign.NotMarked, -0.66),
        (AbsenceSign.Quotes, 1.66),
        (AbsenceSign.QuoteUnknown, 1.46),
        (AbsenceSign.NameUnknown, -0.39),
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
