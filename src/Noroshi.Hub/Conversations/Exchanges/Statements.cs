using System.Globalization;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Conversations;

/// <summary>Replies, telephone calls and openings that a person states (申告), with how exactly the time is known.</summary>
internal static class Statements
{
    private const int Most = 100;

    /// <summary>Events stated of the mails of an exchange; what a mail at hand or another statement tells already is left out.</summary>
    /// <param name="mails">The mails and their copies.</param>
    /// <param name="told">Messages of the exchange already known.</param>
    public static IReadOnlyList<PlacedEntry> Of(IReadOnlyList<CopiedMail> mails, IReadOnlyList<PlacedEntry> told)
    {
        var found = new List<PlacedEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var copied in mails)
        {
            foreach (var mail in copied.Others.Prepend(copied.Mail))
            {
                foreach (var one in (mail.Stated?.StatedEvents ?? []).Take(Most).Where(one => seen.Add(Name(one))))
                {
                    found.Add(Place(one, mail.Window, Copies.TimeOf(copied.Mail), copied.Mail.Key));
                }
            }
        }

        return Untold(found, told);
    }

    /// <summary>Events of a case without mail.</summary>
    public static IReadOnlyList<PlacedEntry> Of(ManifestLine line) =>
        [
            .. line
                .StatedEvents.Take(Most)
                .DistinctBy(Name, StringComparer.Ordinal)
                .Select(one => Place(one, line.Window, Earliest(line), Name(one))),
        ];

    /// <summary>First time that a case without mail names; the end of time when it names none.</summary>
    public static DateTimeOffset Earliest(ManifestLine line) =>
        line.StatedEvents.Select(one => one.At).Append(line.ReceivedAt).Where(at => at is not null).Min()?.ToUniversalTime()
        ?? DateTimeOffset.MaxValue;

    /// <summary>What makes two statements one.</summary>
    public static string Name(StatedEvent one) =>
        string.Create(CultureInfo.InvariantCulture, $"{one.Kind}\n{one.At?.UtcTicks}\n{one.Precision}\n{one.Text}");

    /// <summary>Precision as stated; where nothing is said a full hour is no minute.</summary>
    internal static TimePrecision PrecisionOf(StatedEvent one) =>
        one.Precision switch
        {
            "minute" => TimePrecision.Minute,
            "hour" => TimePrecision.Hour,
            "day" => TimePrecision.Day,
            _ => one.At is null ? TimePrecision.Day
            : one.At is { Minute: 0, Second: 0, Hour: 0 } ? TimePrecision.Day
            : one.At is { Minute: 0, Second: 0 } ? TimePrecision.Hour
            : TimePrecision.Minute,
        };

    private static PlacedEntry Place(StatedEvent one, string? window, DateTimeOffset of, string tie)
    {
        var precision = PrecisionOf(one);
        var entry = new ExchangeEntry
        {
            Source = MessageSource.Stated,
            Stated = one,
            Direction = one.Kind is "reply" or "autoReply" ? MailDirection.Outbound : MailDirection.Internal,
            At = one.At,
            Precision = precision,
            Window = window,
            Automatic = one.Kind is "autoReply",
            Intents = one.Text is { } text ? IntentFinder.In(text) : [],
        };

        // "At ten" said of a mail of 10:20 means after it: nobody answers before he is asked.
        var at = one.At?.ToUniversalTime() ?? of;
        var order = at < of && of - at <= Span(precision) ? of : at;
        return new PlacedEntry(entry, order, 1, tie);
    }

    private static TimeSpan Span(TimePrecision precision) =>
        precision switch
        {
            TimePrecision.Minute => TimeSpan.FromMinutes(1),
            TimePrecision.Hour => TimeSpan.FromHours(1),
            TimePrecision.Day => TimeSpan.FromDays(1),
        };

    /// <summary>Without the replies that are at hand: each stands for one statement.</summary>
    private static List<PlacedEntry> Untold(List<PlacedEntry> stated, IReadOnlyList<PlacedEntry> told)
    {
        var answers = told.Where(one => one.Entry.Direction == MailDirection.Outbound && one.Entry.At is not null)
            .OrderBy(one => one.Entry.At)
            .ThenBy(one => one.Tie, StringComparer.Ordinal)
            .Select(one => one.Entry)
            .ToList();
        var times = answers.ConvertAll(one => one.At ?? default);
        var used = new bool[answers.Count];
        return stated.FindAll(one => !IsTold(one.Entry, answers, times, used));
    }

    private static bool IsTold(ExchangeEntry stated, List<ExchangeEntry> answers, List<DateTimeOffset> times, bool[] used)
    {
        if (stated is not { Stated.Kind: "reply" or "autoReply", At: { } at })
        {
            return false;
        }

        var slack = stated.Precision == TimePrecision.Minute ? TimeSpan.FromMinutes(3) : TimeSpan.Zero;
        var from = times.BinarySearch(at.Plus(-slack));
        for (var i = from < 0 ? ~from : from; i < times.Count && times[i] - at <= slack + Span(stated.Precision); i++)
        {
            if (!used[i] && answers[i].Automatic == stated.Automatic)
            {
                used[i] = true;
                return true;
            }
        }

        return false;
    }
}
