using System.Buffers.Binary;
using System.IO.Compression;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>
/// Names of a ZIP file and the content of its small members, read just far enough to tell a document from an archive (APPNOTE 6.3). The
/// archive itself is the business of the containers.
/// </summary>
internal ref struct ZipNames
{
    private const int MaxNames = 4_096;
    private const int MaxLocalHeaders = 256;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly List<(Range Name, int Header, int Method, int Packed)> members = [];

    private ZipNames(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        if (!ReadDirectory())
        {
            members.Clear();
            ReadLocalHeaders();
        }
    }

    /// <summary>Members that were found.</summary>
    public readonly int Count => members.Count;

    /// <summary>Reads the names when the bytes start like a ZIP file.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ZipNames names)
    {
        if (bytes.Length < 30 || !bytes.StartsWith("PK\u0003\u0004"u8))
        {
            names = default;
            return false;
        }

        names = new ZipNames(bytes);
        return true;
    }

    /// <summary>Where the end record of a ZIP directory stands; -1 when there is none within its 65,557 possible last bytes.</summary>
    public static int EndRecord(ReadOnlySpan<byte> bytes)
    {
        var tail = bytes[Math.Max(0, bytes.Length - 65_557)..];
        var at = tail.LastIndexOf("PK\u0005\u0006"u8);
        return at >= 0 && at + 22 <= tail.Length ? bytes.Length - tail.Length + at : -1;
    }

    /// <summary>Name of a member as stored.</summary>
    public readonly ReadOnlySpan<byte> this[int index] => bytes[members[index].Name];

    /// <summary>Whether a member has exactly that name (backslashes count as slashes).</summary>
    public readonly int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (EqualNames(this[i], name))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether a member has exactly that name.</summary>
    public readonly bool Has(ReadOnlySpan<byte> name) => IndexOf(name) >= 0;

    /// <summary>Whether the name of a member ends that way.</summary>
    public readonly bool HasEnding(ReadOnlySpan<byte> ending)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (this[i].EndsWith(ending))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first <paramref name="most"/> bytes of a stored or deflated member; empty when they cannot be had.</summary>
    public readonly byte[] Read(ReadOnlySpan<byte> name, int most)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            return [];
        }

        var (_, header, method, packed) = members[index];
        if (header < 0 || header > bytes.Length - 30 || !bytes[header..].StartsWith("PK\u0003\u0004"u8))
        {
            return [];
        }

        var local = bytes[header..];
        var from = 30 + BinaryPrimitives.ReadUInt16LittleEndian(local[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(local[28..]);
        if (from >= local.Length)
        {
            return [];
        }

        var data = local[from..];
        data = data[..Math.Min(data.Length, packed > 0 ? packed : int.MaxValue)];
        return method switch
        {
            0 => data[..Math.Min(data.Length, most)].ToArray(),
            8 => Inflate(data[..Math.Min(data.Length, most)], most),
            _ => [],
        };
    }

    private static byte[] Inflate(ReadOnlySpan<byte> data, int most)
    {
        var result = new byte[Math.Min(most, 16_384)];
        var read = 0;
        try
        {
            using var source = new MemoryStream(data.ToArray(), writable: false);
            using var inflater = new DeflateStream(source, CompressionMode.Decompress);
            int got;
            while (read < most && (got = inflater.Read(result, read, result.Length - read)) > 0)
            {
                read += got;
                if (read == result.Length && read < most)
                {
                    Array.Resize(ref result, Math.Min(most, read * 2));
                }
            }
        }
        catch (InvalidDataException)
        {
            // What came out before the damage still tells the type.
        }

        return result[..read];
    }

    private static bool EqualNames(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> wanted)
    {
        if (stored.Length != wanted.Length)
        {
            return false;
        }

        for (var i = 0; i < stored.Length; i++)
        {
            if (stored[i] != wanted[i] && !(stored[i] == '\\' && wanted[i] == '/'))
            {
                return false;
            }
        }

        return true;
    }

    private readonly bool ReadDirectory()
    {
        var end = EndRecord(bytes);
        if (end < 0)
        {
            return false;
        }

        var at = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(end + 16)..]);
        var position = at < (uint)end ? (int)at : -1;
        while (
            position >= 0 && position + 46 <= bytes.Length && members.Count < MaxNames && bytes[position..].StartsWith("PK\u0001\u0002"u8)
        )
        {
            var entry = bytes[position..];
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]);
            if (46 + nameLength > entry.Length)
            {
                break;
            }

            var header = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);
            members.Add(
                (
                    new Range(position + 46, position + 46 + nameLength),
                    header < (uint)bytes.Length ? (int)header : -1,
                    BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]),
                    (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]), int.MaxValue)
                )
            );
            position +=
                46
                + nameLength
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }

        return members.Count > 0;
    }

    /// <summary>A file without its end still has its local headers.</summary>
    private readonly void ReadLocalHeaders()
    {
        var position = 0;
        while (members.Count < MaxLocalHeaders && position + 30 <= bytes.Length)
        {
            var header = bytes[position..];
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
            if (30 + nameLength <= header.Length)
            {
                members.Add(
                    (
                        new Range(position + 30, position + 30 + nameLength),
                        position,
                        BinaryPrimitives.ReadUInt16LittleEndian(header[8..]),
                        (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(header[18..]), int.MaxValue)
                    )
                );
            }

            var next = bytes[(position + 4)..].IndexOf("PK\u0003\u0004"u8);
            if (next < 0)
            {
                break;
            }

            position += 4 + next;
        }
    }
}
