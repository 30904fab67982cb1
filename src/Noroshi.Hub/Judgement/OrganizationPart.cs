using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>
/// What a <see cref="SituationKeeper"/> holds of one organisation, or of the mails of none. It may be put aside: then keys and what was
/// worked out stay, and mails and exchanges come back as they were when somebody asks for them.
/// </summary>
/// <param name="organization">Its id; null for mails of none.</param>
/// <param name="shelf">Where mails are read again; null when they stay at hand.</param>
/// <param name="brought">Hears when it was brought back.</param>
internal sealed class OrganizationPart(string? organization, MailShelf? shelf, Action<OrganizationPart> brought)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, HeldMail> _mails = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ManifestLine> _stated = new(StringComparer.Ordinal);
    private MailReadings _readings = new();
    private Dictionary<string, (MailFeatures Source, MailFeatures Placed)> _linked = new(StringComparer.Ordinal);
    private IReadOnlyList<DraftExchange> _drafts = [];
    private Members _members = new();
    private bool _aside;
    private List<string>? _torn;

    /// <summary>Id; null for mails of none.</summary>
    public string? Organization { get; } = organization;

    /// <summary>Nothing is left of it.</summary>
    public bool IsEmpty => _mails.Count == 0 && _stated.Count == 0;

    /// <summary>Its exchanges, in no order; two ids may agree by ill will.</summary>
    public IReadOnlyList<DraftExchange> Drafts
    {
        get
        {
            Bring();
            return _drafts;
        }
    }

    /// <summary>The exchanges under ids that are theirs alone, in the same order.</summary>
    public IReadOnlyList<ExchangeCard> Cards { get; private set; } = [];

    /// <summary>Its newest reception.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <summary>The campaigns that it finds when it stands alone, under rarities counted from its own mails.</summary>
    public Lazy<IReadOnlyList<Campaign>>? Alone { get; set; }

    /// <summary>Mails of it.</summary>
    public int Count => _mails.Count;

    /// <summary>Its mails are not at hand.</summary>
    public bool IsAside => _aside;

    /// <summary>Gives up what was read of single mails: it is read again when needed.</summary>
    public void Forget() => _readings = new MailReadings();

    /// <summary>Puts mails and exchanges aside. An organisation whose exchanges had to give way to others of the same id stays: that is ill will.</summary>
    public void PutAside()
    {
        lock (_gate)
        {
            if (_aside || Cards.Any(card => card.Id != card.Drawn))
            {
                return;
            }

            foreach (var card in Cards)
            {
                card.PutAside();
            }

            foreach (var mail in _mails.Values)
            {
                mail.PutAside();
            }

            _readings = new MailReadings();
            _linked = new(StringComparer.Ordinal);
            _drafts = [];
            _aside = true;
        }
    }

    /// <summary>Brings everything back as it was.</summary>
    public void Bring()
    {
        lock (_gate)
        {
            if (!_aside)
            {
                return;
            }

            var whole = HeldMail.BringAll(_mails.Values, shelf);
            _drafts = WorkedOut();
            if (whole && _drafts.Count == Cards.Count && _drafts.Zip(Cards).All(pair => pair.First.Id == pair.Second.Drawn))
            {
                foreach (var (draft, card) in _drafts.Zip(Cards))
                {
                    card.Bring(draft);
                }
            }
            else
            {
                // A mail was erased meanwhile. Nothing that is left counts as it was; the next change makes everything anew.
                _torn = [.. _mails.Keys];
                var left = _drafts.ToLookup(draft => draft.Id, StringComparer.Ordinal);
                _drafts = [.. Cards.Select(card => left[card.Drawn].FirstOrDefault() ?? card.Empty())];
                foreach (var (draft, card) in _drafts.Zip(Cards))
                {
                    card.Bring(draft);
                }
            }

            _linked = _torn is null ? Placed(new(StringComparer.Ordinal), []) : new(StringComparer.Ordinal);
            _aside = false;
        }

        brought(this);
    }

    /// <summary>Whether an exchange of it has drawn one of some ids.</summary>
    public bool HasDrawn(IReadOnlySet<string> ids) =>
        _aside ? Cards.Any(card => ids.Contains(card.Drawn)) : _drafts.Any(draft => ids.Contains(draft.Id));

    /// <summary>Takes a mail; the part is at hand.</summary>
    public void Put(HeldMail mail) => _mails[mail.Key] = mail;

    /// <summary>Gives a mail up; the part is at hand.</summary>
    public bool Take(string key) => _mails.Remove(key);

    public void Put(string key, ManifestLine line) => _stated[key] = line;

    public bool TakeStated(string key) => _stated.Remove(key);

    /// <summary>Works the exchanges out again. Those that are as before stay the same objects, and what is known of them holds.</summary>
    public void Read(Members members)
    {
        _members = members;
        var before = (_torn is null ? _drafts : []).ToLookup(draft => draft.Id, StringComparer.Ordinal);
        _drafts = [.. WorkedOut().Select(draft => before[draft.Id].FirstOrDefault(old => SameDrafts.Are(old, draft)) ?? draft)];
        Newest = AsOf.NewestIn(AtHand());
    }

    /// <summary>Takes the ids that the exchanges have among all.</summary>
    public void Name(Func<DraftExchange, string> idOf)
    {
        var before = (_torn is null ? Cards : [])
            .GroupBy(card => card.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        Cards =
        [
            .. _drafts.Select(draft =>
            {
                var id = idOf(draft);
                return before.TryGetValue(id, out var card) && ReferenceEquals(card.Source, draft)
                    ? card
                    : new ExchangeCard(draft, id == draft.Id ? draft : draft with { Id = id }, Bring);
            }),
        ];
    }

    /// <summary>Which mails campaigns no longer see, and which they see now.</summary>
    /// <returns>Keys of the former, and the latter.</returns>
    public (List<string> Gone, List<MailFeatures> Come) Place()
    {
        var come = new List<MailFeatures>();
        var linked = Placed(_linked, come);
        var gone = _linked.Where(one => !linked.TryGetValue(one.Key, out var now) || !ReferenceEquals(now.Placed, one.Value.Placed));
        var left = gone.Select(one => one.Key).Concat(_torn ?? []).ToList();
        (_linked, _torn) = (linked, null);
        return (left, come);
    }

    /// <summary>Gives its mails from outside, as campaigns see them, as of now, whenever somebody asks.</summary>
    public Func<IReadOnlyList<MailFeatures>> Outsiders()
    {
        var (mails, cards) = (_mails.Values.ToArray(), Cards);
        return () =>
        {
            var read = mails.Where(one => one.Known is null).Select(one => one.Shelved).ToList() is { Count: > 0 } away
                ? (shelf?.Read(away) ?? []).ToLookup(one => one.Mail.Key, StringComparer.Ordinal)
                : null;
            var known = mails.Select(one => one.Known ?? read?[one.Key].FirstOrDefault()).OfType<KnownMail>();
            return [.. OutsiderMails.In(known, cards).Select(one => OutsiderMails.Placed(one.Mail.Features, one.Exchange, one.First))];
        };
    }

    private IEnumerable<KnownMail> AtHand() => _mails.Values.Select(one => one.Known).OfType<KnownMail>();

    private IReadOnlyList<DraftExchange> WorkedOut() =>
        Exchanges.OfOne(Organization, [.. AtHand().Select(one => one.Mail)], _members, [.. _stated.Values], _readings);

    private Dictionary<string, (MailFeatures Source, MailFeatures Placed)> Placed(
        Dictionary<string, (MailFeatures Source, MailFeatures Placed)> known,
        List<MailFeatures> come
    )
    {
        var linked = new Dictionary<string, (MailFeatures Source, MailFeatures Placed)>(StringComparer.Ordinal);
        foreach (var (mail, exchange, first) in OutsiderMails.In(AtHand(), Cards))
        {
            if (
                known.TryGetValue(mail.Mail.Key, out var before)
                && ReferenceEquals(before.Source, mail.Features)
                && before.Placed.Exchange == exchange
                && before.Placed.FirstContact == first
            )
            {
                linked.Add(mail.Mail.Key, before);
            }
            else
            {
                var placed = OutsiderMails.Placed(mail.Features, exchange, first);
                linked.Add(mail.Mail.Key, (mail.Features, placed));
                come.Add(placed);
            }
        }

        return linked;
    }
}

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
