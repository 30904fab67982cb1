namespace Noroshi.Server.Smtp.Protocol;

/// <summary>Bytes that all large mails share. Who comes first is served first.</summary>
internal sealed class MemoryBudget(long total, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(long Bytes, TaskCompletionSource Ready)> _waiting = new();
    private readonly long _total = total;
    private long _free = total;

    /// <summary>What is free now.</summary>
    public long Free
    {
        get
        {
            lock (_lock)
            {
                return _free;
            }
        }
    }

    /// <summary>Takes bytes; false when there was no room in time.</summary>
    public async ValueTask<bool> TakeAsync(long bytes, TimeSpan wait, CancellationToken cancellation)
    {
        LinkedListNode<(long Bytes, TaskCompletionSource Ready)> place;
        lock (_lock)
        {
            if (bytes > _total)
            {
                return false;
            }

            if (_waiting.Count == 0 && _free >= bytes)
            {
                _free -= bytes;
                return true;
            }

            place = _waiting.AddLast((bytes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        try
        {
            await place.Value.Ready.Task.WaitAsync(wait, clock, cancellation);
            return true;
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            lock (_lock)
            {
                if (place.List is null)
                {
                    // The room came at the same moment.
                    if (error is TimeoutException)
                    {
                        return true;
                    }

                    _free += bytes;
                }
                else
                {
                    _waiting.Remove(place);
                }

                Serve();
            }

            if (error is OperationCanceledException)
            {
                throw;
            }

            return false;
        }
    }

    /// <summary>Gives bytes back.</summary>
    public void Give(long bytes)
    {
        lock (_lock)
        {
            _free += bytes;
            Serve();
        }
    }

    private void Serve()
    {
        while (_waiting.First is { } first && first.Value.Bytes <= _free)
        {
            _free -= first.Value.Bytes;
            _waiting.RemoveFirst();
            first.Value.Ready.SetResult();
        }
    }
}
