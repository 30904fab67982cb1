using System.Collections.Immutable;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>What a <see cref="SituationKeeper"/> has to know besides the mails to come to the same situation again after a restart.</summary>
/// <param name="Epoch">Frozen rarities; null: frozen from the first batch.</param>
/// <param name="Campaigns">Ids that campaigns have.</param>
/// <param name="Decisions">What analysts decided.</param>
public sealed record SituationState(RarityEpoch? Epoch, CampaignState Campaigns, IReadOnlyList<Decision> Decisions)
{
    /// <summary>Nothing is known.</summary>
    public static SituationState Empty { get; } = new(null, CampaignState.Empty, []);
}

/// <summary>
/// Keeps the situation while mails come and go: exchanges, campaigns over them, what the campaigns say of the exchanges, warnings, and what
/// only the whole shows. Works over what a change touches. The situation is a function of the mails, the members and the
/// <see cref="State"/>: neither the order in which mails came nor the way there shows. One thread at a time changes it; a situation that it
/// gave may be read by any.
/// </summary>
public sealed class SituationKeeper
{
    private readonly Dictionary<string, OrganizationPart> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OrganizationPart> _partOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OrganizationPart> _partOfStated = new(StringComparer.Ordinal);
    private readonly CardBook _book = new();
    private readonly LinkedList<OrganizationPart> _read = [];
    private readonly Queue<OrganizationPart> _lookedAt = [];
    private int _lookedAtMails;
    private int _judgingThread;
    private readonly MailShelf? _shelf;
    private ImmutableSortedDictionary<string, HeldMail> _mails = ImmutableSortedDictionary.Create<string, HeldMail>(StringComparer.Ordinal);
    private Dictionary<string, JudgedCard> _judged = new(StringComparer.Ordinal);
    private CampaignFinder? _finder;
    private RarityEpoch? _epoch;
    private CampaignState _campaigns;
    private IReadOnlyList<Decision> _decisions;
    private Members _members;

    /// <summary>Starts without mails and without anything known.</summary>
    public SituationKeeper(Members members)
        : this(members, SituationState.Empty) { }

