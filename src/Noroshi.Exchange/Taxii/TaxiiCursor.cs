using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Exchange.Taxii;

/// <summary>
/// The value of <c>next</c>: where a page ended, sealed for one reader, one collection and one question. It gives no right: who comes with it is let in or not as
/// without it.
/// </summary>
/// <param name="key">Key of the hub, 32 bytes.</param>
public sealed class TaxiiCursor(ReadOnlyMemory<byte> key)
{
    private const int SealBytes = 24;

    /// <summary>What to hand out.</summary>
    /// <param name="at">When the last object of the page was added.</param>
    /// <param name="reader">Whose it is.</param>
    /// <param name="collection">Id of the collection.</param>
    /// <param name="filter">What was asked for.</param>
    public string Seal(DateTimeOffset at, string reader, string collection, TaxiiFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var token = new byte[8 + SealBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, at.UtcTicks);
        Mark(token.AsSpan(0, 8), reader, collection, filter).AsSpan(0, SealBytes).CopyTo(token.AsSpan(8));
        return Convert.ToHexStringLower(token);
    }

    /// <summary>Where to go on; null when the value was not handed out to this reader for this question.</summary>
    public DateTimeOffset? Open(string text, string reader, string collection, TaxiiFilter filter)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(filter);
        var token = new byte[8 + SealBytes];
        if (
            text.Length != token.Length * 2
            || Convert.FromHexString(text, token, out _, out var written) != System.Buffers.OperationStatus.Done
            || written != token.Length
        )
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(token);
        var mark = Mark(token.AsSpan(0, 8), reader, collection, filter);
        return
            CryptographicOperations.FixedTimeEquals(mark.AsSpan(0, SealBytes), token.AsSpan(8))
            && ticks >= 0
            && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
    }

    private byte[] Mark(ReadOnlySpan<byte> position, string reader, string collection, TaxiiFilter filter)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span);
        hash.AppendData(position);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in new[] { reader, collection, filter.Canonical })
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
