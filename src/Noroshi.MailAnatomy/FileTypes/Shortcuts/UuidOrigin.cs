using System.Buffers.Binary;
using Noroshi.MailAnatomy.Containers;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>What a UUID of version 1 (RFC 9562, 5.1) says of its making.</summary>
/// <param name="Time">RFC 3339, UTC.</param>
/// <param name="MacAddress">Address of a network card; null when the node is a random number.</param>
internal sealed record UuidOrigin(string Time, string? MacAddress)
{
    /// <summary>100-nanosecond steps from 1582-10-15 to 1970-01-01.</summary>
    private const ulong Epoch = 0x01B2_1DD2_1381_4000;

    /// <summary>Reads a UUID; null when it is of another version or of an impossible time.</summary>
    public static UuidOrigin? Read(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!id.TryWriteBytes(bytes, bigEndian: true, out _) || bytes[6] >> 4 != 1 || (bytes[8] & 0xC0) != 0x80)
        {
            return null;
        }

        var steps =
            ((ulong)(BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x0FFF) << 48)
            | ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) << 32)
            | BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (steps < Epoch || ArchiveTimes.FromUnix((long)((steps - Epoch) / 10_000_000)) is not { } time)
        {
            return null;
        }

        // The multicast bit marks a node that is no card's address.
        var node = bytes[10..];
        return new UuidOrigin(time, (node[0] & 1) != 0 || node.IndexOfAnyExcept((byte)0) < 0 ? null : Address(node));
    }

    private static string Address(ReadOnlySpan<byte> node)
    {
        Span<char> text = stackalloc char[17];
        text.Fill(':');
        for (var i = 0; i < 6; i++)
        {
            Convert.TryToHexStringLower(node.Slice(i, 1), text[(3 * i)..], out _);
        }

        return new string(text);
    }
}
