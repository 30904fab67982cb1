using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;

namespace Noroshi.MailAnatomy.FileTypes.Compound.Office;

/// <summary>Strings of workbooks: BIFF8 marks each as 8-bit or UTF-16, BIFF5 has the code page of the workbook.</summary>
internal static class BiffText
{
    private const int MaxShared = 512 << 10;

    /// <summary>A string behind its count of letters.</summary>
    /// <param name="bytes">Bytes from the flags (BIFF8) or the first letter (BIFF5) on.</param>
    /// <param name="count">Letters.</param>
    /// <param name="wide">BIFF8.</param>
    /// <param name="codePage">Code page of BIFF5.</param>
    public static string Read(ReadOnlySpan<byte> bytes, int count, bool wide, int codePage)
    {
        if (!wide)
        {
            return PropertySetReader.Decode(bytes[..Math.Min(count, bytes.Length)], codePage);
        }

        if (bytes.IsEmpty)
        {
            return "";
        }

        var letters = bytes[1..];
        return (bytes[0] & 1) != 0
            ? Encoding.Unicode.GetString(letters[..(Math.Min(count * 2, letters.Length) & ~1)])
            : Encoding.Latin1.GetString(letters[..Math.Min(count, letters.Length)]);
    }

    /// <summary>
    /// The shared strings (MS-XLS 2.4.265), one a line. The table goes on in CONTINUE records, and where a string is cut by one, its flags
    /// are repeated.
    /// </summary>
    public static string Shared(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var text = new StringBuilder();
        var reader = new Parts(parts);
        reader.Skip(8);
        while (!reader.AtEnd && text.Length < MaxShared)
        {
            var count = reader.U16();
            var flags = reader.U8();
            var runs = (flags & 8) != 0 ? reader.U16() : 0;
            var extra = (flags & 4) != 0 ? reader.U32() : 0;
            reader.Letters(count, (flags & 1) != 0, text);
            text.Append('\n');
            reader.Skip((runs * 4L) + extra);
        }

        return text.ToString();
    }

    private sealed class Parts(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        private int _part;
        private int _at;

        public bool AtEnd
        {
            get
            {
                while (_part < parts.Count && _at >= parts[_part].Length)
                {
                    _part++;
                    _at = 0;
                }

                return _part >= parts.Count;
            }
        }

        public int U8() => AtEnd ? 0 : parts[_part].Span[_at++];

        public int U16() => U8() + (U8() << 8);

        public long U32() => U16() + ((long)U16() << 16);

        public void Skip(long count)
        {
            while (count > 0 && !AtEnd)
            {
                var step = (int)Math.Min(count, parts[_part].Length - _at);
                _at += step;
                count -= step;
            }
        }

        public void Letters(int count, bool wide, StringBuilder text)
        {
            while (count > 0 && !AtEnd)
            {
                var rest = parts[_part].Span[_at..];
                var letters = Math.Min(count, wide ? rest.Length / 2 : rest.Length);
                for (var i = 0; i < letters; i++)
                {
                    text.Append(wide ? (char)BinaryPrimitives.ReadUInt16LittleEndian(rest[(i * 2)..]) : (char)rest[i]);
                }

                _at += wide ? Math.Max(1, letters) * 2 : letters;
                count -= letters;
                if (count > 0 && _part + 1 < parts.Count && _at >= parts[_part].Length)
                {
                    _part++;
                    _at = 0;
                    wide = (U8() & 1) != 0;
                }
                else if (letters == 0)
                {
                    return;
                }
            }
        }
    }
}
