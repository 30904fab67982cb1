using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Makers.Story;

/// <summary>
/// Chance that is the same on every machine and does not depend on what was drawn for others: each name has a stream of its own (SplitMix64).
/// </summary>
internal sealed class Dice
{
    private ulong _state;

    public Dice(string name) => _state = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes("story/" + name)));

    /// <summary>What a letter is about is drawn from this: subject, text and attachment speak of the same thing. Null where nothing is bound.</summary>
    public string? Theme { get; init; }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 to below the limit.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>One of them.</summary>
    public T Of<T>(IReadOnlyList<T> all) => all[Below(all.Count)];

    /// <summary>So many digits of base 16, lower case.</summary>
    public string Hex(int length)
    {
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            text.Append("0123456789abcdef"[Below(16)]);
        }

        return text.ToString();
    }

    /// <summary>So many letters and digits.</summary>
    public string Letters(int length)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            text.Append(Alphabet[Below(Alphabet.Length)]);
        }

        return text.ToString();
    }

    /// <summary>So many bytes.</summary>
    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length; at++)
        {
            bytes[at] = (byte)Next();
        }

        return bytes;
    }

    /// <summary>A GUID.</summary>
    public Guid Id() => new(Bytes(16));

    /// <summary>The same in another order.</summary>
    public List<T> Shuffled<T>(IEnumerable<T> all)
    {
        var list = all.ToList();
        for (var at = list.Count - 1; at > 0; at--)
        {
            var other = Below(at + 1);
            (list[at], list[other]) = (list[other], list[at]);
        }

        return list;
    }
}
