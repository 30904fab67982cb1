using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Justsystems;

/// <summary>
/// Text of Ichitaro 8 and later. <c>DocumentText</c> is a block store (<c>SsmgV.01</c>): blocks of one size and, behind them, a directory
/// that lists the blocks of each sub-stream. Sub-stream 0 holds the text as UTF-16BE (<c>TextV.01</c>) or the list of its pieces
/// (<c>QLSTV.01</c>). The company publishes nothing; this is what people found by comparing public files. Where the store does not hold
/// together, the text runs behind the marks 0x001F are taken as they lie.
/// </summary>
internal static class IchitaroText
{
    /// <summary>Characters taken from one stream.</summary>
    public const int MaxCharacters = 512 << 10;

    private const int FirstBlock = 20;
    private const int MaxPieces = 1_024;
    private const int MaxSubStreams = 4_096;

    /// <summary>Longest stretch that is skipped as a record whose own length does not hold.</summary>
    private const int MaxLooseRecord = 512;

    private const char RecordStart = '\u001C';
    private const char InlineStart = '\u001D';
    private const char InlineEnd = '\u001E';
    private const char TextStart = '\u001F';

    /// <summary>What the stream begins with.</summary>
    public static ReadOnlySpan<byte> Mark => "SsmgV.01"u8;

    /// <summary>The text for people to read; empty when there is none.</summary>
    /// <param name="stream">A stream from its <see cref="Mark"/> on.</param>
    public static string Read(ReadOnlySpan<byte> stream)
    {
        var text = new StringBuilder();
        if (!stream.StartsWith(Mark))
        {
            return "";
        }

        var units = Stored(stream) ?? Loose(stream[Mark.Length..]);
        Project(units, text);
        return text.ToString();
    }

    /// <summary>The units of the block store; null when it does not hold together.</summary>
    private static char[]? Stored(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < FirstBlock)
        {
            return null;
        }

        var streams = BinaryPrimitives.ReadUInt32BigEndian(stream[8..]);
        var blockSize = BinaryPrimitives.ReadUInt32BigEndian(stream[12..]);
        var blocks = BinaryPrimitives.ReadUInt32BigEndian(stream[16..]);
        if (
            streams is 0 or > MaxSubStreams
            || blockSize is < 16 or > 65_536
            || blocks == 0
            || blocks > (stream.Length - FirstBlock) / blockSize
        )
        {
            return null;
        }

        var store = new Store(stream, (int)blockSize, (int)blocks, (int)streams);
        var first = store.Read(0);
        if (first.AsSpan().StartsWith("TextV.01"u8))
        {
            return Units(first.AsSpan(8));
        }

        if (!first.AsSpan().StartsWith("QLSTV.01"u8) || first.Length < 12)
        {
            return null;
        }

