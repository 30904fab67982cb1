namespace Noroshi.Hub.Conversations.Threading;

/// <summary>
/// Which mails hold a print, as one sorted array: eight bytes a posting, and no list that grows with a popular value is ever walked
/// further than a few places.
/// </summary>
internal sealed class PrintIndex
{
    /// <summary>Of longer texts every second print is kept.</summary>
    private const int Short = 64;

    private readonly ulong[] postings;

    /// <summary>Index of one kind of text.</summary>
    /// <param name="texts">Prints by mail.</param>
    public PrintIndex(IReadOnlyList<uint[]> texts)
    {
        var all = new List<ulong>();
        for (var mail = 0; mail < texts.Count; mail++)
        {
            foreach (var print in texts[mail])
            {
                if (texts[mail].Length <= Short || print % 2 == 0)
                {
                    all.Add(((ulong)print << 32) | (uint)mail);
                }
            }
        }

        all.Sort();
        postings = [.. all];
    }

    /// <summary>The newest mails before a place in the order that hold the print, newest first.</summary>
    public IEnumerable<int> Before(uint print, int end, int most)
    {
        var at = Array.BinarySearch(postings, ((ulong)print << 32) | (uint)end);
        for (at = (at < 0 ? ~at : at) - 1; at >= 0 && most > 0 && postings[at] >> 32 == print; at--, most--)
        {
            yield return (int)(uint)postings[at];
        }
    }
}

/// <summary>How many mails hold a print, roughly (never too few): a table of counters whose size does not depend on the mails.</summary>
internal sealed class PrintCounts
{
    private const int Bits = 21;
    private readonly ushort[] counters = new ushort[1 << Bits];

    /// <summary>Counts the prints of texts.</summary>
    public PrintCounts(IEnumerable<uint[]> texts)
    {
        foreach (var text in texts)
        {
            foreach (var print in text)
            {
                ref var counter = ref counters[Place(print)];
                counter += counter == ushort.MaxValue ? (ushort)0 : (ushort)1;
            }
        }
    }

    /// <summary>The prints of a text that few mails hold.</summary>
    public uint[] Rare(uint[] text, int most) =>
        Array.TrueForAll(text, print => counters[Place(print)] <= most)
            ? text
            : Array.FindAll(text, print => counters[Place(print)] <= most);

    private static int Place(uint print) => (int)(unchecked(print * 2654435769u) >> (32 - Bits));
}
