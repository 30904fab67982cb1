using Noroshi.Hub.Campaigns.Families;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.Hub.Conversations;

/// <summary>Who is who in an exchange, for reading whose words a quote repeats.</summary>
/// <param name="Estate">What the organisation calls its own.</param>
/// <param name="IsPersona">Whether an address is the persona's.</param>
/// <param name="OutsiderNames">Display names of the persona, plain.</param>
/// <param name="OwnNames">Names of the organisation, its windows and its people, plain.</param>
internal sealed record Cast(
    OwnEstate Estate,
    Func<string, bool> IsPersona,
    IReadOnlySet<string> OutsiderNames,
    IReadOnlySet<string> OwnNames
);

/// <summary>A message with its place in time: one whose own time is unknown stands beside the mail that tells of it.</summary>
/// <param name="Entry">Message.</param>
/// <param name="Order">Place.</param>
/// <param name="Rank">Among those of one place: deeper quotes first, then mails, then what is stated of them.</param>
/// <param name="Tie">Then by this.</param>
internal sealed record PlacedEntry(ExchangeEntry Entry, DateTimeOffset Order, int Rank, string Tie);

/// <summary>
/// Ghost messages: mails that nobody handed in, known because another mail quotes them (引用). A quote that repeats a mail at hand is none,
/// and a ghost quoted in several mails is one.
/// </summary>
internal sealed class Ghosts
{
    private const int MostQuotes = 12;
    private const int ShortestText = 8;

    private readonly TextIndex _index = new();
    private readonly List<(MailDirection? Direction, IReadOnlyList<DateTimeOffset?> Times)> _known = [];
    private readonly Dictionary<(MailDirection, long), int> _minutes = [];
    private readonly HashSet<(MailDirection?, string)> _seen = [];
    private readonly List<PlacedEntry> _ghosts = [];
    private readonly Dictionary<int, int> _ghostOf = [];
    private readonly Cast _cast;
    private readonly Func<QuotedMail, QuoteTime, bool> _elsewhere;

    private Ghosts(Cast cast, Func<QuotedMail, QuoteTime, bool> elsewhere)
    {
        _cast = cast;
        _elsewhere = elsewhere;
    }

    /// <summary>Ghosts of an exchange.</summary>
    /// <param name="mails">Its mails, by time, then key.</param>
    /// <param name="cast">Who is who.</param>
    /// <param name="elsewhere">Whether a quote repeats a mail of the organisation that stands in another exchange.</param>
    /// <param name="readings">What was read of the mails.</param>
    public static IReadOnlyList<PlacedEntry> In(
        IReadOnlyList<ProvidedMail> mails,
        Cast cast,
        Func<QuotedMail, QuoteTime, bool> elsewhere,
        MailReadings readings
    )
    {
        if (mails.All(mail => mail.Facts.Body.Quotes.Count == 0))
        {
            return [];
        }

        var ghosts = new Ghosts(cast, elsewhere);
        foreach (var mail in mails)
        {
            ghosts.Know(mail, readings);
        }

        foreach (var mail in mails)
        {
            var before = Copies.TimeOf(mail);
            foreach (var quote in mail.Facts.Body.Quotes.Take(MostQuotes))
            {
                before = ghosts.Read(quote, mail, before);
            }
        }

        return ghosts._ghosts;
    }

    /// <summary>What stands in a mail itself, quotes left out.</summary>
    internal static string OwnText(ProvidedMail mail)
    {
        var body = mail.Facts.Body;
        if (body.Quotes.Count == 0)
        {
            return body.Text;
        }

        var lines = body.Text.Split('\n');
        return string.Join(
            '\n',
            body.Blocks.Where(block => block.QuoteDepth == 0 && block.Kind is not (BlockKind.Attribution or BlockKind.Quoted))
                .SelectMany(block => lines.Skip(block.FirstLine).Take(block.LineCount))
        );
    }

    private void Know(ProvidedMail mail, MailReadings readings)
    {
        var number = _known.Count;
        _known.Add((mail.Direction, [mail.Facts.SentAt, mail.ReceivedAt]));
        _index.Add(readings.Prints(mail));
        if (mail is { Direction: { } direction, Facts.SentAt: { } sent })
        {
            _minutes.TryAdd((direction, Minute(sent)), number);
        }
    }

    /// <summary>Reads one quote and returns its place: what it quotes in turn is older.</summary>
    private DateTimeOffset Read(QuotedMail quote, ProvidedMail by, DateTimeOffset before)
    {
        if (
            PlainText.Weight(PlainText.Of(quote.Text.Length <= 200 ? quote.Text : quote.Text[..200])) < ShortestText
            || DirectionOf(quote, by) is not { } direction
            || (quote.SentAtText is null && !_seen.Add((direction, quote.Text)))
        )
        {
            return before;
        }

        var time = QuoteTime.Of(quote, by);
        var hashes = TextIndex.HashesOf(quote.Text);
        if (Same(direction, time, hashes) is { } known)
        {
            Complete(known, time);
            return Earlier(_known[known].Times.FirstOrDefault(at => at is not null), before);
        }

        if (_elsewhere(quote, time))
        {
            return Earlier(time.At, before);
        }

        var order = Earlier(time.At, before);
        Add(quote, by, direction, time, order);
        _index.Add(hashes);
        return order;
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) =>
        one is { } at && at < other ? at.ToUniversalTime() : other;

