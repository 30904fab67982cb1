using System.Text;

namespace Noroshi.MailAnatomy.Text.Charsets;

/// <summary>Rows of a double-byte code page, each made on first use so that a short-lived worker pays only for what it reads.</summary>
/// <param name="codePage">Windows code page.</param>
internal sealed class CodePageRows(int codePage)
{
    /// <summary>What the Japanese code pages of .NET give for an empty cell.</summary>
    private const char Unassigned = '\u30FB';

    private readonly Lazy<Encoding?> encoding = new(() => CharsetAliases.FromCodePage(codePage));
    private readonly Lazy<Encoding?> lenient = new(() => CodePagesEncodingProvider.Instance.GetEncoding(codePage));
    private readonly char[]?[] rows = new char[256][];

    /// <summary>The character of two bytes; U+FFFD when there is none.</summary>
    public char this[byte lead, byte trail] => (Volatile.Read(ref rows[lead]) ?? Make(lead))[trail];

    /// <summary>Decodes a sequence that is longer than two bytes; -1 when it is none.</summary>
    public int Decode(ReadOnlySpan<byte> bytes)
    {
        Span<char> chars = stackalloc char[8];
        if (bytes.Length > 4 || encoding.Value is not { } source)
        {
            return -1;
        }

        var count = source.GetChars(bytes, chars);
        return
            Rune.DecodeFromUtf16(chars[..count], out var rune, out var used) == System.Buffers.OperationStatus.Done
            && used == count
            && rune.Value != 0xFFFD
            ? rune.Value
            : -1;
    }

    private char[] Make(byte lead)
    {
        var row = new char[256];
        Array.Fill(row, '\uFFFD');
        if (encoding.Value is { } source)
        {
            Span<byte> pair = [lead, 0];
            Span<char> chars = stackalloc char[8];
            for (var trail = 0x21; trail < 0xFF; trail++)
            {
                pair[1] = (byte)trail;
                if (source.GetChars(pair, chars) == 1 && chars[0] != '\uFFFD')
                {
                    row[trail] = chars[0];
                }
                else if (lenient.Value?.GetChars(pair, chars) == 1 && chars[0] > 0x7F && chars[0] is not (Unassigned or '\uFFFD'))
                {
                    // .NET takes code points with a second, preferred spelling (the NEC selection, parts of row 13) for best fits only.
                    row[trail] = chars[0];
                }
            }
        }

        Volatile.Write(ref rows[lead], row);
        return row;
    }
}

/// <summary>A charset whose characters outside ASCII take one to four bytes.</summary>
internal abstract class MultiByteCharset
{
    public static readonly MultiByteCharset ShiftJis = new ShiftJisCharset();
    public static readonly MultiByteCharset EucJp = new EucJpCharset();
    public static readonly MultiByteCharset Gb18030 = new Gb18030Charset();
    public static readonly MultiByteCharset Big5 = new Big5Charset();
    public static readonly MultiByteCharset EucKr = new EucKrCharset();

    /// <summary>All, in the order in which ties are decided.</summary>
    public static readonly IReadOnlyList<MultiByteCharset> All = [ShiftJis, EucJp, Gb18030, Big5, EucKr];

    /// <summary>Canonical name.</summary>
    public abstract string Name { get; }

    /// <summary>Reads one character that starts with a byte over 0x7F.</summary>
    /// <param name="bytes">Text.</param>
    /// <param name="index">Where the character starts.</param>
    /// <param name="used">Bytes it takes; 1 when there is none.</param>
    /// <returns>Code point, -1 when the bytes are none.</returns>
    public abstract int Read(ReadOnlySpan<byte> bytes, int index, out int used);

    /// <summary>How ordinary a character is in text of this charset, -10 (never) to 10, per byte.</summary>
    public abstract int Weight(int codePoint, byte lead, byte trail);

    public static MultiByteCharset? Find(string? canonical)
    {
        foreach (var charset in All)
        {
            if (charset.Name.Equals(canonical, StringComparison.Ordinal))
            {
                return charset;
            }
        }

        return null;
    }

