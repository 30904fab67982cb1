using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Noroshi.Makers.Programs;

/// <summary>Writes Windows programs whose only instruction returns, with the tables that real ones have.</summary>
public sealed class PortableMaker
{
    private const int HeaderAt = 0x100;
    private const uint DataAddress = 0x2000;

    private readonly List<byte> _data = [];
    private readonly (uint Address, uint Size)[] _directories = new (uint, uint)[16];
    private readonly List<(uint Type, uint Id, byte[] Content)> _resources = [];
    private (ushort Product, ushort Build, uint Count)[] _tools = [];
    private uint _richChange;

    /// <summary>64-bit.</summary>
    public bool Wide { get; init; }

    /// <summary>Name of the second section.</summary>
    public string DataSection { get; init; } = ".rdata";

    /// <summary>Flags of the first section.</summary>
    public uint CodeFlags { get; init; } = 0x6000_0020;

    /// <summary>Stamp of the linker.</summary>
    public uint Stamp { get; init; } = 0x525F_A2C0;

    /// <summary>Checksum of the header; 0 for none.</summary>
    public uint Checksum { get; init; }

    /// <summary>Bytes behind the program.</summary>
    public byte[] Overlay { get; init; } = [];

    /// <summary>Tools of the Rich header; <paramref name="change"/> makes its checksum wrong.</summary>
    public PortableMaker Rich(uint change, params (ushort Product, ushort Build, uint Count)[] tools)
    {
        (_tools, _richChange) = (tools, change);
        return this;
    }

    /// <summary>Imports; a name that begins with # is a number.</summary>
    public PortableMaker Imports(params (string Library, string[] Functions)[] libraries)
    {
        var width = Wide ? 8 : 4;
        var descriptors = new List<byte>();
        foreach (var (library, functions) in libraries)
        {
            var table = new List<byte>();
            foreach (var function in functions)
            {
                var value = function.StartsWith('#')
                    ? (Wide ? 1UL << 63 : 1UL << 31) | ushort.Parse(function.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)
                    : Put([0, 0, .. Encoding.ASCII.GetBytes(function), 0]);
                table.AddRange(BitConverter.GetBytes(value).AsSpan(0, width));
            }

            var at = Put([.. table, .. new byte[width]]);
            var name = Put([.. Encoding.ASCII.GetBytes(library), 0]);
            descriptors.AddRange([.. Word(at), .. Word(0), .. Word(0), .. Word(name), .. Word(at)]);
        }

        return Directory(1, [.. descriptors, .. new byte[20]]);
    }

    /// <summary>Exports.</summary>
    public PortableMaker Exports(string library, params string[] names)
    {
        var pointers = names.SelectMany(name => Word(Put([.. Encoding.ASCII.GetBytes(name), 0]))).ToArray();
        var table = Put(pointers);
        var own = Put([.. Encoding.ASCII.GetBytes(library), 0]);
        return Directory(
            0,
            [
                .. new byte[12],
                .. Word(own),
                .. Word(1),
                .. Word((uint)names.Length),
                .. Word((uint)names.Length),
                .. Word(table),
                .. Word(table),
                .. Word(table),
            ]
        );
    }

    /// <summary>Symbol file.</summary>
    public PortableMaker Pdb(Guid id, uint age, string path)
    {
        byte[] content = [.. "RSDS"u8, .. id.ToByteArray(), .. Word(age), .. Encoding.UTF8.GetBytes(path), 0];
        var at = Put(content);
        return Directory(6, [.. new byte[12], .. Word(2), .. Word((uint)content.Length), .. Word(at), .. Word(at - DataAddress + 0x600)]);
    }

    /// <summary>A resource, language Japanese.</summary>
    public PortableMaker Resource(uint type, uint id, byte[] content)
    {
        _resources.Add((type, id, content));
        return this;
    }

    /// <summary>Version resource.</summary>
    public PortableMaker Version(params (string Name, string Value)[] strings)
    {
        byte[] table = Block(
            "041104b0",
            0,
            [],
            [.. strings.SelectMany(one => Block(one.Name, 1, [.. Encoding.Unicode.GetBytes(one.Value), 0, 0], []))]
        );
        byte[] info = new byte[52];
        Word(0xFEEF04BD).CopyTo(info, 0);
        return Resource(16, 1, Block("VS_VERSION_INFO", 0, info, Block("StringFileInfo", 1, [], table)));
    }

