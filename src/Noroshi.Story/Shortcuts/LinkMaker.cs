using System.Buffers.Binary;
using System.Text;

namespace Noroshi.Makers.Shortcuts;

/// <summary>Writes shell links (MS-SHLLINK). They name programs and places that do nothing or do not exist.</summary>
public sealed class LinkMaker
{
    private readonly List<byte[]> _items = [];
    private readonly List<byte[]> _blocks = [];
    private readonly SortedDictionary<uint, string> _texts = [];
    private byte[]? _location;
    private uint _flags = 0x80;

    /// <summary>How the window shows: 1 normal, 7 minimised.</summary>
    public uint ShowCommand { get; init; } = 1;

    /// <summary>Number of the icon.</summary>
    public int IconIndex { get; init; }

    /// <summary>Key and modifiers.</summary>
    public ushort HotKey { get; init; }

    /// <summary>Whether a terminal block ends the link.</summary>
    public bool Terminal { get; init; } = true;

    /// <summary>Times of the target.</summary>
    public DateTime Time { get; init; } = new(2013, 10, 17, 8, 41, 36, DateTimeKind.Utc);

    /// <summary>Bytes behind the link.</summary>
    public byte[] Appended { get; init; } = [];

    /// <summary>A target on a drive, each folder an item with long and short name.</summary>
    public LinkMaker Target(string drive, params ReadOnlySpan<string> parts)
    {
        _flags |= 1;
        _items.Add([0x14, 0, 0x1F, 0x50, .. new Guid("20D04FE0-3AEA-1069-A2D8-08002B30309D").ToByteArray()]);
        byte[] volume = [25, 0, 0x2F, .. Encoding.ASCII.GetBytes(drive)];
        Array.Resize(ref volume, 25);
        _items.Add(volume);
        for (var i = 0; i < parts.Length; i++)
        {
            _items.Add(File(parts[i], i < parts.Length - 1));
        }

        return this;
    }

    /// <summary>Any item, its size field not included.</summary>
    public LinkMaker Item(params byte[] content)
    {
        _flags |= 1;
        _items.Add([.. Short(content.Length + 2), .. content]);
        return this;
    }

    /// <summary>A location on a volume, in bytes of a code page.</summary>
    public LinkMaker Location(uint serial, string label, byte[] path)
    {
        _flags |= 2;
        byte[] name = [.. Encoding.ASCII.GetBytes(label), 0];
        byte[] volume = [.. Word((uint)(16 + name.Length)), .. Word(3), .. Word(serial), .. Word(16), .. name];
        var pathAt = 0x1C + volume.Length;
        byte[] rest = [.. volume, .. path, 0, 0];
        _location =
        [
            .. Word((uint)(0x1C + rest.Length)),
            .. Word(0x1C),
            .. Word(1),
            .. Word(0x1C),
            .. Word((uint)pathAt),
            .. Word(0),
            .. Word((uint)(0x1C + rest.Length - 1)),
            .. rest,
        ];
        return this;
    }

    /// <summary>A location on a share.</summary>
    public LinkMaker Share(string share, uint provider, string suffix)
    {
        _flags |= 2;
        byte[] name = [.. Encoding.ASCII.GetBytes(share), 0];
        byte[] network = [.. Word((uint)(20 + name.Length)), .. Word(2), .. Word(20), .. Word(0), .. Word(provider), .. name];
        byte[] rest = [.. network, .. Encoding.ASCII.GetBytes(suffix), 0];
        _location =
        [
            .. Word((uint)(0x1C + rest.Length)),
            .. Word(0x1C),
            .. Word(2),
            .. Word(0),
            .. Word(0),
            .. Word(0x1C),
            .. Word((uint)(0x1C + network.Length)),
            .. rest,
        ];
        return this;
    }

    /// <summary>Texts: 4 name, 8 relative path, 0x10 folder, 0x20 arguments, 0x40 icon.</summary>
    public LinkMaker Text(uint flag, string text)
    {
        _flags |= flag;
        _texts[flag] = text;
        return this;
    }