    /// <summary>JIS X 0208 with the NEC and IBM extensions as CP932 maps them; rows 95 to 120 are the user-defined and IBM rows.</summary>
    /// <returns>Code point, -1 when the cell is empty.</returns>
    public static int FromJis(int row, int cell)
    {
        if (row is < 1 or > 120 || cell is < 1 or > 94)
        {
            return -1;
        }

        var lead = ((row - 1) / 2) + (row <= 62 ? 0x81 : 0xC1);
        var trail = row % 2 == 1 ? cell + 0x3F + (cell >= 64 ? 1 : 0) : cell + 0x9E;
        var value = Tables.Cp932[(byte)lead, (byte)trail];
        return value == '\uFFFD' ? -1 : value;
    }

    /// <summary>JIS X 0212.</summary>
    /// <returns>Code point, -1 when the cell is empty.</returns>
    public static int FromJis0212(int row, int cell)
    {
        // Code page 20932 has JIS X 0212 with the high bit on the first byte only.
        var value = Tables.Cp20932[(byte)(row + 0xA0), (byte)(cell + 0x20)];
        return value == '\uFFFD' ? -1 : value;
    }

    /// <summary>GB 2312 by row and cell.</summary>
    public static int FromGb(int row, int cell) => Known(Tables.Gb18030[(byte)(row + 0xA0), (byte)(cell + 0xA0)]);

    /// <summary>KS X 1001 by row and cell.</summary>
    public static int FromKs(int row, int cell) => Known(Tables.Cp949[(byte)(row + 0xA0), (byte)(cell + 0xA0)]);

    private static int Known(char value) => value == '\uFFFD' ? -1 : value;

    private static byte At(ReadOnlySpan<byte> bytes, int index) => index < bytes.Length ? bytes[index] : (byte)0;

    private static bool IsPrivate(int codePoint) => codePoint is >= 0xE000 and <= 0xF8FF;

    private static class Tables
    {
        public static readonly CodePageRows Cp932 = new(932);
        public static readonly CodePageRows Cp20932 = new(20932);
        public static readonly CodePageRows Gb18030 = new(54936);
        public static readonly CodePageRows Cp950 = new(950);
        public static readonly CodePageRows Cp949 = new(949);
    }

    private sealed class ShiftJisCharset : MultiByteCharset
    {
        public override string Name => "shift_jis";

        public override int Read(ReadOnlySpan<byte> bytes, int index, out int used)
        {
            var lead = bytes[index];
            used = 1;
            if (lead is >= 0xA1 and <= 0xDF)
            {
                return 0xFF61 + lead - 0xA1;
            }

            var trail = At(bytes, index + 1);
            if (lead is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC) && trail is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC))
            {
                var value = Tables.Cp932[lead, trail];
                if (value != '\uFFFD')
                {
                    used = 2;
                    return value;
                }
            }

