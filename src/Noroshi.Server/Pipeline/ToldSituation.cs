using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;

namespace Noroshi.Server.Pipeline;

/// <summary>What a new situation brought.</summary>
/// <param name="Position">Everything in the log up to here is in the situation.</param>
/// <param name="Mails">Keys of mails that came, changed or went, at most <see cref="MostMails"/> of them.</param>
/// <param name="Changes">What changed in exchanges, campaigns and warnings.</param>
internal sealed record SituationChange(long Position, IReadOnlyList<string> Mails, SituationChanges Changes)
{
    /// <summary>Most keys in one change; who sees so many looks at the whole anew.</summary>
    public const int MostMails = 1_000;
}

/// <summary>The situation that everybody is told, those who wait for a newer one, and those who follow the changes.</summary>
internal sealed class ToldSituation
{
    private const int MostUnread = 256;

    private readonly Lock _gate = new();
    private readonly List<Channel<SituationChange>> _readers = [];
    private readonly List<(long Position, TaskCompletionSource Reached)> _waiting = [];

    /// <summary>The situation; of no mails before the first was worked out.</summary>
    public Situation Current { get; private set; } = Situations.Of([], new Members(), []);

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

    /// <summary>Tells a situation.</summary>
    public void Tell(Situation situation, SituationChange change)
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
}
