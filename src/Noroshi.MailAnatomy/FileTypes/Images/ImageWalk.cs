using System.Buffers.Binary;

namespace Noroshi.MailAnatomy.FileTypes.Images;

/// <summary>What walking through a picture finds, without decoding a pixel.</summary>
internal ref struct ImageWalk
{
    private const int MaxSteps = 20_000;

    /// <summary>Width in pixels; 0 when not known.</summary>
    public long Width { get; private set; }

    /// <summary>Height in pixels.</summary>
    public long Height { get; private set; }

    /// <summary>Offset behind the end of the picture; -1 when no end was found.</summary>
    public int End { get; private set; }

    /// <summary>EXIF as a TIFF structure.</summary>
    public ReadOnlySpan<byte> Exif { get; private set; }

    /// <summary>XMP packet.</summary>
    public ReadOnlySpan<byte> Xmp { get; private set; }

    /// <summary>Texts of a PNG picture: keyword and value, one after the other; at most 16 pairs.</summary>
    public List<(string Keyword, string Value)> Texts { get; } = [];

    private ImageWalk(int end) => End = end;

    /// <summary>Walks. Never throws on bytes; linear in them.</summary>
    public static ImageWalk Through(ReadOnlySpan<byte> bytes, string format)
    {
        var walk = new ImageWalk(-1);
        switch (format)
        {
            case "png":
                walk.Png(bytes);
                break;
            case "jpg":
                walk.Jpeg(bytes);
                break;
            case "gif":
                walk.Gif(bytes);
                break;
            case "bmp" when bytes.Length >= 26:
                walk.Width = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]));
                walk.Height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[22..]));
                walk.End =
                    BinaryPrimitives.ReadUInt32LittleEndian(bytes[2..]) is > 26 and var size && size <= bytes.Length ? (int)size : -1;
                break;
            case "tif":
                walk.Exif = bytes;
                break;
            case "psd" when bytes.Length >= 22:
                walk.Height = BinaryPrimitives.ReadUInt32BigEndian(bytes[14..]);
                walk.Width = BinaryPrimitives.ReadUInt32BigEndian(bytes[18..]);
                break;
            case "webp":
                walk.Webp(bytes);
                break;
            default:
                break;
        }

        return walk;
    }

    /// <summary>Chunks of length, name, data and check (PNG, 5.3).</summary>
    private void Png(ReadOnlySpan<byte> bytes)
    {
        var at = 8;
        for (var steps = 0; steps < MaxSteps && at + 12 <= bytes.Length; steps++)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            var name = bytes.Slice(at + 4, 4);
            if (length > bytes.Length - at - 12)
            {
                return;
            }

            var data = bytes.Slice(at + 8, (int)length);
            at += 12 + (int)length;
            if (name.SequenceEqual("IHDR"u8) && data.Length >= 8)
            {
                Width = BinaryPrimitives.ReadUInt32BigEndian(data);
                Height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
            }
            else if (name.SequenceEqual("eXIf"u8))
            {
                Exif = data;
            }
            else if (name.SequenceEqual("tEXt"u8) || name.SequenceEqual("iTXt"u8))
            {
                Text(name, data);
            }
            else if (name.SequenceEqual("IEND"u8))
            {
                End = at;
                return;
            }
        }
    }

    private void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        var nil = data.IndexOf((byte)0);
        if (nil is <= 0 or > 79 || Texts.Count >= 16)
        {
            return;
        }

        var keyword = System.Text.Encoding.Latin1.GetString(data[..nil]);
        var value = data[(nil + 1)..];
        if (name[0] == 'i')
        {
            // Flag and method of compression, language and translated keyword, each ended by nil.
            if (value.Length < 2 || value[0] != 0)
            {
                return;
            }

            value = value[2..];
            for (var i = 0; i < 2; i++)
            {
                var end = value.IndexOf((byte)0);
                value = end < 0 ? default : value[(end + 1)..];
            }
        }

        if (keyword == "XML:com.adobe.xmp")
        {
            Xmp = value;
            return;
        }

        value = value[..Math.Min(value.Length, 1_000)];
        Texts.Add((keyword, name[0] == 'i' ? System.Text.Encoding.UTF8.GetString(value) : System.Text.Encoding.Latin1.GetString(value)));
    }

    /// <summary>Segments up to the scan, then coded data up to the end mark (ITU T.81, annex B).</summary>
    private void Jpeg(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        for (var steps = 0; steps < MaxSteps && at + 4 <= bytes.Length; steps++)
        {
            if (bytes[at] != 0xFF)
            {
                return;
            }

            var mark = bytes[at + 1];
            if (mark == 0xFF)
            {
                at++;
                continue;
            }

            if (mark == 0xD9)
            {
                End = at + 2;
                return;
            }

            if (mark is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += 2;
                continue;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || length > bytes.Length - at - 2)
            {
                return;
            }

            Segment(mark, bytes.Slice(at + 4, length - 2));
            at += 2 + length;
            if (mark == 0xDA)
            {
                at = Scan(bytes, at);
            }
        }

        End = at + 2 == bytes.Length && bytes[at] == 0xFF && bytes[at + 1] == 0xD9 ? bytes.Length : End;
    }

    private void Segment(byte mark, ReadOnlySpan<byte> data)
    {
        if (mark is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && data.Length >= 5)
        {
            Height = BinaryPrimitives.ReadUInt16BigEndian(data[1..]);
            Width = BinaryPrimitives.ReadUInt16BigEndian(data[3..]);
        }
        else if (mark == 0xE1 && data.StartsWith("Exif\0\0"u8))
        {
            Exif = data[6..];
        }
        else if (mark == 0xE1 && data.StartsWith("http://ns.adobe.com/xap/1.0/\0"u8))
        {
            Xmp = data[29..];
        }
    }

    /// <summary>Offset of the next mark behind coded data: stuffed bytes and restarts belong to the data.</summary>
    private static int Scan(ReadOnlySpan<byte> bytes, int at)
    {
        while (true)
        {
            var next = bytes[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= bytes.Length)
            {
                return bytes.Length;
            }

            at += next;
            if (bytes[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }

            at += bytes[at + 1] == 0xFF ? 1 : 2;
        }
    }

    /// <summary>Blocks up to the trailer (GIF89a, 17 to 27).</summary>
    private void Gif(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 13)
        {
            return;
        }

        Width = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        Height = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        var at = 13 + ((bytes[10] & 0x80) != 0 ? 3 << ((bytes[10] & 7) + 1) : 0);
        for (var steps = 0; steps < MaxSteps && at < bytes.Length; steps++)
        {
            switch (bytes[at])
            {
                case 0x3B:
                    End = at + 1;
                    return;
                case 0x21:
                    at = Blocks(bytes, at + 2);
                    break;
                case 0x2C when at + 10 < bytes.Length:
                    at += 10 + ((bytes[at + 9] & 0x80) != 0 ? 3 << ((bytes[at + 9] & 7) + 1) : 0);
                    at = Blocks(bytes, at + 1);
                    break;
                default:
                    return;
            }
        }
    }

    private static int Blocks(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && bytes[at] != 0)
        {
            at += bytes[at] + 1;
        }

        return at + 1;
    }

    /// <summary>Size of the canvas (RFC 9649).</summary>
    private void Webp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30)
        {
            return;
        }

        var kind = bytes.Slice(12, 4);
        if (kind.SequenceEqual("VP8X"u8))
        {
            Width = 1 + (bytes[24] | (bytes[25] << 8) | (bytes[26] << 16));
            Height = 1 + (bytes[27] | (bytes[28] << 8) | (bytes[29] << 16));
        }
        else if (kind.SequenceEqual("VP8 "u8))
        {
            Width = BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF;
            Height = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF;
        }
        else if (kind.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            Width = 1 + (bits & 0x3FFF);
            Height = 1 + ((bits >> 14) & 0x3FFF);
        }

        var size = 8L + BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        End = size <= bytes.Length ? (int)size : -1;
    }
}
