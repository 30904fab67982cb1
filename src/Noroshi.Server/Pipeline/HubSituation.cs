using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Pipeline;

/// <summary>What a new situation brought.</summary>
/// <param name="Position">Everything in the log up to here is in the situation.</param>
/// <param name="Mails">Keys of mails that came, changed or went, at most <see cref="MostMails"/> of them.</param>
/// <param name="Warnings">Warnings that were not there before.</param>
internal sealed record SituationChange(long Position, IReadOnlyList<string> Mails, IReadOnlyList<LiveWarning> Warnings)
{
    /// <summary>Most keys in one change; who sees so many looks at the whole anew.</summary>
    public const int MostMails = 1_000;
}

/// <summary>
/// The hub-wide situation as of now: what all mails that are in the hub show together. Derived from the log, held in memory, built anew at
/// each start. Provisions that wait for a person are not in it until they are released; withdrawn and erased ones leave it.
/// </summary>
internal sealed class HubSituation(Community community)
{
    private const int MostUnread = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Held> _mails = new(StringComparer.Ordinal);
    private readonly Dictionary<ProvisionId, (bool Held, IReadOnlyList<ManifestLine> Lines)> _stated = [];
    private readonly HashSet<ProvisionId> _released = [];
    private readonly HashSet<ProvisionId> _gone = [];
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly List<Channel<SituationChange>> _readers = [];
    private readonly List<(long Position, TaskCompletionSource Reached)> _waiting = [];

    private sealed record Held(long Position, ProvisionId Provision, bool Waits, KnownMail Mail);

    /// <summary>The situation; of no mails before the first was worked out.</summary>
    public Situation Current { get; private set; } = Situations.Of([], new Members(), []);

    /// <summary>The situation, and its mails with their features.</summary>
    public (Situation Situation, IReadOnlyList<KnownMail> Mails) CurrentWithMails()
    {
        lock (_gate)
        {
            // What came since then is not in the situation yet.
            var current = Current;
            return (current, [.. _mails.Values.Where(one => current.Mails.ContainsKey(one.Mail.Mail.Key)).Select(one => one.Mail)]);
        }
    }

    /// <summary>Every mail up to this position of the log is in <see cref="Current"/>.</summary>
    public long Position { get; private set; }

    /// <summary>Ends when the situation covers a position of the log.</summary>
    public Task WaitForAsync(long position, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (Position >= position)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((position, reached));
            return reached.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Changes from now on. A reader that does not keep up misses the oldest: each change names its position.</summary>
    public async IAsyncEnumerable<SituationChange> ChangesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<SituationChange>(
            new BoundedChannelOptions(MostUnread) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
        );
        lock (_gate)
        {
            _readers.Add(channel);
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellation))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_gate)
            {
                _readers.Remove(channel);
            }
        }
    }

    /// <summary>A provision was erased: its mails are in no later situation.</summary>
    public void Forget(ProvisionId provision)
    {
        lock (_gate)
        {
            _gone.Add(provision);
            Touch(provision);
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

    /// <summary>Something came since the situation was worked out last.</summary>
    internal bool HasChanged
    {
        get
        {
            lock (_gate)
            {
                return _changed.Count > 0;
            }
        }
    }

    /// <summary>Works the situation out from everything that was taken in.</summary>
    /// <param name="known">Warnings that were given before, by id of the exchange.</param>
    internal (Situation Situation, SituationChange Change) Work(long position, IReadOnlySet<string> known)
    {
        List<KnownMail> mails;
        List<ManifestLine> stated;
        List<string> changed;
        lock (_gate)
        {
            mails = [.. _mails.Values.Where(one => Counts(one.Provision, one.Waits)).Select(one => one.Mail)];
            stated =
            [
                .. _stated
                    .Where(one => Counts(one.Key, one.Value.Held))
                    .OrderBy(one => one.Key.Value)
                    .SelectMany(one => one.Value.Lines),
            ];
            changed = [.. _changed.Order(StringComparer.Ordinal).Take(SituationChange.MostMails)];
            _changed.Clear();
        }

        var situation = Situations.Of(mails, community.Current, stated);
        return (situation, new SituationChange(position, changed, [.. situation.Warnings.Where(one => !known.Contains(one.Conversation))]));
    }

    /// <summary>Makes a situation the current one and tells everybody.</summary>
    internal void Publish(Situation situation, SituationChange change)
    {
        List<TaskCompletionSource> reached;
        lock (_gate)
        {
            Current = situation;
            Position = change.Position;
            reached = [.. _waiting.Where(one => one.Position <= change.Position).Select(one => one.Reached)];
            _waiting.RemoveAll(one => one.Position <= change.Position || one.Reached.Task.IsCompleted);
            foreach (var reader in _readers)
            {
                reader.Writer.TryWrite(change);
            }
        }

        reached.ForEach(one => one.TrySetResult());
    }

    /// <summary>Nothing came that changes the situation; it covers more of the log all the same.</summary>
    internal void Advance(long position) => Publish(Current, new SituationChange(position, [], []));

    private void ApplyMail(LogEntry entry)
    {
        if (MailDocument.Read(entry) is { } document && entry.Provision is { } provision)
        {
            if (!_mails.TryGetValue(entry.Subject, out var old) || old.Position < entry.Position)
            {
                _mails[entry.Subject] = new Held(entry.Position, provision, document.Held, document.Known);
                _changed.Add(entry.Subject);
            }
        }
        else if (_mails.Remove(entry.Subject))
        {
            _changed.Add(entry.Subject);
        }
    }

    private bool Counts(ProvisionId provision, bool waits) => !_gone.Contains(provision) && (!waits || _released.Contains(provision));

    private void Touch(ProvisionId provision) => _changed.Add(provision.ToString());
}