    /// <summary>
    /// The mail or ghost that a quote repeats; null when it is another. A text long enough tells by itself: a form's notice is quoted under
    /// the form's own address.
    /// </summary>
    private int? Same(MailDirection direction, QuoteTime time, IReadOnlyCollection<uint> hashes)
    {
        if (time is { At: { } at, Precision: TimePrecision.Minute })
        {
            for (var minute = Minute(at) - 1; minute <= Minute(at) + 1; minute++)
            {
                if (_minutes.TryGetValue((direction, minute), out var known))
                {
                    return known;
                }
            }
        }

        foreach (var text in _index.Holding(hashes))
        {
            var (way, times) = _known[text];
            var dated = times.Any(one => one is not null);
            if ((hashes.Count >= 3 || way is null || way == direction) && (!dated || times.Any(one => one is not null && time.Fits(one))))
            {
                return text;
            }
        }

        return null;
    }

    private void Add(QuotedMail quote, ProvidedMail by, MailDirection direction, QuoteTime time, DateTimeOffset order)
    {
        // An own person passes the outsider's mail on: what is attached came from the outsider.
        var passedOn = direction == MailDirection.Inbound && quote.Depth == 1 && by.Direction == MailDirection.Internal;
        var entry = new ExchangeEntry
        {
            Source = MessageSource.Quote,
            Quote = quote,
            Direction = direction,
            At = time.At,
            Precision = time.At is null ? TimePrecision.Day : time.Precision,
            Window = by.Window,
            Automatic = AutomaticWords.Open(quote.Text),
            Intents = IntentFinder.In($"{quote.Subject}\n{quote.Text}"),
            PassedOnBy = passedOn ? by : null,
            Payload = passedOn ? PayloadEvidence.In(by) : [],
        };
        if (time is { At: { } sent, Precision: TimePrecision.Minute })
        {
            _minutes.TryAdd((direction, Minute(sent)), _known.Count);
        }

        _ghostOf[_known.Count] = _ghosts.Count;
        _known.Add((direction, [time.At]));
        _ghosts.Add(new PlacedEntry(entry, order, -quote.Depth, by.Key));
    }

    /// <summary>A ghost without a time gets that of a later quote of it.</summary>
    private void Complete(int known, QuoteTime time)
    {
        if (!_ghostOf.TryGetValue(known, out var at) || time.At is not { } sent || _ghosts[at] is not { Entry: { At: null } entry } placed)
        {
            return;
        }

        _ghosts[at] = placed with { Entry = entry with { At = sent, Precision = time.Precision }, Order = Earlier(sent, placed.Order) };
        _known[known] = (_known[known].Direction, [sent]);
    }

    /// <summary>Which way a quoted mail went: by address, by name, and else because an exchange alternates; null when it is a third party's.</summary>
    private MailDirection? DirectionOf(QuotedMail quote, ProvidedMail by)
    {
        if (quote.FromAddress?.Trim().ToLowerInvariant() is { Length: > 0 } from)
        {
            return _cast.IsPersona(from) ? MailDirection.Inbound
                : _cast.Estate.Holds(from) && !_cast.Estate.Holds(quote.ToAddress) ? MailDirection.Outbound
                : null;
        }

        if (quote.FromName is { } name && PlainText.Of(name) is { Length: > 1 } plain)
        {
            if (_cast.OutsiderNames.Contains(plain))
            {
                return MailDirection.Inbound;
            }

            if (_cast.OwnNames.Contains(plain))
            {
                return MailDirection.Outbound;
            }
        }

        if (by.Direction is not (MailDirection.Inbound or MailDirection.Outbound) || !Answering.Is(by) || !BetweenTwo(by))
        {
            return null;
        }

        return (by.Direction == MailDirection.Inbound) == (quote.Depth % 2 == 1) ? MailDirection.Outbound : MailDirection.Inbound;
    }

    /// <summary>Nobody else takes part: on a list the quoted one may be anybody.</summary>
    private bool BetweenTwo(ProvidedMail mail) =>
        mail
            .Facts.To.Concat(mail.Facts.Cc)
            .Take(20)
            .All(one => _cast.Estate.Holds(one.Address) || _cast.IsPersona(one.Address.Trim().ToLowerInvariant()));

    private static long Minute(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;
}

/// <summary>Words by which an automatic mail shows itself when only its text is known.</summary>
internal static class AutomaticWords
{
    private const int Opening = 600;

    private static readonly string[] Words =
    [
        "自動返信",
        "自動応答",
        "自動送信",
        "自動配信",
        "自動的に送信",
        "自動で送信",
        "受付番号",
        "送信専用",
        "不在にして",
        "out of office",
        "out of the office",
        "automatic reply",
        "auto-reply",
        "automatically generated",
        "do not reply to this",
        "ticket number",
    ];

    /// <summary>Whether a text opens like an automatic mail.</summary>
    public static bool Open(string text)
    {
        var opening = text.Length <= Opening ? text : text[..Opening];
        return Words.Any(word => opening.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