            return -1;
        }

        public override int Weight(int codePoint, byte lead, byte trail)
        {
            if (IsPrivate(codePoint))
            {
                return -8;
            }

            return lead is < 0x98 || (lead == 0x98 && trail <= 0x72) ? Frequency.Japanese(codePoint, 5)
                : lead is >= 0xED ? -2
                : Frequency.Japanese(codePoint, 0);
        }
    }

    private sealed class EucJpCharset : MultiByteCharset
    {
        public override string Name => "euc-jp";

        public override int Read(ReadOnlySpan<byte> bytes, int index, out int used)
        {
            var lead = bytes[index];
            var second = At(bytes, index + 1);
            used = 1;
            var value = -1;
            if (lead == 0x8E && second is >= 0xA1 and <= 0xDF)
            {
                value = 0xFF61 + second - 0xA1;
                used = 2;
            }
            else if (lead == 0x8F && second is >= 0xA1 and <= 0xFE && At(bytes, index + 2) is >= 0xA1 and <= 0xFE)
            {
                value = FromJis0212(second - 0xA0, bytes[index + 2] - 0xA0);
                used = 3;
            }
            else if (lead is >= 0xA1 and <= 0xFE && second is >= 0xA1 and <= 0xFE)
            {
                value = FromJis(lead - 0xA0, second - 0xA0);
                used = 2;
            }

            used = value < 0 ? 1 : used;
            return value;
        }

        public override int Weight(int codePoint, byte lead, byte trail) =>
            lead switch
            {
                0x8E => 3,
                0x8F => -1,
                <= 0xCF => Frequency.Japanese(codePoint, 5),
                <= 0xF4 => Frequency.Japanese(codePoint, 0),
                _ => -3,
            };
    }

    private sealed class Gb18030Charset : MultiByteCharset
    {
        public override string Name => "gb18030";

        public override int Read(ReadOnlySpan<byte> bytes, int index, out int used)
        {
            var lead = bytes[index];
            var second = At(bytes, index + 1);
            used = 1;
            if (lead is < 0x81 or > 0xFE)
            {
                return lead == 0x80 ? 0x20AC : -1;
            }

            if (second is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE))
            {
                var value = Tables.Gb18030[lead, second];
                used = value == '\uFFFD' ? 1 : 2;
                return Known(value);
            }

            if (second is >= 0x30 and <= 0x39 && At(bytes, index + 2) is >= 0x81 and <= 0xFE && At(bytes, index + 3) is >= 0x30 and <= 0x39)
            {
                var value = Tables.Gb18030.Decode(bytes.Slice(index, 4));
                used = value < 0 ? 1 : 4;
                return value;
            }

            return -1;
        }

        public override int Weight(int codePoint, byte lead, byte trail)
        {
            if (IsPrivate(codePoint))
            {
                return -8;
            }

            return trail < 0xA1 || lead < 0xA1
                ? -5
                : lead switch
                {
                    <= 0xA3 => 8,
                    0xA4 or 0xA5 => -4,
                    < 0xB0 => 0,
                    <= 0xD7 => Frequency.Simplified(codePoint) ? 9 : 5,
                    <= 0xF7 => Frequency.Simplified(codePoint) ? 9 : 0,
                    _ => -5,
                };
        }
    }

    private sealed class Big5Charset : MultiByteCharset
    {
        public override string Name => "big5";

        public override int Read(ReadOnlySpan<byte> bytes, int index, out int used)
        {
            var lead = bytes[index];
            var trail = At(bytes, index + 1);
            var value =
                lead is >= 0x81 and <= 0xFE && trail is (>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE)
                    ? Known(Tables.Cp950[lead, trail])
                    : -1;
            used = value < 0 ? 1 : 2;
            return value;
        }

        public override int Weight(int codePoint, byte lead, byte trail)
        {
            if (IsPrivate(codePoint))
            {
                return -8;
            }

            return lead switch
            {
                < 0xA1 => -5,
                <= 0xA3 => 8,
                <= 0xC6 => Frequency.Traditional(codePoint) ? 9 : 5,
                <= 0xF9 => 0,
                _ => -5,
            };
        }
    }

    private sealed class EucKrCharset : MultiByteCharset
    {
        public override string Name => "euc-kr";

        public override int Read(ReadOnlySpan<byte> bytes, int index, out int used)
        {
            var lead = bytes[index];
            var trail = At(bytes, index + 1);
            var value =
                lead is >= 0x81 and <= 0xFE && trail is (>= 0x41 and <= 0x5A) or (>= 0x61 and <= 0x7A) or (>= 0x81 and <= 0xFE)
                    ? Known(Tables.Cp949[lead, trail])
                    : -1;
            used = value < 0 ? 1 : 2;
            return value;
        }

        public override int Weight(int codePoint, byte lead, byte trail)
        {
            if (IsPrivate(codePoint))
            {
                return -8;
            }

            return trail < 0xA1 || lead < 0xA1
                ? -4
                : lead switch
                {
                    <= 0xA3 => 7,
                    < 0xB0 => -4,
                    <= 0xC8 => Frequency.Korean(codePoint) ? 9 : 4,
                    _ => -3,
                };
        }
    }
}
