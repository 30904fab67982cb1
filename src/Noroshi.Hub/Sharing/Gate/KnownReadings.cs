using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>Readings that the gate has met, each with the fewest decoders under which it was met: from there it is undone the furthest.</summary>
internal sealed class KnownReadings
{
    private const int Short = 128;
    private readonly Dictionary<UInt128, int> _long = [];
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bytes = new(StringComparer.Ordinal);

    /// <summary>Remembers a text; false when it was met from no deeper.</summary>
    public bool Add(string text, int depth) =>
        text.Length <= Short
            // Short ones are remembered as they are, which costs less than a digest.
            ? IsNearer(ref CollectionsMarshal.GetValueRefOrAddDefault(_texts, text, out var known), known, depth)
            : Add(Mark(MemoryMarshal.AsBytes(text.AsSpan()), 1), depth);

    /// <summary>Remembers bytes; false when they were met from no deeper.</summary>
    public bool Add(ReadOnlySpan<byte> bytes, int depth)
    {
        if (bytes.Length > Short)
        {
            return Add(Mark(bytes, 0), depth);
        }

        Span<char> characters = stackalloc char[Short];
        Encoding.Latin1.GetChars(bytes, characters);
        var lookup = _bytes.GetAlternateLookup<ReadOnlySpan<char>>();
        return IsNearer(ref CollectionsMarshal.GetValueRefOrAddDefault(lookup, characters[..bytes.Length], out var known), known, depth);
    }

    private bool Add(UInt128 mark, int depth) =>
        IsNearer(ref CollectionsMarshal.GetValueRefOrAddDefault(_long, mark, out var known), known, depth);

    private static bool IsNearer(ref int least, bool known, int depth)
    {
        if (known && least <= depth)
        {
            return false;
        }

        least = depth;
        return true;
    }

    /// <summary>Half a SHA-256: two different readings with one mark would hide a leak, so that an attacker must not be able to make them.</summary>
    private static UInt128 Mark(ReadOnlySpan<byte> bytes, byte kind)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash) ^ kind;
    }
}
