using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Statistics;
using Noroshi.Makers.Story;
using Noroshi.Server.Intake.Import;

namespace Noroshi.Server.Demo;

/// <summary>An item that was shared, as the story tells it.</summary>
/// <param name="Item">Its name in the story.</param>
/// <param name="SharedAt">When it left.</param>
/// <param name="Origin"><c>member</c>, or <c>hub</c> for what the hub itself brought in.</param>
/// <param name="Provisions">Numbers of the provisions that it rests on.</param>
internal sealed record StoryShare(string Item, DateTimeOffset SharedAt, string Origin, IReadOnlyList<string> Provisions);

/// <summary>Reads the lines of <c>shares.jsonl</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoryShare))]
internal sealed partial class StoryJson : JsonSerializerContext;

/// <summary>A world that a demo is built of.</summary>
/// <param name="Members">The members file.</param>
/// <param name="Manifest">Lines of the manifest.</param>
/// <param name="Mails">Mails by their name in the manifest.</param>
/// <param name="Shares">What was shared.</param>
internal sealed record DemoStory(
    string Members,
    IReadOnlyList<string> Manifest,
    IReadOnlyDictionary<string, byte[]> Mails,
    IReadOnlyList<StoryShare> Shares
)
{
    /// <summary>Id of the organisation whose people the sign-in links are for.</summary>
    public required string Organization { get; init; }

    /// <summary>Id of the window whose staff has a link.</summary>
    public required string Window { get; init; }

    /// <summary>The story of fiscal 2012 and 2013; the member shown is the one that met the attack of Table 1.</summary>
    public static DemoStory Whole()
    {
        var world = StoryWorld.Build();
        var place = world.Cases["table-1"][0].Split('/');
        return new DemoStory(
            world.Members,
            [.. world.Manifest],
            world.Mails.ToDictionary(one => one.File, one => one.Bytes, StringComparer.Ordinal),
            [.. world.Shares.Select(line => JsonSerializer.Deserialize(line, StoryJson.Default.StoryShare)).OfType<StoryShare>()]
        )
        {
            Organization = place[0],
            Window = place[1],
        };
    }
}

/// <summary>A stretch of the story: what was taken in and shared before figures were made final, or before the demo begins.</summary>
/// <param name="Begins">Where the clock stands first.</param>
/// <param name="Provisions">What is taken in.</param>
/// <param name="Shares">What is shared.</param>
/// <param name="Closes">The year whose figures are made final in the end.</param>
/// <param name="ClosesAt">When that is.</param>
internal sealed record DemoChapter(
    DateTimeOffset Begins,
    IReadOnlyList<ImportProvision> Provisions,
    IReadOnlyList<StoryShare> Shares,
    Period? Closes,
    DateTimeOffset ClosesAt
);

/// <summary>When things happen in the demo that the story's files do not tell.</summary>
internal static class DemoCalendar
{
    private static readonly TimeSpan Jst = TimeSpan.FromHours(9);

    /// <summary>Where the business clock stands before anything happened.</summary>
    public static DateTimeOffset Opens { get; } = new(2012, 4, 1, 0, 0, 0, Jst);

    /// <summary>When the business clock of the finished world begins.</summary>
    public static DateTimeOffset Today { get; } = new(2014, 5, 30, 9, 0, 0, Jst);

    /// <summary>The working day before: what came without a date is taken in then.</summary>
    public static DateTimeOffset DayBefore { get; } = new(2014, 5, 29, 10, 0, 0, Jst);

    /// <summary>The chapters: one for each fiscal year that is closed, and the rest up to the demo's day.</summary>
    /// <param name="provisions">Provisions with a date.</param>
    /// <param name="shares">Shared items.</param>
    public static IReadOnlyList<DemoChapter> Chapters(IReadOnlyList<ImportProvision> provisions, IReadOnlyList<StoryShare> shares)
    {
        var years = provisions.Select(one => YearOf(At(one))).Distinct().Order().ToList();
        var begins = Opens;
        var chapters = new List<DemoChapter>();
        for (var at = 0; at < years.Count; at++)
        {
            var last = at == years.Count - 1;
            var (from, to) = (at == 0 ? DateTimeOffset.MinValue : begins, last ? DateTimeOffset.MaxValue : ClosingOf(years[at]));
            chapters.Add(
                new DemoChapter(
                    begins,
                    [.. provisions.Where(one => At(one) > from && At(one) <= to)],
                    [.. shares.Where(one => one.SharedAt > from && one.SharedAt <= to)],
                    last ? null : Period.OfYear(years[at]),
                    to
                )
            );
            begins = to;
        }

        return chapters;
    }

    /// <summary>When somebody gave it.</summary>
    public static DateTimeOffset At(ImportProvision provision) => provision.First.ProvidedAt ?? DayBefore;

    /// <summary>Figures of a year are made final on 25 April, before the activity report.</summary>
    private static DateTimeOffset ClosingOf(int fiscalYear) => new(fiscalYear + 1, 4, 25, 10, 0, 0, Jst);

    private static int YearOf(DateTimeOffset at)
    {
        var day = at.ToOffset(Jst);
        return day.Month >= 4 ? day.Year : day.Year - 1;
    }
}
