using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Noroshi.MailAnatomy.Text.Charsets;

/// <summary>
/// ISO-2022-JP and its kin, leniently: RFC 1468, RFC 1554 (JP-2), RFC 2237 (JP-1), CP50220-50222, JIS7/JIS8 kana, JIS X 0213 escapes,
/// ISO-2022-KR and ISO-2022-CN (GB 2312) designations, user-defined rows of ISO-2022-JP-MS. JIS X 0208 is read with the NEC and IBM
/// extensions as CP932 maps them; 0x5C of JIS X 0201 Roman stays a backslash, as in file names.
/// </summary>
internal ref struct Iso2022Decoder
{
    private const byte Esc = 0x1B;
    private const int LookAhead = 1_000;
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create([
        0x0A,
        0x0D,
        0x0E,
        0x0F,
        Esc,
        .. Enumerable.Range(0x80, 0x80).Select(value => (byte)value),
    ]);

    private readonly ReadOnlySpan<byte> bytes;
    private readonly char[] output;
    private int length;
    private int index;
    private Set current;
    private Set shiftOut;
    private Set singleShift;
    private bool shifted;
    private DamageLog damage;

    private Iso2022Decoder(ReadOnlySpan<byte> bytes, char[] output)
    {
        this.bytes = bytes;
        this.output = output;
        shiftOut = Set.Kana;
        singleShift = Set.None;
    }

    private enum Set
    {
        Ascii,
        Kana,
        Jis,
        Jis0212,
        Jis0213,
        Jis0213Plane2,
        JisUser,
        Gb,
        Ks,
        Latin1,
        Greek,
        None,
    }

    /// <summary>Result of a run.</summary>
    /// <param name="Text">The text; U+FFFD stands for damage.</param>
    /// <param name="Damage">Where damage is.</param>
    /// <param name="Notes">What else was seen.</param>
    public readonly record struct Result(string Text, DamageLog Damage, Notes Notes);

    /// <summary>What was seen besides text.</summary>
    [Flags]
    public enum Notes
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>A JIS X 0213 designation.</summary>
        Jis0213 = 1,

        /// <summary>8-bit text of another charset.</summary>
        Mixed = 2,

        /// <summary>A line or the text ended in a two-byte set.</summary>
        Unterminated = 4,

        /// <summary>Korean designation.</summary>
        Korean = 8,
    }

    private Notes NotesSeen { get; set; }

    /// <summary>Whether there is an escape sequence of ISO 2022 that designates a set.</summary>
    public static bool HasDesignation(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        while (true)
        {
            var found = bytes[start..].IndexOf(Esc);
            if (found < 0)
            {
                return false;
            }

            start += found;
            if (Designate(bytes[start..], out var set, out _) > 0 && set != Set.None)
            {
                return true;
            }

            start++;
        }
    }

    /// <summary>Decodes. Never throws; linear in the length.</summary>
    public static Result Decode(ReadOnlySpan<byte> bytes)
    {
        var buffer = ArrayPool<char>.Shared.Rent(Math.Max(1, bytes.Length));
        try
        {
            var decoder = new Iso2022Decoder(bytes, buffer);
            decoder.Run();
            return new Result(new string(buffer, 0, decoder.length), decoder.damage, decoder.NotesSeen);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private void Run()
    {
        while (index < bytes.Length)
        {
            if (current == Set.Ascii && !shifted)
            {
                Plain();
                if (index >= bytes.Length)
                {
                    return;
                }
            }

            var value = bytes[index];
            switch (value)
            {
                case Esc:
                    Escape();
                    break;
                case 0x0E:
                    shifted = true;
                    index++;
                    break;
                case 0x0F:
                    shifted = false;
                    index++;
                    break;
                case 0x0A or 0x0D:
                    LineEnd(value);
                    break;
                case >= 0x80:
                    HighBytes();
                    break;
                case <= 0x20 or 0x7F:
                    Put(value);
                    index++;
                    break;
                default:
                    Character(value, shifted ? shiftOut : current);
                    break;
            }
        }

        if (IsDouble(current))
        {
            NotesSeen |= Notes.Unterminated;
        }
    }

    private void Plain()
    {
        var rest = bytes[index..];
        var run = rest.IndexOfAny(NotPlain);
        run = run < 0 ? rest.Length : run;
        Ascii.ToUtf16(rest[..run], output.AsSpan(length), out var written);
        length += written;
        index += run;
    }

    private void Put(int codePoint) => length += new Rune(codePoint).EncodeToUtf16(output.AsSpan(length));

    private void Damaged(int count)
    {
        damage.Add(index);
        output[length++] = '\uFFFD';
        index += count;
    }

    private void Escape()
    {
        var used = Designate(bytes[index..], out var set, out var slot);
        if (used == 0)
        {
            // Cut off at the end of the text, or no ISO 2022 at all: nothing is lost but the escape itself.
            Damaged(bytes.Length - index <= 3 && IsIntermediate(bytes[(index + 1)..]) ? bytes.Length - index : 1);
            return;
        }

        index += used;
        switch (slot)
        {
            case 0 when set != Set.None:
                current = set;
                break;
            case 1:
                shiftOut = set;
                break;
            case 2:
                singleShift = set;
                break;
            case 3:
                SingleShift();
                break;
        }

        NotesSeen |=
            set is Set.Jis0213 or Set.Jis0213Plane2 ? Notes.Jis0213
            : set == Set.Ks ? Notes.Korean
            : Notes.None;
    }

    private static bool IsIntermediate(ReadOnlySpan<byte> rest)
    {
        foreach (var value in rest)
        {
            if (value is not ((byte)'$' or (byte)'(' or (byte)')' or (byte)'&' or (byte)'.' or (byte)'*'))
            {
                return false;
            }
        }

        return true;
    }

    private void SingleShift()
    {
        if (index >= bytes.Length || singleShift is not (Set.Latin1 or Set.Greek))
        {
            return;
        }

        var value = (byte)(bytes[index] | 0x80);
        index++;
        Put(singleShift == Set.Latin1 ? value : GreekLetter(value));
    }

    private static int GreekLetter(byte value)
    {
        Span<char> one = stackalloc char[2];
        return CharsetAliases.FromCodePage(28597)?.GetChars([value], one) == 1 ? one[0] : 0xFFFD;
    }

    /// <summary>Reads one escape sequence at the start of <paramref name="text"/>.</summary>
    /// <returns>Its length; 0 when it is none. Slot 0: G0, 1: G1 (shift-out), 2: G2, 3: single shift.</returns>
    private static int Designate(ReadOnlySpan<byte> text, out Set set, out int slot)
    {
        slot = 0;
        (var used, set) = text switch
        {
            [_, (byte)'(', (byte)'B' or (byte)'J' or (byte)'H' or (byte)'@', ..] => (3, Set.Ascii),
            [_, (byte)'(', (byte)'I', ..] => (3, Set.Kana),
            [_, (byte)'$', (byte)'@' or (byte)'B', ..] => (3, Set.Jis),
            [_, (byte)'$', (byte)'A', ..] => (3, Set.Gb),
            [_, (byte)'$', (byte)'(', (byte)'@' or (byte)'B', ..] => (4, Set.Jis),
            [_, (byte)'$', (byte)'(', (byte)'A', ..] => (4, Set.Gb),
            [_, (byte)'$', (byte)'(', (byte)'C', ..] => (4, Set.Ks),
            [_, (byte)'$', (byte)'(', (byte)'D', ..] => (4, Set.Jis0212),
            [_, (byte)'$', (byte)'(', (byte)'O' or (byte)'Q', ..] => (4, Set.Jis0213),
            [_, (byte)'$', (byte)'(', (byte)'P', ..] => (4, Set.Jis0213Plane2),
            [_, (byte)'$', (byte)'(', (byte)'?', ..] => (4, Set.JisUser),
            [_, (byte)'$', (byte)')', (byte)'A', ..] => (4, Set.Gb),
            [_, (byte)'$', (byte)')', (byte)'C', ..] => (4, Set.Ks),
            [_, (byte)')', (byte)'I', ..] => (3, Set.Kana),
            [_, (byte)'.', (byte)'A', ..] => (3, Set.Latin1),
            [_, (byte)'.', (byte)'F', ..] => (3, Set.Greek),
            [_, (byte)'&', (byte)'@', ..] => (3, Set.None),
            [_, (byte)'N', ..] => (2, Set.None),
            _ => (0, Set.None),
        };
        if (used != 0)
        {
            slot =
                text[1] == (byte)'N' ? 3
                : text[1] == (byte)'.' ? 2
                : text[1] == (byte)')' || (text[1] == (byte)'$' && text[2] == (byte)')') ? 1
                : 0;
        }

        return used;
    }

    private static bool IsDouble(Set set) =>
        set is Set.Jis or Set.Jis0212 or Set.Jis0213 or Set.Jis0213Plane2 or Set.JisUser or Set.Gb or Set.Ks;

    private void LineEnd(byte value)
    {
        Put(value);
        index++;
        shifted = false;
        if (current == Set.Ascii)
        {
            return;
        }

        if (IsDouble(current))
        {
            // RFC 1468: every line ends in ASCII. A line that was broken amid a two-byte run shows it by the escape that ends the run.
            if (GoesOn(bytes[index..]))
            {
                return;
            }

            NotesSeen |= Notes.Unterminated;
        }

        current = Set.Ascii;
    }

    private static bool GoesOn(ReadOnlySpan<byte> rest)
    {
        rest = rest[..Math.Min(rest.Length, LookAhead)].TrimStart("\r\n \t"u8);
        var end = rest.IndexOfAny(Esc, (byte)'\r', (byte)'\n');
        if (end <= 0 || rest[end] != Esc || end % 2 != 0 || end + 1 >= rest.Length || rest[end + 1] != (byte)'(')
        {
            return false;
        }

        for (var at = 0; at < end; at += 2)
        {
            if (rest[at] is < 0x21 or > 0x7E || MultiByteCharset.FromJis(rest[at] - 0x20, rest[at + 1] - 0x20) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private void Character(byte value, Set set)
    {
        if (set == Set.Kana)
        {
            index++;
            Put(value <= 0x5F ? 0xFF61 + value - 0x21 : value);
            return;
        }

        if (!IsDouble(set))
        {
            index++;
            Put(value);
            return;
        }

        if (index + 1 >= bytes.Length || bytes[index + 1] is < 0x21 or > 0x7E)
        {
            Damaged(1);
            return;
        }

        var codePoint = Lookup(set, value - 0x20, bytes[index + 1] - 0x20);
        if (codePoint < 0)
        {
            Damaged(2);
            return;
        }

        index += 2;
        Put(codePoint);
    }

    private static int Lookup(Set set, int row, int cell)
    {
        const int Geta = 0x3013;
        return set switch
        {
            Set.Jis => MultiByteCharset.FromJis(row, cell),
            Set.Jis0212 => MultiByteCharset.FromJis0212(row, cell),
            Set.Jis0213 => MultiByteCharset.FromJis(row, cell) is var known && known < 0 ? Geta : known,
            Set.Jis0213Plane2 => Geta,
            Set.JisUser => MultiByteCharset.FromJis(row + 94, cell),
            Set.Gb => MultiByteCharset.FromGb(row, cell),
            Set.Ks => MultiByteCharset.FromKs(row, cell),
            Set.Ascii or Set.Kana or Set.Latin1 or Set.Greek or Set.None => -1,
        };
    }

    /// <summary>8-bit text up to the next escape or line end: JIS8 kana, or another charset in the same text.</summary>
    private void HighBytes()
    {
        var rest = bytes[index..];
        var end = rest.IndexOfAny(Esc, (byte)'\r', (byte)'\n');
        var part = end < 0 ? rest : rest[..end];
        current = Set.Ascii;
        shifted = false;
        if (Utf8.IsValid(part))
        {
            NotesSeen |= Notes.Mixed;
            length += Encoding.UTF8.GetChars(part, output.AsSpan(length));
            index += part.Length;
            return;
        }

        var sample = CharsetScorer.Sample(part);
        var euc = CharsetScorer.Score(MultiByteCharset.EucJp, sample, cut: part.Length > sample.Length);
        var sjis = CharsetScorer.Score(MultiByteCharset.ShiftJis, sample, cut: part.Length > sample.Length);
        var charset = euc > sjis + 3 ? MultiByteCharset.EucJp : MultiByteCharset.ShiftJis;
        foreach (var value in part)
        {
            if (value is (>= 0x80 and < 0xA1) or > 0xDF)
            {
                NotesSeen |= Notes.Mixed;
                break;
            }
        }

        var stop = index + part.Length;
        while (index < stop)
        {
            if (bytes[index] < 0x80)
            {
                output[length++] = (char)bytes[index++];
                continue;
            }

            var codePoint = charset.Read(bytes[..stop], index, out var used);
            if (codePoint < 0)
            {
                Damaged(used);
                continue;
            }

            Put(codePoint);
            index += used;
        }
    }
}