    /// <summary>Any directory.</summary>
    public PortableMaker Directory(int index, byte[] content)
    {
        _directories[index] = (Put(content), (uint)content.Length);
        return this;
    }

    /// <summary>An icon of 32 points a side, drawn by the given rule as AARRGGBB.</summary>
    public PortableMaker Icon(Func<int, int, uint> draw)
    {
        var picture = new byte[40 + (32 * 32 * 4) + 128];
        Word(40).CopyTo(picture, 0);
        Word(32).CopyTo(picture, 4);
        Word(64).CopyTo(picture, 8);
        picture[12] = 1;
        picture[14] = 32;
        for (var y = 0; y < 32; y++)
        {
            for (var x = 0; x < 32; x++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(picture.AsSpan(40 + (((31 - y) * 32) + x) * 4), draw(x, y));
            }
        }

        Resource(3, 1, picture);
        return Resource(14, 1, [0, 0, 1, 0, 1, 0, 32, 32, 0, 0, 1, 0, 32, 0, .. Word((uint)picture.Length), 1, 0]);
    }

    /// <summary>A page with a folded corner and a band of the colour: the look of a document.</summary>
    public static uint Page(int x, int y, uint color) =>
        x is < 5 or > 26 || x - 5 > 15 + y ? 0
        : y is > 10 and < 22 && x is > 7 and < 24 ? 0xFF00_0000 | color
        : 0xFFFF_FFFF;

    /// <summary>The program.</summary>
    public byte[] Build()
    {
        if (_resources.Count > 0)
        {
            PutResources();
        }

        var dataSize = (_data.Count + 0x1FF) & ~0x1FF;
        var bytes = new byte[0x600 + dataSize];
        void Short(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);
        void Put32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        "MZ"u8.CopyTo(bytes);
        Short(2, 0x90);
        Short(4, 3);
        Short(8, 4);
        Put32(0x3C, HeaderAt);
        WriteRich(bytes);
        "PE\0\0"u8.CopyTo(bytes.AsSpan(HeaderAt));
        Short(HeaderAt + 4, Wide ? 0x8664 : 0x014C);
        Short(HeaderAt + 6, 2);
        Put32(HeaderAt + 8, Stamp);
        Short(HeaderAt + 20, Wide ? 0xF0 : 0xE0);
        Short(HeaderAt + 22, 0x0102);
        const int Optional = HeaderAt + 24;
        Short(Optional, Wide ? 0x20B : 0x10B);
        bytes[Optional + 2] = 14;
        Put32(Optional + 16, 0x1000);
        if (!Wide)
        {
            Put32(Optional + 28, 0x40_0000);
        }
        else
        {
            Put32(Optional + 24, 0x40_0000);
        }

        Put32(Optional + 32, 0x1000);
        Put32(Optional + 36, 0x200);
        Short(Optional + 40, 6);
        Short(Optional + 48, 6);
        Put32(Optional + 56, DataAddress + (uint)dataSize);
        Put32(Optional + 60, 0x400);
        Put32(Optional + 64, Checksum);
        Short(Optional + 68, 2);
        Put32(Optional + (Wide ? 108 : 92), 16);
        for (var i = 0; i < 16; i++)
        {
            Put32(Optional + (Wide ? 112 : 96) + (8 * i), _directories[i].Address);
            Put32(Optional + (Wide ? 116 : 100) + (8 * i), _directories[i].Size);
        }

        var section = Optional + (Wide ? 0xF0 : 0xE0);
        Section(bytes.AsSpan(section), ".text", 0x1000, 0x200, 0x400, CodeFlags);
        Section(bytes.AsSpan(section + 40), DataSection, DataAddress, (uint)dataSize, 0x600, 0x4000_0040);
        bytes[0x400] = 0xC3;
        _data.CopyTo(bytes, 0x600);
        return [.. bytes, .. Overlay];
    }

