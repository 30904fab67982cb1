using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>One reading of an artefact.</summary>
/// <param name="Text">Text.</param>
/// <param name="Path">Decoders that were undone, outermost first, joined by slashes.</param>
internal sealed record DecodedView(string Text, string Path);

/// <summary>
/// All readings of an artefact: each decoder is tried on each reading, to a depth of five. Equal readings are looked at once. What goes beyond
/// the budget makes the closure incomplete, and an incomplete look is no look.
/// </summary>
internal sealed class DecoderClosure
{
    /// <summary>Decoders undone one after the other; charsets do not count.</summary>
    public const int MostLayers = 5;

    private const int Short = 128;
    private const long LeastBudget = 16L << 20;
    private const int BudgetTimes = 256;
    private readonly Queue<(ReadOnlyMemory<byte> Bytes, string? Text, string Path, int Depth)> _queue = new();
    private readonly HashSet<UInt128> _seen = [];
    private readonly HashSet<string> _seenShort = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seenShortBytes = new(StringComparer.Ordinal);
    private long _budget;

    /// <summary>Whether something could not be looked through.</summary>
    public bool Incomplete { get; private set; }

    /// <summary>The readings, nearest first.</summary>
    public IEnumerable<DecodedView> Views(ReadOnlyMemory<byte> artefact)
    {
        _budget = Math.Max(LeastBudget, (long)artefact.Length * BudgetTimes);
        Offer(artefact, "", 0);
        while (_queue.TryDequeue(out var item))
        {
            if (item.Text is { } text)
            {
                yield return new DecodedView(text, item.Path);
                Undo(text, item.Path, item.Depth);
            }
            else
            {
                Read(item.Bytes, item.Path, item.Depth);
            }
        }
    }

    private void Read(ReadOnlyMemory<byte> bytes, string path, int depth)
    {
        var packed = ByteContainers.Open(bytes, _budget);
        Incomplete |= packed.Incomplete;
        foreach (var (name, content, kind) in packed.Entries)
        {
            OfferText(name, Join(path, kind), depth + 1);
            Offer(content, Join(path, kind), depth + 1);
        }

        foreach (var (text, charset) in ByteReadings.Of(bytes.Span, trusted: depth == 0 || packed.Entries.Count > 0))
        {
            // Bytes printed as digits are looked at and not decoded again.
            OfferText(text, charset.Length == 0 ? path : Join(path, charset), charset == ByteReadings.Printed ? MostLayers : depth);
        }
    }

    private void Undo(string text, string path, int depth)
    {
        if (text.Length < TextDecoders.Shortest)
        {
            return;
        }

        foreach (var (name, decode) in TextDecoders.ToText)
        {
            if (decode(text) is { } decoded && !string.Equals(decoded, text, StringComparison.Ordinal))
            {
                OfferText(decoded, Join(path, name), depth + 1);
            }
        }

        foreach (var (name, decode) in TextDecoders.ToBytes)
        {
            if (decode(text) is { } decoded)
            {
                Offer(decoded, Join(path, name), depth + 1);
            }
        }

        foreach (var (name, find) in RunDecoders.All)
        {
            foreach (var decoded in find(text))
            {
                Offer(decoded, Join(path, name), depth + 1);
            }
        }
    }

    private void Offer(ReadOnlyMemory<byte> bytes, string path, int depth)
    {
        if (bytes.Length > 0 && depth <= MostLayers && IsNew(bytes.Span) && Spend(bytes.Length))
        {
            _queue.Enqueue((bytes, null, path, depth));
        }
    }

    private void OfferText(string text, string path, int depth)
    {
        if (text.Length > 0 && depth <= MostLayers && IsNew(text) && Spend(text.Length))
        {
            _queue.Enqueue((default, text, path, depth));
        }
    }

    /// <summary>Takes room for a reading that was not met before; deeper layers are not undone: what stands at the last one was still read.</summary>
    private bool Spend(int length)
    {
        _budget -= length;
        Incomplete |= _budget < 0;
        return _budget >= 0;
    }

    /// <summary>Short texts are remembered as they are, which costs less than a digest.</summary>
    private bool IsNew(string text) =>
        text.Length <= Short ? _seenShort.Add(text) : _seen.Add(Mark(MemoryMarshal.AsBytes(text.AsSpan()), 1));

    private bool IsNew(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Short)
        {
            return _seen.Add(Mark(bytes, 0));
        }

        Span<char> characters = stackalloc char[Short];
        Encoding.Latin1.GetChars(bytes, characters);
        return _seenShortBytes.GetAlternateLookup<ReadOnlySpan<char>>().Add(characters[..bytes.Length]);
    }

    /// <summary>Half a SHA-256: two different readings with one mark would hide a leak, so that an attacker must not be able to make them.</summary>
    private static UInt128 Mark(ReadOnlySpan<byte> bytes, byte kind)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash) ^ kind;
    }

    private static string Join(string path, string step) => path.Length == 0 ? step : $"{path}/{step}";
}
