namespace Noroshi.Hub.Sharing.Gate;

/// <summary>One reading of an artefact.</summary>
/// <param name="Text">Text.</param>
/// <param name="Path">Decoders that were undone, outermost first, joined by slashes.</param>
internal sealed record DecodedView(string Text, string Path);

/// <summary>
/// All readings of an artefact: each decoder is tried on each reading, to a depth of five. Equal readings are looked at once. What goes beyond
/// the budget makes the closure incomplete, and an incomplete look is no look.
/// </summary>
/// <param name="known">
/// Readings that were met before, of this artefact and of others that leave with it: what was looked at from no deeper need not be looked at again.
/// </param>
internal sealed class DecoderClosure(KnownReadings known)
{
    /// <summary>Decoders undone one after the other; charsets do not count.</summary>
    public const int MostLayers = 5;

    private const long LeastBudget = 16L << 20;
    private const int BudgetTimes = 256;
    private readonly Queue<(ReadOnlyMemory<byte> Bytes, string? Text, string Path, int Depth)> _queue = new();
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
        if (bytes.Length > 0 && depth <= MostLayers && known.Add(bytes.Span, depth) && Spend(bytes.Length))
        {
            _queue.Enqueue((bytes, null, path, depth));
        }
    }

    private void OfferText(string text, string path, int depth)
    {
        if (text.Length > 0 && depth <= MostLayers && known.Add(text, depth) && Spend(text.Length))
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

    private static string Join(string path, string step) => path.Length == 0 ? step : $"{path}/{step}";
}
