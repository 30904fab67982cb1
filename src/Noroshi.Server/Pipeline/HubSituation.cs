using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Pipeline;

/// <summary>What the situation rests on besides the mails.</summary>
/// <param name="State">Rarities and names of campaigns.</param>
/// <param name="Mails">Mails held when the rarities were counted.</param>
internal sealed record SituationMemory(SituationState State, int Mails);

/// <summary>A situation that was worked out and is not published yet.</summary>
/// <param name="Situation">The situation.</param>
/// <param name="Change">What it brought.</param>
/// <param name="Frozen">What has to be kept because rarities were counted anew; null when they were not.</param>
internal sealed record WorkedSituation(Situation Situation, SituationChange Change, SituationMemory? Frozen);

/// <summary>
/// The hub-wide situation as of now: what all mails that are in the hub show together. Derived from the log, held in memory, built anew at
/// each start; the mails themselves come from the log when they are needed, those of the organisations that were touched last stay. Provisions
/// that wait for a person are not in it until they are released; withdrawn and erased ones leave it.
/// </summary>
internal sealed class HubSituation(
    Community community,
    FreshMails fresh,
    IHubStore store,
    PipelineSettings settings,
    HarvestedWords harvested
)
{
    /// <summary>Growth, as a factor, after which rarities are counted anew: whenever so many old mails came in, and whenever live ones doubled the hub.</summary>
    private const double GrowthOfBulk = 1.1;
    private const double GrowthOfLive = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Held> _mails = new(StringComparer.Ordinal);
    private readonly Dictionary<ProvisionId, (bool Held, IReadOnlyList<ManifestLine> Lines)> _stated = [];
    private readonly HashSet<ProvisionId> _released = [];
    private readonly HashSet<ProvisionId> _gone = [];
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _linked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _statedKeys = new(StringComparer.Ordinal);
    private SituationKeeper? _keeper;
    private Members _members = new();
    private long _community = -1;
    private int _frozenAt;
    private readonly ToldSituation _told = new();
    private readonly List<TaskCompletionSource> _forgetting = [];
    private int _forgotten;
    private readonly Dictionary<string, KnownMail> _arrived = new(StringComparer.Ordinal);

    /// <summary>Mails in the log that this version cannot read before they are analysed anew.</summary>
    private readonly Dictionary<string, ProvisionId> _unread = new(StringComparer.Ordinal);

    /// <summary>How often the rarities have to be looked through for values of erased mails, and how often of that is done when it is kept.</summary>
    private (int Owed, int Paid) _values;

    /// <summary>What was worked out and is not kept yet; it is told together with what comes.</summary>
    private SituationChanges _untold = SituationChanges.None;
    private readonly HashSet<string> _untoldMails = new(StringComparer.Ordinal);
    private bool _dirty;

    /// <summary>The rarities that stand in the log.</summary>
    private RarityEpoch? _kept;
    private TaskCompletionSource _pressed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Held(long Position, ProvisionId Provision, bool Waits, string? Organization);

    /// <summary>The situation; of no mails before the first was worked out.</summary>
    public Situation Current => _told.Current;

    /// <summary>Mails that came, changed or went and are not in <see cref="Current"/> yet.</summary>
    public int Ahead
    {
        get
        {
            lock (_gate)
            {
                return _changed.Count;
            }
        }
    }

    /// <summary>An import is under way, and nobody looks at the situation before its end: it is worked out once, from everything.</summary>
    public bool MoreIsComing { get; set; }

    /// <summary>Every mail up to this position of the log is in <see cref="Current"/>.</summary>
    public long Position => _told.Position;

    /// <summary>Ends when the situation covers a position of the log.</summary>
    public Task WaitForAsync(long position, CancellationToken cancellation) => _told.WaitForAsync(position, cancellation);

    /// <summary>Changes from now on. A reader that does not keep up misses the oldest: each change names its position.</summary>
    public IAsyncEnumerable<SituationChange> ChangesAsync(CancellationToken cancellation) => _told.ChangesAsync(cancellation);

    /// <summary>
    /// Provisions were erased: their mails, statements, features and texts leave the situation and everything that is derived from it. Ends
    /// when a situation without them is the current one. To be called after the erasure in the store, so that no restart brings them back.
    /// Idempotent; unknown provisions are passed over.
    /// </summary>
    /// <param name="provisions">Whose documents can no longer be opened.</param>
    /// <param name="cancellation">Ends the waiting only: they are forgotten all the same.</param>
    public Task ForgetAsync(IReadOnlyCollection<ProvisionId> provisions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(provisions);
        if (provisions.Count == 0)
        {
            return Task.CompletedTask;
        }

        var (gone, keys) = (provisions.ToHashSet(), new List<string>());
        lock (_gate)
        {
            _gone.UnionWith(gone);
            foreach (var (key, _) in _mails.Where(one => gone.Contains(one.Value.Provision)).ToList())
            {
                _mails.Remove(key);
                _arrived.Remove(key);
                _changed.Add(key);
                keys.Add(key);
            }

            fresh.Forget(gone, keys);

            foreach (var (key, _) in _unread.Where(one => gone.Contains(one.Value)).ToList())
            {
                _unread.Remove(key);
            }

            foreach (var provision in gone)
            {
                _stated.Remove(provision);
                _changed.Add(provision.ToString());
            }

            _values.Owed++;
            var forgotten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _forgetting.Add(forgotten);
            _pressed.TrySetResult();
            return forgotten.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Somebody waits for a situation without what was erased.</summary>
    internal bool IsPressing
    {
        get
        {
            lock (_gate)
            {
                return _forgetting.Count > 0;
            }
        }
    }

    /// <summary>Ends when somebody waits for a situation without what was erased.</summary>
    internal Task Pressed
    {
        get
        {
            lock (_gate)
            {
                return _pressed.Task;
            }
        }
    }

    /// <summary>Provision that a mail came with; null when there is no such mail.</summary>
    public ProvisionId? ProvisionOf(string key)
    {
        lock (_gate)
        {
            return _mails.GetValueOrDefault(key)?.Provision;
        }
    }

    /// <summary>Takes an entry of the log in.</summary>
    internal void Apply(LogEntry entry)
    {
        lock (_gate)
        {
            switch (entry.Kind)
            {
                case DocumentKinds.Mail or DocumentKinds.Stated when entry.Provision is { } gone && _gone.Contains(gone):
                    // Written, or read, while it was erased.
                    break;
                case DocumentKinds.Mail:
                    ApplyMail(entry);
                    break;
                case DocumentKinds.Stated when entry is { Provision: { } id, Body: { IsEmpty: false } body }:
                    var read = System.Text.Json.JsonSerializer.Deserialize(body.Span, PipelineJson.Default.StatedDocument);
                    _stated[id] = (read?.Held ?? false, read?.Lines ?? []);
                    _changed.Add(entry.Subject);
                    break;
                case DocumentKinds.Release when Guid.TryParseExact(entry.Subject, "N", out var id):
                    _released.Add(new ProvisionId(id));
                    Touch(new ProvisionId(id));
                    break;
                case DocumentKinds.Withdrawal when Guid.TryParseExact(entry.Subject, "N", out var id):
                    _gone.Add(new ProvisionId(id));
                    Touch(new ProvisionId(id));
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Numbers by which it is judged.</summary>
    public CommunityRules Rules => community.Current.Rules;

    /// <summary>Something came since the situation was worked out last.</summary>
    internal bool HasChanged
    {
        get
        {
            lock (_gate)
            {
                return _dirty || _changed.Count > 0 || community.Version != _community;
            }
        }
    }

    /// <summary>Begins with what was known before; once, before anything else.</summary>
    internal void Begin(SituationMemory memory)
    {
        (_members, _community) = (community.Current, community.Version);
        _keeper = new SituationKeeper(_members, memory.State, new MailShelf(ReadAgain, settings.MailsAtHand));
        _frozenAt = memory.Mails;
        // Rarities are the one thing here that outlives the process: an erasure that it did not live to take out of them is taken out now.
        _kept = memory.State.Epoch;
        _dirty = _kept is not null;
        _values = (_dirty ? 1 : 0, 0);
    }

    /// <summary>Works the situation out from everything that was taken in. One caller at a time.</summary>
    /// <param name="position">Everything up to here was taken in.</param>
    /// <param name="atRest">Old mails came and have paused: a moment to count rarities anew.</param>
    internal WorkedSituation Work(long position, bool atRest)
    {
        var keeper = _keeper ?? throw new InvalidOperationException("The situation has not begun.");
        List<string> changed;
        bool forgets;
        List<(ShelvedMail Mail, string? Organization, KnownMail? AtHand)> come;
        Dictionary<string, ManifestLine> stated;
        lock (_gate)
        {
            changed = [.. _changed.Order(StringComparer.Ordinal)];
            _changed.Clear();
            _untoldMails.UnionWith(changed);
            _forgotten = _forgetting.Count;
            forgets = _values.Owed > 0 && _unread.Count == 0;
            _values.Paid = forgets ? _values.Owed : 0;
            _dirty = true;
            _pressed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            come = [.. Linkable(changed)];
            _arrived.Clear();
            stated = Statements();
        }

        var epoch = keeper.State.Epoch;
        var changes = new List<SituationChanges>();
        if (community.Version is var version && version != _community)
        {
            (_members, _community) = (community.Current, version);
            changes.Add(keeper.Change(_members));
        }

        var coming = come.Select(one => one.Mail.Key).ToHashSet(StringComparer.Ordinal);
        Leave(
            changed
                .Where(key => !coming.Contains(key) && _linked.Contains(key))
                .Concat(_statedKeys.Where(key => !stated.ContainsKey(key)))
                .ToList(),
            changes
        );
        Come(come, stated.Where(one => !_statedKeys.Contains(one.Key)).ToDictionary(StringComparer.Ordinal), changes);
        _statedKeys.Clear();
        _statedKeys.UnionWith(stated.Keys);
        var grown = epoch is not null && keeper.Count > _frozenAt && keeper.Count >= _frozenAt * (atRest ? GrowthOfBulk : GrowthOfLive);
        if (grown)
        {
            changes.Add(keeper.Freeze());
        }

        if (forgets)
        {
            // When all that is left is in: a value that nobody has now, nobody has.
            keeper.ForgetValues();
        }

        _frozenAt = grown || epoch is null ? keeper.Count : _frozenAt;
        _untold = changes.Aggregate(_untold, (all, one) => all.Then(one));
        return new WorkedSituation(
            keeper.Current,
            new SituationChange(position, [.. _untoldMails.Order(StringComparer.Ordinal).Take(SituationChange.MostMails)], _untold),
            ReferenceEquals(_kept, keeper.State.Epoch) ? null : new SituationMemory(keeper.State, _frozenAt)
        );
    }

    /// <summary>Takes mails and statements out.</summary>
    private void Leave(List<string> gone, List<SituationChanges> changes)
    {
        if (_keeper is { } keeper && gone.Count > 0)
        {
            _linked.ExceptWith(gone);
            changes.Add(keeper.Remove(gone));
        }
    }

    /// <summary>
    /// Takes mails and statements in: few at once; many organisation by organisation, so that no more are at hand than a situation keeps.
    /// </summary>
    private void Come(
        List<(ShelvedMail Mail, string? Organization, KnownMail? AtHand)> come,
        Dictionary<string, ManifestLine> told,
        List<SituationChanges> changes
    )
    {
        if (_keeper is not { } keeper)
        {
            return;
        }

        come.Sort((x, y) => string.CompareOrdinal(x.Organization, y.Organization));
        for (var from = 0; from < come.Count || told.Count > 0; )
        {
            var end = Math.Min(from + Math.Max(1, settings.MailsAtHand), come.Count);
            while (
                end > from
                && end < come.Count
                && string.Equals(come[end].Organization, come[end - 1].Organization, StringComparison.Ordinal)
            )
            {
                end++;
            }

            var part = come.GetRange(from, end - from);
            List<KnownMail> mails =
            [
                .. part.Select(one => one.AtHand).OfType<KnownMail>(),
                .. ReadAgain([.. part.Where(one => one.AtHand is null).Select(one => one.Mail)]),
            ];
            // What cannot be read any more was erased a moment ago.
            var there = mails.Select(one => one.Mail.Key).ToHashSet(StringComparer.Ordinal);
            Leave([.. part.Select(one => one.Mail.Key).Where(key => !there.Contains(key) && _linked.Contains(key))], changes);
            changes.Add(keeper.Add(new SituationBatch { Mails = mails, Stated = told }));
            _linked.UnionWith(there);
            (from, told) = (end, new Dictionary<string, ManifestLine>(StringComparer.Ordinal));
        }
    }

    /// <summary>Reads mails from the log, as they were when they came; what was erased is left out.</summary>
    private List<KnownMail> ReadAgain(IReadOnlyList<ShelvedMail> asked)
    {
        var mails = new List<KnownMail>(asked.Count);
        foreach (var (key, place) in asked)
        {
            // The store answers at once; there is nothing to wait for.
            var entries = store.Steps.ReadKindAsync(DocumentKinds.Mail, place - 1, 1).GetAwaiter().GetResult();
            if (entries is [{ } entry] && entry.Position == place && entry.Subject == key && fresh.Read(entry) is { } document)
            {
                mails.Add(document.Known with { Place = place });
            }
        }

        return mails;
    }

    /// <summary>
    /// After a failure half way: the situation is made anew the next time, because nobody knows how far the last attempt came. What was worked
    /// out before and not kept is still to be told. Not needed where only the keeping failed.
    /// </summary>
    internal void Restart()
    {
        _keeper = new SituationKeeper(_members, _keeper?.State ?? SituationState.Empty, new MailShelf(ReadAgain, settings.MailsAtHand));
        _linked.Clear();
        _statedKeys.Clear();
        lock (_gate)
        {
            _forgotten = 0;
            _values.Paid = 0;
            _dirty = true;
            _changed.UnionWith(_mails.Keys);
        }
    }

    /// <summary>Mails among the changed keys that count; a change of a provision concerns all its mails.</summary>
    private IEnumerable<(ShelvedMail Mail, string? Organization, KnownMail? AtHand)> Linkable(List<string> changed)
    {
        foreach (var key in changed)
        {
            if (_mails.TryGetValue(key, out var mail) && Counts(mail.Provision, mail.Waits))
            {
                yield return (new ShelvedMail(key, mail.Position), mail.Organization, _arrived.GetValueOrDefault(key));
            }
        }
    }

    private Dictionary<string, ManifestLine> Statements() =>
        _stated
            .Where(one => Counts(one.Key, one.Value.Held))
            .SelectMany(one => one.Value.Lines.Select((line, i) => (Key: $"stated/{one.Key}/{i}", Line: line)))
            .ToDictionary(one => one.Key, one => one.Line, StringComparer.Ordinal);

    /// <summary>Makes a situation the current one and tells everybody; what follows from it is kept.</summary>
    internal void Publish(WorkedSituation worked)
    {
        List<TaskCompletionSource> forgotten;
        lock (_gate)
        {
            _kept = worked.Frozen?.State.Epoch ?? _kept;
            _untold = SituationChanges.None;
            _untoldMails.Clear();
            _values = (_values.Owed - _values.Paid, 0);
            _dirty = false;
            forgotten = _forgetting.GetRange(0, _forgotten);
            _forgetting.RemoveRange(0, _forgotten);
            _forgotten = 0;
        }

        _told.Tell(worked.Situation, worked.Change);
        forgotten.ForEach(one => one.TrySetResult());
    }

    /// <summary>Nothing came that changes the situation; it covers more of the log all the same.</summary>
    internal void Advance(long position) => _told.Tell(Current, new SituationChange(position, [], SituationChanges.None));

    private void ApplyMail(LogEntry entry)
    {
        if (fresh.Read(entry) is { } document && entry.Provision is { } provision)
        {
            _unread.Remove(entry.Subject);
            if (!_mails.TryGetValue(entry.Subject, out var old) || old.Position < entry.Position)
            {
                _mails[entry.Subject] = new Held(entry.Position, provision, document.Held, document.Mail.Organization);
                _changed.Add(entry.Subject);
                harvested.Add(document.Mail, community.Find(document.Mail.Organization));
                _arrived.Remove(entry.Subject);
                if (_arrived.Count < settings.MailsAtHand)
                {
                    _arrived.Add(entry.Subject, document.Known with { Place = entry.Position });
                }
            }
        }
        else
        {
            if (entry is { Body.IsEmpty: false, Provision: { } unread })
            {
                _unread[entry.Subject] = unread;
            }
            else
            {
                _unread.Remove(entry.Subject);
            }

            if (_mails.Remove(entry.Subject))
            {
                _arrived.Remove(entry.Subject);
                _changed.Add(entry.Subject);
            }
        }
    }

    private bool Counts(ProvisionId provision, bool waits) => !_gone.Contains(provision) && (!waits || _released.Contains(provision));

    private void Touch(ProvisionId provision)
    {
        // Held, released and withdrawn ones are few; the list of all mails by provision would cost every mail.
        foreach (var (key, mail) in _mails)
        {
            if (mail.Provision == provision)
            {
                _changed.Add(key);
            }
        }

        _changed.Add(provision.ToString());
    }
}
