namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>Elements of DER (X.690), one after the other. What does not fit ends the reading.</summary>
internal ref struct DerReader(ReadOnlySpan<byte> bytes)
{
    public const byte Sequence = 0x30;
    public const byte Set = 0x31;
    public const byte ObjectId = 0x06;
    public const byte Integer = 0x02;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Tag of the next element; 0 at the end.</summary>
    public readonly byte Tag => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Takes the next element.</summary>
    /// <param name="tag">Its tag; 0 at the end.</param>
    /// <param name="content">Its content.</param>
    public bool Next(out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        if (_rest.Length < 2)
        {
            return false;
        }

        tag = _rest[0];
        long length = _rest[1];
        var at = 2;
        if (length > 0x80)
        {
            var count = (int)length & 0x7F;
            length = 0;
            if (count > 4 || at + count > _rest.Length)
            {
                return false;
            }

            for (var i = 0; i < count; i++)
            {
                length = (length << 8) | _rest[at++];
            }
        }
        else if (length == 0x80)
        {
            return false;
        }

        if (length > _rest.Length - at)
        {
            return false;
        }

        content = _rest.Slice(at, (int)length);
        _rest = _rest[(at + (int)length)..];
        return true;
    }

    /// <summary>Takes the next element and goes into it, when it has the tag; empty otherwise.</summary>
    public DerReader Into(byte tag) => Tag == tag && Next(out _, out var content) ? new DerReader(content) : default;

    /// <summary>Takes and forgets the next element.</summary>
    public void Skip() => Next(out _, out _);
}
