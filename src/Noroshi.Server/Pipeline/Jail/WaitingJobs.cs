namespace Noroshi.Server.Pipeline.Jail;

/// <summary>
/// Requests that wait for a worker. Whoever hands one in waits for its answer, so that there are never more than callers. A new group needs a
/// new worker, and a start costs more than many mails: each line of work goes on with its own group while there is something of it, then takes
/// one that no other works on.
/// </summary>
internal sealed class WaitingJobs : IDisposable
{
    /// <summary>So many may be taken before the one that waits longest; then it is its turn.</summary>
    private const int MostOvertaken = 256;

    private readonly Lock _gate = new();
    private readonly LinkedList<Job> _waiting = [];
    private readonly SemaphoreSlim _filled = new(0);
    private readonly Dictionary<string, int> _inUse = new(StringComparer.Ordinal);
    private int _overtaken;
    private bool _closed;

    /// <summary>Hands one in.</summary>
    /// <exception cref="ObjectDisposedException">The pool closes.</exception>
    public void Add(Job job)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _waiting.AddLast(job);
        }

        _filled.Release();
    }

    /// <summary>No more come; what waits is still taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        _filled.Release();
    }

    /// <summary>The next one for a line of work; waits until there is one. Null when no more come.</summary>
    /// <param name="group">The group that it served last.</param>
    public Job? Take(string? group)
    {
        _filled.Wait();
        lock (_gate)
        {
            if (Chosen(group) is not { } node)
            {
                // Closed: the others are told, too.
                _filled.Release();
                return null;
            }

            _overtaken = node == _waiting.First ? 0 : _overtaken + 1;
            _waiting.Remove(node);
            Leave(group, node.Value.Group);
            return node.Value;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _filled.Dispose();

    /// <summary>What needs a fresh worker anyway comes first: somebody waits for it.</summary>
    private LinkedListNode<Job>? Chosen(string? group)
    {
        if (_waiting.First is not { } oldest || _overtaken >= MostOvertaken)
        {
            return _waiting.First;
        }

        LinkedListNode<Job>? own = null,
            free = null;
        for (var node = oldest; node is not null; node = node.Next)
        {
            if (node.Value.Group is not { } other)
            {
                return node;
            }

            own ??= other == group ? node : null;
            free ??= _inUse.ContainsKey(other) ? null : node;
        }

        return own ?? free ?? oldest;
    }

    private void Leave(string? before, string? next)
    {
        if (next is null || next == before)
        {
            return;
        }

        _inUse[next] = _inUse.GetValueOrDefault(next) + 1;
        if (before is not null && _inUse.TryGetValue(before, out var lines))
        {
            if (lines > 1)
            {
                _inUse[before] = lines - 1;
            }
            else
            {
                _inUse.Remove(before);
            }
        }
    }
}
