namespace Noroshi.Server.Smtp.Protocol;

/// <summary>How it stands with the bytes of a mail.</summary>
internal enum BufferState
{
    /// <summary>All are kept.</summary>
    Open,

    /// <summary>More than a mail may have; what comes is thrown away.</summary>
    TooLarge,

    /// <summary>There was no room; what comes is thrown away.</summary>
    NoRoom,
}

/// <summary>
/// The bytes of one mail while it comes. Small ones grow freely, large ones take their share of the common memory once and for all before
/// they go on, so that those that have begun can end.
/// </summary>
internal sealed class MessageBuffer(MemoryBudget budget, SmtpOptions options, long announced) : IDisposable
{
    private const int First = 16 * 1024;

    /// <summary>Senders count before dots are doubled and line ends made, so the announced size is near but not exact.</summary>
    private const int Slack = 64 * 1024;

    private byte[] _bytes = [];
    private int _length;
    private long _taken;

    /// <summary>How it stands.</summary>
    public BufferState State { get; private set; }

    /// <summary>All bytes that came, those thrown away included.</summary>
    public long Seen { get; private set; }

    /// <summary>The mail so far.</summary>
    public ReadOnlyMemory<byte> Content => _bytes.AsMemory(0, _length);

    /// <summary>Makes room for so many bytes more, waiting for others to end when there is none.</summary>
    public async ValueTask EnsureAsync(long more, CancellationToken cancellation)
    {
        // A dot's CR may still be held back by the reader.
        var need = Math.Min(_length + more + 1, options.MostMessageBytes);
        if (State != BufferState.Open || need <= _bytes.Length)
        {
            return;
        }

        var size = CapacityFor((int)need);
        var share = size > options.SmallMessageBytes ? size - _taken : 0;
        if (share > 0)
        {
            if (!await budget.TakeAsync(share, options.MemoryWait, cancellation))
            {
                Refuse();
                return;
            }

            _taken += share;
        }

        var larger = GC.AllocateUninitializedArray<byte>(size);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        _bytes = larger;
    }

    /// <summary>Adds bytes for which room was made.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Seen += bytes.Length;
        if (State != BufferState.Open)
        {
            return;
        }

        if (_length + (long)bytes.Length > options.MostMessageBytes)
        {
            State = BufferState.TooLarge;
            Drop();
            return;
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Everything that comes is thrown away.</summary>
    public void Refuse()
    {
        State = BufferState.NoRoom;
        Drop();
    }

    /// <summary>Gives the room back.</summary>
    public void Dispose() => Drop();

    private void Drop()
    {
        budget.Give(_taken);
        _taken = 0;
        _length = 0;
        _bytes = [];
    }

    private int CapacityFor(int need)
    {
        if (need <= options.SmallMessageBytes)
        {
            return Math.Min(options.SmallMessageBytes, Math.Max(First, Math.Max(need, _bytes.Length * 2)));
        }

        var expected = announced > 0 ? announced + Slack + (announced / 16) : long.MaxValue;
        return (int)(need <= expected ? Math.Min(expected, options.MostMessageBytes) : options.MostMessageBytes);
    }
}
