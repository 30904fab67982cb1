using System.Buffers;
using System.Text;

namespace Noroshi.MailAnatomy.Text.Charsets;

/// <summary>Says how well a charset explains bytes. Looks at the first <see cref="SampleBytes"/> bytes from the first one outside ASCII.</summary>
internal static class CharsetScorer
{
    /// <summary>Bytes looked at.</summary>
    public const int SampleBytes = 1536;

    /// <summary>What one byte costs that the charset cannot read.</summary>
    private const int InvalidWeight = -20;

    /// <summary>The stretch that is scored; empty when all is ASCII.</summary>
    public static ReadOnlySpan<byte> Sample(ReadOnlySpan<byte> bytes)
    {
        var first = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        return first < 0 ? [] : bytes.Slice(first, Math.Min(SampleBytes, bytes.Length - first));
    }

    /// <summary>Mean weight per byte outside ASCII: about -20 (nothing fits) to 10 (everything is ordinary).</summary>
    /// <param name="charset">Candidate.</param>
    /// <param name="sample">From <see cref="Sample"/>.</param>
    /// <param name="cut">Whether the text goes on after the sample, so that its last character may be incomplete.</param>
    public static double Score(MultiByteCharset charset, ReadOnlySpan<byte> sample, bool cut)
    {
        long sum = 0;
        var high = 0;
        var index = 0;
        byte previousKana = 0;
        while (index < sample.Length)
        {
            var lead = sample[index];
            if (lead < 0x80)
            {
                var next = sample[index..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                if (next < 0)
                {
                    break;
                }

                index += next;
                previousKana = 0;
                continue;
            }

            var codePoint = charset.Read(sample, index, out var used);
            if (codePoint < 0 && cut && index >= sample.Length - 3)
            {
                break;
            }

            var weight =
                codePoint < 0 ? InvalidWeight
                : used == 1 && codePoint is >= 0xFF61 and <= 0xFF9F ? HalfKana(lead, previousKana)
                : charset.Weight(codePoint, lead, index + 1 < sample.Length ? sample[index + 1] : (byte)0);
            previousKana = used == 1 && codePoint >= 0 ? lead : (byte)0;
            sum += weight * used;
            high += used;
            index += used;
        }

        return high == 0 ? 0 : (double)sum / high;
    }

    /// <summary>Score of UTF-8 that has damage.</summary>
    public static double ScoreUtf8(ReadOnlySpan<byte> sample, bool cut)
    {
        long sum = 0;
        var high = 0;
        var index = 0;
        while (index < sample.Length)
        {
            if (sample[index] < 0x80)
            {
                index++;
                continue;
            }

            var done = Rune.DecodeFromUtf8(sample[index..], out _, out var used) == OperationStatus.Done;
            if (!done && cut && index >= sample.Length - 3)
            {
                break;
            }

            // A sequence that the end cuts short still speaks for UTF-8.
            var truncated = !done && used >= 2;
            sum +=
                (
                    done ? (used >= 3 ? 9 : 5)
                    : truncated ? 0
                    : InvalidWeight
                ) * used;
            high += used;
            index += used;
        }

        return high == 0 ? 0 : (double)sum / high;
    }

    /// <summary>Score of Windows-1252 and ISO 8859-1: accented letters within words.</summary>
    public static double ScoreLatin(ReadOnlySpan<byte> sample)
    {
        long sum = 0;
        var high = 0;
        var index = 0;
        while (index < sample.Length)
        {
            var start = index;
            while (index < sample.Length && sample[index] >= 0x80)
            {
                index++;
            }

            var run = index - start;
            if (run == 0)
            {
                index++;
                continue;
            }

            var afterLetter = start > 0 && char.IsAsciiLetter((char)sample[start - 1]);
            var beforeLetter = index < sample.Length && char.IsAsciiLetter((char)sample[index]);
            foreach (var value in sample[start..index])
            {
                sum +=
                    run >= 3 ? -6
                    : value >= 0xC0 ? (afterLetter || beforeLetter ? 6 : 2)
                    : value >= 0xA0 ? 2
                    : 1;
            }

            high += run;
        }

        return high == 0 ? 0 : (double)sum / high;
    }

    /// <summary>Score of another one-byte charset: letters are likely.</summary>
    public static double ScoreLetters(Encoding encoding, ReadOnlySpan<byte> sample)
    {
        Span<char> one = stackalloc char[4];
        long sum = 0;
        var high = 0;
        for (var index = 0; index < sample.Length; index++)
        {
            if (sample[index] < 0x80)
            {
                continue;
            }

            high++;
            var count = encoding.GetChars(sample.Slice(index, 1), one);
            sum +=
                count != 1 || one[0] == '\uFFFD' ? InvalidWeight
                : char.IsLetter(one[0]) ? 4
                : -3;
        }

        return high == 0 ? 0 : (double)sum / high;
    }

    private static int HalfKana(byte kana, byte previous)
    {
        if (kana is 0xDE or 0xDF)
        {
            return previous is (>= 0xB6 and <= 0xC4) or (>= 0xCA and <= 0xCE) or 0xB3 ? 9 : -6;
        }

        return kana <= 0xA5 ? -2
            : previous == 0 ? 0
            : 3;
    }
}