        var all = new List<char>();
        var count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(first.AsSpan(8)), MaxPieces);
        // Pieces do not share blocks: what is read of all of them is not longer than the store.
        var left = (long)stream.Length;
        for (var i = 0; i < count && 12 + (i * 8) + 8 <= first.Length && all.Count < MaxCharacters && left > 0; i++)
        {
            var piece = first.AsSpan(12 + (i * 8));
            var units = BinaryPrimitives.ReadUInt32BigEndian(piece);
            var bytes = store.Read(BinaryPrimitives.ReadUInt32BigEndian(piece[4..]));
            left -= bytes.Length;
            all.AddRange(Wide(bytes.AsSpan(0, (int)Math.Min(units * 2L, bytes.Length))));
        }

        return [.. all];
    }

    /// <summary>A count of units and the units.</summary>
    private static char[] Units(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 4 ? [] : Wide(bytes.Slice(4, (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes) * 2L, bytes.Length - 4)));

    private static char[] Loose(ReadOnlySpan<byte> bytes)
    {
        var units = Wide(bytes[..Math.Min(bytes.Length, MaxCharacters * 2)]);
        var start = Array.IndexOf(units, TextStart);
        return start < 0 ? [] : units[start..];
    }

    private static char[] Wide(ReadOnlySpan<byte> bytes)
    {
        var units = new char[Math.Min(bytes.Length / 2, MaxCharacters)];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = (char)BinaryPrimitives.ReadUInt16BigEndian(bytes[(i * 2)..]);
        }

        return units;
    }

    /// <summary>Leaves out records, readings of ruby and whatever is no text.</summary>
    private static void Project(ReadOnlySpan<char> units, StringBuilder text)
    {
        for (var i = 0; i < units.Length && text.Length < MaxCharacters; i++)
        {
            var unit = units[i];
            switch (unit)
            {
                case RecordStart:
                    i += Record(units[i..]) - 1;
                    break;
                case InlineEnd:
                    i += Footer(units[i..]) - 1;
                    break;
                case '\n' or '\f' or '\u000E' or '\r':
                    text.Append('\n');
                    break;
                case '\t':
                    text.Append('\t');
                    break;
                case >= ' ' and not (>= '\u007F' and <= '\u009F') and not (>= '\uFFFE'):
                    text.Append(unit);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Units of the record that starts here: at least one.</summary>
    private static int Record(ReadOnlySpan<char> units)
    {
        // An inline record: 1C 01 07 00 a b 1D text 1E 05 00 01 1F; a = 1 marks readings and instructions, which are no text.
        if (units.Length > 7 && units[1] == 1 && units[2] == 7 && units[6] == InlineStart)
        {
            var end = units[7..Math.Min(units.Length, 7 + 256)].IndexOf(InlineEnd);
            return units[4] == 1 && end >= 0 ? 7 + end : 7;
        }

        if (units.Length > 4)
        {
            int length = units[2];
            if (length >= 5 && length <= units.Length && units[length - 1] == TextStart && units[length - 4] == length)
            {
                return length;
            }
        }

        var loose = units[..Math.Min(units.Length, MaxLooseRecord)].IndexOf(TextStart);
        return loose > 0 ? loose + 1 : 1;
    }

    private static int Footer(ReadOnlySpan<char> units) => units.Length >= 5 && units[1] == 5 && units[4] == TextStart ? 5 : 1;

    /// <summary>The blocks and their directory.</summary>
    private readonly ref struct Store
    {
        private readonly ReadOnlySpan<byte> _bytes;
        private readonly int _blockSize;
        private readonly int _blocks;
        private readonly int _streams;

        public Store(ReadOnlySpan<byte> bytes, int blockSize, int blocks, int streams)
        {
            _bytes = bytes;
            _blockSize = blockSize;
            _blocks = blocks;
            _streams = streams;
        }

        /// <summary>The bytes of a sub-stream; none when the directory does not lead there.</summary>
        public byte[] Read(uint wanted)
        {
            var at = FirstBlock + ((long)_blocks * _blockSize);
            for (var i = 0; i < _streams && at + 20 <= _bytes.Length; i++)
            {
                var entry = _bytes[(int)at..];
                var length = BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
                var count = BinaryPrimitives.ReadUInt32BigEndian(entry[12..]);
                if (count > _blocks || 20 + (count * 4L) > entry.Length)
                {
                    return [];
                }

                if (BinaryPrimitives.ReadUInt32BigEndian(entry) == wanted)
                {
                    return Read(entry.Slice(20, (int)count * 4), length);
                }

                at += 20 + (count * 4L);
            }

            return [];
        }

        private byte[] Read(ReadOnlySpan<byte> list, uint length)
        {
            // A block may be listed twice, but not more blocks than there are.
            var result = new byte[(int)Math.Min(Math.Min(length, (long)list.Length / 4 * _blockSize), (MaxCharacters * 2) + 64)];
            var written = 0;
            for (var at = 0; at < list.Length && written < result.Length; at += 4)
            {
                var block = BinaryPrimitives.ReadUInt32BigEndian(list[at..]);
                if (block >= _blocks)
                {
                    break;
                }

                var part = _bytes.Slice(FirstBlock + ((int)block * _blockSize), Math.Min(_blockSize, result.Length - written));
                part.CopyTo(result.AsSpan(written));
                written += part.Length;
            }

            return result[..written];
        }
    }
}
