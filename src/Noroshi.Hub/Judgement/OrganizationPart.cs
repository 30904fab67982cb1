using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>What a <see cref="SituationKeeper"/> holds of one organisation, or of the mails of none.</summary>
/// <param name="organization">Its id; null for mails of none.</param>
internal sealed class OrganizationPart(string? organization)
{
    private readonly SortedDictionary<string, KnownMail> _mails = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ManifestLine> _stated = new(StringComparer.Ordinal);
    private MailReadings _readings = new();
    private Dictionary<string, (MailFeatures Source, MailFeatures Placed)> _linked = new(StringComparer.Ordinal);

    /// <summary>Id; null for mails of none.</summary>
    public string? Organization { get; } = organization;

    /// <summary>Nothing is left of it.</summary>
    public bool IsEmpty => _mails.Count == 0 && _stated.Count == 0;

    /// <summary>Its exchanges, in no order; two ids may agree by ill will.</summary>
    public IReadOnlyList<DraftExchange> Drafts { get; private set; } = [];

    /// <summary>The exchanges under ids that are theirs alone, in the same order.</summary>
    public IReadOnlyList<ExchangeCard> Cards { get; private set; } = [];

    /// <summary>Its mails from outside, as campaigns see them.</summary>
    public IReadOnlyList<MailFeatures> Outsiders { get; private set; } = [];

    /// <summary>Its newest reception.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <summary>What it finds when it stands alone.</summary>
    public Lazy<AlonePart>? Alone { get; set; }

    /// <summary>Mails of it.</summary>
    public int Count => _mails.Count;

    /// <summary>Gives up what was read of single mails: it is read again when needed.</summary>
    public void Forget() => _readings = new MailReadings();

    public void Put(KnownMail mail) => _mails[mail.Mail.Key] = mail;

    public bool Take(string key) => _mails.Remove(key);

    public void Put(string key, ManifestLine line) => _stated[key] = line;

    public bool TakeStated(string key) => _stated.Remove(key);

    /// <summary>Works the exchanges out again. Those that are as before stay the same objects, and what is known of them holds.</summary>
    public void Read(Members members)
    {
        var before = Drafts.ToLookup(draft => draft.Id, StringComparer.Ordinal);
        Drafts =
        [
            .. Exchanges
                .OfOne(Organization, [.. _mails.Values.Select(one => one.Mail)], members, [.. _stated.Values], _readings)
                .Select(draft => before[draft.Id].FirstOrDefault(old => SameDrafts.Are(old, draft)) ?? draft),
        ];
        Newest = AsOf.NewestIn(_mails.Values);
    }

    /// <summary>Takes the ids that the exchanges have among all.</summary>
    public void Name(Func<DraftExchange, string> idOf)
    {
        var before = Cards
            .GroupBy(card => card.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        Cards =
        [
            .. Drafts.Select(draft =>
            {
                var id = idOf(draft);
                return before.TryGetValue(id, out var card) && ReferenceEquals(card.Source, draft)
                    ? card
                    : new ExchangeCard(draft, id == draft.Id ? draft : draft with { Id = id });
            }),
        ];
    }

    /// <summary>Which mails campaigns no longer see, and which they see now.</summary>
    public (List<MailFeatures> Gone, List<MailFeatures> Come) Place()
    {
        var linked = new Dictionary<string, (MailFeatures Source, MailFeatures Placed)>(StringComparer.Ordinal);
        var come = new List<MailFeatures>();
        foreach (var (known, exchange, first) in OutsiderMails.In(_mails.Values, Cards))
        {
            if (
                _linked.TryGetValue(known.Mail.Key, out var before)
                && ReferenceEquals(before.Source, known.Features)
                && before.Placed.Exchange == exchange
                && before.Placed.FirstContact == first
            )
            {
                linked.Add(known.Mail.Key, before);
            }
            else
            {
                var placed = OutsiderMails.Placed(known.Features, exchange, first);
                linked.Add(known.Mail.Key, (known.Features, placed));
                come.Add(placed);
            }
        }

        var gone = _linked.Where(one => !linked.TryGetValue(one.Key, out var now) || !ReferenceEquals(now.Placed, one.Value.Placed));
        var left = gone.Select(one => one.Value.Placed).ToList();
        _linked = linked;
        Outsiders = [.. linked.Values.Select(one => one.Placed)];
        return (left, come);
    }
}

/// <summary>What an organisation finds when it stands alone.</summary>
/// <param name="Campaigns">Campaigns among its own mails.</param>
/// <param name="Warnings">Warnings that rest on its own mails, oldest first.</param>
public sealed record AlonePart(IReadOnlyList<Campaign> Campaigns, IReadOnlyList<LiveWarning> Warnings);

/// <summary>Tells whether an exchange that was worked out again is the same as before.</summary>
internal static class SameDrafts
{
    /// <summary>
    /// Same messages in the same order. Intents and payloads are not compared: they follow from the mail, the quote, the statement and the
    /// copies, which are.
    /// </summary>
    public static bool Are(DraftExchange one, DraftExchange other) => ReferenceEquals(one, other) || HaveSame(one, other);

    private static bool HaveSame(DraftExchange one, DraftExchange other) =>
        one.Id == other.Id
        && one.Organization == other.Organization
        && one.Personas.SequenceEqual(other.Personas, StringComparer.Ordinal)
        && one.Probable.SequenceEqual(other.Probable, StringComparer.Ordinal)
        && one.Entries.Count == other.Entries.Count
        && one.Entries.Zip(other.Entries).All(pair => Are(pair.First, pair.Second));

    private static bool Are(ExchangeEntry one, ExchangeEntry other) =>
        one.Source == other.Source
        && one.Direction == other.Direction
        && one.At == other.At
        && one.At?.Offset == other.At?.Offset
        && one.Precision == other.Precision
        && one.Window == other.Window
        && one.Automatic == other.Automatic
        && one.Undirected == other.Undirected
        && one.Quote == other.Quote
        && one.Stated == other.Stated
        && Are(one.Mail, other.Mail)
        && Are(one.PassedOnBy, other.PassedOnBy)
        && one.Copies.Count == other.Copies.Count
        && one.Copies.Zip(other.Copies).All(pair => Are(pair.First, pair.Second));

    /// <summary>The same mail, perhaps with its direction written into it once more.</summary>
    private static bool Are(ProvidedMail? one, ProvidedMail? other) =>
        ReferenceEquals(one, other)
        || (
            one is not null
            && other is not null
            && one.Key == other.Key
            && one.Direction == other.Direction
            && ReferenceEquals(one.Facts, other.Facts)
            && ReferenceEquals(one.Stated, other.Stated)
            && one.Window == other.Window
            && one.Organization == other.Organization
            && one.ReceivedAt == other.ReceivedAt
            && one.ReceivedAt?.Offset == other.ReceivedAt?.Offset
            && one.Channel == other.Channel
            && one.TimeSource == other.TimeSource
            && one.File == other.File
            && one.Carrier == other.Carrier
            && ReferenceEquals(one.Reported, other.Reported)
        );
}