    private static void Section(Span<byte> header, string name, uint address, uint size, uint at, uint flags)
    {
        Encoding.ASCII.GetBytes(name, header);
        Word(size).CopyTo(header[8..]);
        Word(address).CopyTo(header[12..]);
        Word(size).CopyTo(header[16..]);
        Word(at).CopyTo(header[20..]);
        Word(flags).CopyTo(header[36..]);
    }

    private void WriteRich(byte[] bytes)
    {
        if (_tools.Length == 0)
        {
            return;
        }

        uint key = 0x80;
        for (var i = 0; i < 0x80; i++)
        {
            key += i is >= 0x3C and < 0x40 ? 0 : BitOperations.RotateLeft(bytes[i], i);
        }

        foreach (var (product, build, count) in _tools)
        {
            key += BitOperations.RotateLeft(((uint)product << 16) | build, (int)(count & 31));
        }

        key += _richChange;
        byte[] clear =
        [
            .. "DanS"u8,
            .. new byte[12],
            .. _tools.SelectMany(tool => (byte[])[.. Word(((uint)tool.Product << 16) | tool.Build), .. Word(tool.Count)]),
        ];
        for (var i = 0; i < clear.Length; i++)
        {
            bytes[0x80 + i] = (byte)(clear[i] ^ (byte)(key >> (8 * (i % 4))));
        }

        "Rich"u8.CopyTo(bytes.AsSpan(0x80 + clear.Length));
        Word(key).CopyTo(bytes, 0x84 + clear.Length);
    }

    private void PutResources()
    {
        // One folder of types, one of names and one of languages for each, entries of data, then the data.
        var types = _resources.GroupBy(resource => resource.Type).OrderBy(group => group.Key).ToList();
        var tree = new List<byte>();
        var start = (uint)((_data.Count + 3) & ~3);
        _data.AddRange(new byte[start - _data.Count]);
        var size = 16 + (types.Count * 8) + types.Sum(group => 16 + (group.Count() * (8 + 24 + 16)));
        var content = new List<byte>();
        var namesAt = 16 + (types.Count * 8);
        tree.AddRange([.. new byte[14], (byte)types.Count, 0]);
        foreach (var group in types)
        {
            tree.AddRange([.. Word(group.Key), .. Word(0x8000_0000 | (uint)namesAt)]);
            namesAt += 16 + (group.Count() * (8 + 24 + 16));
        }

        foreach (var group in types)
        {
            var resources = group.ToList();
            var leafAt = tree.Count + 16 + (resources.Count * 8);
            tree.AddRange([.. new byte[14], (byte)resources.Count, 0]);
            for (var i = 0; i < resources.Count; i++)
            {
                tree.AddRange([.. Word(resources[i].Id), .. Word(0x8000_0000 | (uint)(leafAt + (i * 40)))]);
            }

            foreach (var resource in resources)
            {
                tree.AddRange([.. new byte[14], 1, 0, .. Word(0x0411), .. Word((uint)(tree.Count + 24))]);
                var address = DataAddress + start + (uint)(size + content.Count);
                tree.AddRange([.. Word(address), .. Word((uint)resource.Content.Length), .. new byte[8]]);
                content.AddRange(resource.Content);
                content.AddRange(new byte[-resource.Content.Length & 3]);
            }
        }

        _directories[2] = (DataAddress + start, (uint)(size + content.Count));
        _data.AddRange(tree);
        _data.AddRange(content);
    }

    private uint Put(byte[] content)
    {
        _data.AddRange(new byte[-_data.Count & 3]);
        var at = DataAddress + (uint)_data.Count;
        _data.AddRange(content);
        return at;
    }

    private static byte[] Block(string key, int kind, byte[] value, byte[] children)
    {
        byte[] head = [.. Encoding.Unicode.GetBytes(key), 0, 0];
        byte[] start = [.. head, .. new byte[-(6 + head.Length) & 3], .. value];
        byte[] whole = [.. start, .. children.Length > 0 ? new byte[-(6 + start.Length) & 3] : [], .. children];
        var length = kind == 1 ? value.Length / 2 : value.Length;
        byte[] block = [.. Half(whole.Length + 6), .. Half(length), .. Half(kind), .. whole];
        return [.. block, .. new byte[-block.Length & 3]];
    }

    private static byte[] Half(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Word(uint value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