    /// <summary>A path with variables: 1 target, 7 icon.</summary>
    public LinkMaker Variable(uint kind, string path)
    {
        _flags |= kind == 1 ? 0x200u : 0x4000u;
        var block = new byte[0x314];
        Word(0x314).CopyTo(block, 0);
        Word(0xA0000000 | kind).CopyTo(block, 4);
        Encoding.ASCII.GetBytes(path, block.AsSpan(8));
        Encoding.Unicode.GetBytes(path, block.AsSpan(268));
        return Block(block);
    }

    /// <summary>The tracker: a machine and four ids.</summary>
    public LinkMaker Tracker(string machine, Guid volume, Guid file)
    {
        var block = new byte[0x60];
        Word(0x60).CopyTo(block, 0);
        Word(0xA0000003).CopyTo(block, 4);
        Word(0x58).CopyTo(block, 8);
        Encoding.ASCII.GetBytes(machine, block.AsSpan(16));
        for (var i = 0; i < 4; i++)
        {
            (i % 2 == 0 ? volume : file).TryWriteBytes(block.AsSpan(32 + (16 * i)));
        }

        return Block(block);
    }

    /// <summary>A property store of one text.</summary>
    public LinkMaker Property(Guid format, uint id, string text)
    {
        byte[] chars = [.. Encoding.Unicode.GetBytes(text), 0, 0];
        byte[] typed = [0x1F, 0, 0, 0, .. Word((uint)(text.Length + 1)), .. chars];
        byte[] value = [.. Word((uint)(9 + typed.Length)), .. Word(id), 0, .. typed];
        byte[] storage = [.. Word((uint)(28 + value.Length)), .. "1SPS"u8, .. format.ToByteArray(), .. value, 0, 0, 0, 0];
        return Block([.. Word((uint)(12 + storage.Length)), .. Word(0xA0000009), .. storage, 0, 0, 0, 0]);
    }

    /// <summary>Any block, its size and signature included.</summary>
    public LinkMaker Block(byte[] block)
    {
        _blocks.Add(block);
        return this;
    }

    /// <summary>The link.</summary>
    public byte[] Build()
    {
        var header = new byte[0x4C];
        ReadOnlySpan<byte> start = [0x4C, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
        start.CopyTo(header);
        Word(_flags).CopyTo(header, 20);
        Word(0x20).CopyTo(header, 24);
        var time = Time.ToFileTimeUtc();
        for (var i = 0; i < 3; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(28 + (8 * i)), time);
        }

        Word(4_711).CopyTo(header, 52);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(56), IconIndex);
        Word(ShowCommand).CopyTo(header, 60);
        Short(HotKey).CopyTo(header, 64);
        var items = _items.SelectMany(item => item).ToArray();
        return
        [
            .. header,
            .. _items.Count == 0 ? [] : (byte[])[.. Short(items.Length + 2), .. items, 0, 0],
            .. _location ?? [],
            .. _texts.Values.SelectMany(text => (byte[])[.. Short(text.Length), .. Encoding.Unicode.GetBytes(text)]),
            .. _blocks.SelectMany(block => block),
            .. Terminal ? new byte[4] : [],
            .. Appended,
        ];
    }

    private static byte[] File(string name, bool folder)
    {
        var shortName = name.Length > 12 || name.Any(letter => letter > 0x7F) ? "SHORT~1" : name;
        byte[] narrow = [.. Encoding.ASCII.GetBytes(shortName), 0];
        byte[] padded = narrow.Length % 2 == 0 ? narrow : [.. narrow, 0];
        byte[] longName = [.. Encoding.Unicode.GetBytes(name), 0, 0];
        byte[] extension =
        [
            .. Short(46 + longName.Length + 2),
            9,
            0,
            .. Word(0xBEEF0004),
            .. Word(0x4535_4351),
            .. Word(0x4535_4351),
            0x2E,
            0,
            0,
            0,
            .. Word(12_345),
            0,
            0,
            7,
            0,
            .. new byte[8],
            0,
            0,
            .. new byte[8],
            .. longName,
            .. Short(14 + padded.Length),
        ];
        byte[] body =
        [
            (byte)(folder ? 0x31 : 0x32),
            0,
            .. Word(folder ? 0u : 4_711u),
            .. Word(0x4535_4351),
            .. Short(folder ? 0x10 : 0x20),
            .. padded,
            .. extension,
        ];
        return [.. Short(body.Length + 2), .. body];
    }

    private static byte[] Short(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Word(uint value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