    /// <summary>Starts without mails, from what was known before.</summary>
    /// <param name="members">The community.</param>
    /// <param name="state">What was known.</param>
    /// <param name="shelf">Where mails are read again; null: all of them stay at hand.</param>
    public SituationKeeper(Members members, SituationState state, MailShelf? shelf = null)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(state);
        (_members, _shelf) = (members, shelf);
        (_epoch, _campaigns, _decisions) = (state.Epoch, state.Campaigns, state.Decisions);
        Current = Tell(new FoundCampaigns([], [], new Dictionary<string, ExchangeTimes>(StringComparer.Ordinal)), [], []);
    }

    /// <summary>The situation now.</summary>
    public Situation Current { get; private set; }

    /// <summary>What has to be stored besides the mails.</summary>
    public SituationState State => new(_epoch, _campaigns, _decisions);

    /// <summary>The exchanges, in no order.</summary>
    internal IEnumerable<ExchangeCard> Cards => _parts.Values.SelectMany(part => part.Cards);

    /// <summary>Mails held.</summary>
    public int Count => _partOf.Count;

    /// <summary>Mails at hand; the others are read again when they are needed.</summary>
    public int AtHand => _parts.Values.Where(part => !part.IsAside).Sum(part => part.Count);

    /// <summary>Takes mails and statements in.</summary>
    public SituationChanges Add(SituationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var pending = new PendingChanges();
        var mails = _mails.ToBuilder();
        foreach (var mail in batch.Mails)
        {
            var part = PartOf(mail.Mail.Organization);
            if (_partOf.TryGetValue(mail.Mail.Key, out var before) && before != part)
            {
                pending.Add(before, one => one.Take(mail.Mail.Key));
            }

            var held = mails[mail.Mail.Key] = new HeldMail(mail);
            pending.Add(part, one => one.Put(held));
            _partOf[mail.Mail.Key] = part;
        }

        _mails = mails.ToImmutable();
        foreach (var (key, line) in batch.Stated)
        {
            var part = PartOf(line.Organization);
            if (_partOfStated.TryGetValue(key, out var before) && before != part)
            {
                pending.Add(before, one => one.TakeStated(key));
            }

            pending.Add(part, one => one.Put(key, line));
            _partOfStated[key] = part;
        }

        return Work(pending, [.. batch.Mails.Select(mail => mail.Mail)]);
    }

    /// <summary>Gives mails and statements up, by key: afterwards it is as if they had never come. Unknown keys are passed over.</summary>
    public SituationChanges Remove(IReadOnlyCollection<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var pending = new PendingChanges();
        foreach (var key in keys)
        {
            if (_partOf.Remove(key, out var part))
            {
                pending.Add(part, one => one.Take(key));
            }

            if (_partOfStated.Remove(key, out part))
            {
                pending.Add(part, one => one.TakeStated(key));
            }
        }

        _mails = _mails.RemoveRange(keys);
        return Work(pending, []);
    }

    /// <summary>
    /// After mails were erased and are gone from here: the rarities forget the values that nobody has any more, and nothing tells that they were
    /// ever there. The situation stays what it is.
    /// </summary>
    public void ForgetValues()
    {
        if (_finder is { } finder && _epoch is { } epoch)
        {
            _epoch = finder.Forget(epoch);
        }
    }

    /// <summary>Takes another community. The features of the mails stay as they were drawn.</summary>
    public SituationChanges Change(Members members)
    {
        ArgumentNullException.ThrowIfNull(members);
        _members = members;
        return Work(PendingChanges.In(_parts.Values), []);
    }

    /// <summary>Takes what analysts decided: all of it, not only what is new.</summary>
    public SituationChanges Change(IReadOnlyList<Decision> decisions)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        _decisions = decisions;
        _finder?.Decide(decisions);
        return Work(new PendingChanges(), []);
    }

    /// <summary>Counts rarities anew and weighs everything under them: a deliberate act, since every link may change.</summary>
    public SituationChanges Freeze()
    {
        var number = (_epoch?.Number ?? 0) + 1;
        var mails = _finder?.Mails.ToList() ?? [];
        _epoch = _finder?.Count(number) ?? RarityEpoch.Count(number, mails, BackgroundRarity.Shipped);
        _finder = Finder(mails, _epoch);
        return Work(new PendingChanges(), []);
    }

    private static string NameOf(string? organization) => organization is null ? "" : $"={organization}";

    private OrganizationPart PartOf(string? organization)
    {
        if (!_parts.TryGetValue(NameOf(organization), out var part))
        {
            _parts[NameOf(organization)] = part = new OrganizationPart(organization, _shelf, Brought);
        }

        return part;
    }

    private SituationChanges Work(PendingChanges pending, IReadOnlyList<ProvidedMail> come)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        var linked = new Dictionary<string, MailFeatures>(StringComparer.Ordinal);
        foreach (var group in Groups(pending.Parts))
        {
            Read(group, pending);
            foreach (var part in group)
            {
                part.Name(_book.NameOf);
                _book.Open(part);
                var (left, added) = part.Place();
                gone.UnionWith(left);
                added.ForEach(one => linked[one.Key] = one);
                part.Alone = Standing(part, _members);
            }

            foreach (var part in group.Where(part => part.IsEmpty && !pending.Await(part)))
            {
                _parts.Remove(NameOf(part.Organization));
                _read.Remove(part);
            }

            PutAside();
        }

        _judgingThread = Environment.CurrentManagedThreadId;
        try
        {
            return Judge(Find(gone, linked.Values), come);
        }
        finally
        {
            _judgingThread = 0;
            _lookedAtMails = 0;
            _lookedAt.Clear();
            PutAside();
        }
    }

    /// <summary>
    /// While campaigns and cases are looked over, organisations are brought back for what is asked of single exchanges of them; those that were
    /// asked first go again. Who reads an earlier situation meanwhile, from another thread, is none of this.
    /// </summary>
    private void Brought(OrganizationPart part)
    {
        if (_judgingThread != Environment.CurrentManagedThreadId)
        {
            return;
        }

        _lookedAt.Enqueue(part);
        _lookedAtMails += part.Count;
        while (_lookedAtMails > MostAtHand && _lookedAt.Count > 1)
        {
            var first = _lookedAt.Dequeue();
            _lookedAtMails -= first.Count;
            if (first != part)
            {
                first.PutAside();
            }
        }
    }

    /// <summary>Organisations of so many mails together as may be at hand at once.</summary>
    private IEnumerable<HashSet<OrganizationPart>> Groups(IEnumerable<OrganizationPart> touched)
    {
        var (group, mails) = (new HashSet<OrganizationPart>(), 0);
        foreach (var part in touched)
        {
            group.Add(part);
            mails += part.Count;
            if (mails >= MostAtHand)
            {
                yield return group;
                (group, mails) = ([], 0);
            }
        }

        yield return group;
    }

    private int MostAtHand => _shelf?.Most ?? MailShelf.Ordinary;

    private void Read(HashSet<OrganizationPart> touched, PendingChanges pending)
    {
        foreach (var part in touched)
        {
            part.Bring();
            _book.Forget(part);
            pending.Make(part);
            part.Read(_members);
            _book.Note(part);
            _read.Remove(part);
            _read.AddFirst(part);
        }

        foreach (var part in _book.Settle(_parts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)))
        {
            _book.Close(part);
            touched.Add(part);
        }
    }

    /// <summary>
    /// The organisations that were touched last stay at hand up to a number of mails. Of the others what was read of single mails is given
    /// up, and the mails themselves where they can be read again.
    /// </summary>
    private void PutAside()
    {
        var mails = 0;
        var stays = new HashSet<OrganizationPart>();
        for (var one = _read.First; one is not null; )
        {
            var next = one.Next;
            mails += one.Value.Count;
            if (mails <= MostAtHand || (_shelf is null && one == _read.First))
            {
                stays.Add(one.Value);
            }
            else
            {
                one.Value.Forget();
                _read.Remove(one);
            }

            one = next;
        }

        if (_shelf is not null)
        {
            foreach (var part in _parts.Values.Where(part => !part.IsAside && !stays.Contains(part)))
            {
                part.PutAside();
            }
        }
    }

    private FoundCampaigns Find(HashSet<string> gone, IReadOnlyCollection<MailFeatures> linked)
    {
        if (_finder is null)
        {
            _epoch ??= RarityEpoch.Count(1, linked, BackgroundRarity.Shipped);
            _finder = Finder(linked, _epoch);
        }
        else
        {
            _finder.Remove(gone);
            _finder.Add(linked);
        }

        var found = _finder.Find(_book.ById, _members);
        _campaigns = _finder.State;
        return found;
    }

    private CampaignFinder Finder(IReadOnlyCollection<MailFeatures> mails, RarityEpoch epoch)
    {
        var finder = new CampaignFinder(epoch, _decisions, _campaigns);
        finder.Add(mails);
        return finder;
    }

    private SituationChanges Judge(FoundCampaigns found, IReadOnlyList<ProvidedMail> come)
    {
        var asOf = new AsOf(_parts.Values.Select(part => (part.Organization, part.Newest)));
        var reasons = new LiveReasons(found, _book.ById, _book.ByMail, asOf);
        var cards = _parts.Values.SelectMany(part => part.Cards);
        var warnings = reasons.All(cards);
        var cases = Cases.InOrder(cards, found.Campaigns, warnings);
        var before = (Judged: _judged, Situation: Current);
        _judged = cases.ToDictionary(one => one.Card.Id, StringComparer.Ordinal);
        Current = Tell(found, cases, warnings.Values);
        return new Comparison(before.Judged, before.Situation, Current).Changes(
            cases,
            _campaigns.Redirects,
            new Completion(reasons.Grounds, _book, come)
        );
    }

    private Situation Tell(FoundCampaigns found, IReadOnlyList<JudgedCard> cases, IEnumerable<LiveWarning> warnings)
    {
        var alone = _parts
            .Values.Where(part => part.Organization is not null)
            .ToDictionary(part => part.Organization ?? "", part => part.Alone, StringComparer.Ordinal);
        return new Situation
        {
            Mails = new SituationMails(_mails, _shelf),
            Members = _members,
            Conversations = new NumberedCases(cases),
            Campaigns = found.Campaigns,
            Suggestions = found.Suggestions,
            Warnings = [.. warnings.OrderBy(one => one.Since).ThenBy(one => one.Conversation, StringComparer.Ordinal)],
            OnlyTogether = new LazyList<OnlyTogether>(() => Together.Of(found, one => alone.GetValueOrDefault(one)?.Value ?? [])),
            RarityVersion = BackgroundRarity.Shipped.Version,
        };
    }

    /// <summary>Worked out when somebody asks, from what the part is now. It reads mails, so that a failure is not kept.</summary>
    private static Lazy<IReadOnlyList<Campaign>> Standing(OrganizationPart part, Members members)
    {
        var (cards, bring) = (part.Cards, part.Outsiders());
        return new Lazy<IReadOnlyList<Campaign>>(
            () =>
            {
                var byId = cards.ToDictionary(card => card.Id, StringComparer.Ordinal);
                var outsiders = bring();
                var finder = new CampaignFinder(RarityEpoch.Count(1, outsiders, BackgroundRarity.Shipped), [], CampaignState.Empty);
                finder.Add(outsiders);
                return finder.Find(byId.GetValueOrDefault, members).Campaigns;
            },
            LazyThreadSafetyMode.PublicationOnly
        );
    }
}
