using System.Buffers.Binary;
using System.Text;

namespace Noroshi.Makers.OfficeBinary;

/// <summary>Writes property set streams (MS-OLEPS) of one or more sections.</summary>
public sealed class PropertySetMaker
{
    private static readonly Guid SummaryId = new("f29f85e0-4ff9-1068-ab91-08002b27b3d9");
    private static readonly Guid DocumentId = new("d5cdd502-2e9c-101b-9397-08002b2cf9ae");
    private static readonly Guid UserId = new("d5cdd505-2e9c-101b-9397-08002b2cf9ae");

    private readonly List<(Guid Id, List<(uint Id, byte[] Value)> Properties)> _sections = [];
    private readonly int _codePage;

    private PropertySetMaker(Guid id, int codePage)
    {
        _codePage = codePage;
        Section(id);
    }

    /// <summary>Version and kind of the system, as the header states them.</summary>
    public uint System { get; init; } = 0x00020106;

    /// <summary>A SummaryInformation stream.</summary>
    public static PropertySetMaker Summary(int codePage = 932) => new(SummaryId, codePage);

    /// <summary>A DocumentSummaryInformation stream.</summary>
    public static PropertySetMaker Document(int codePage = 932) => new(DocumentId, codePage);

    /// <summary>Begins the section of user-defined properties.</summary>
    public PropertySetMaker UserDefined() => Section(UserId);

    /// <summary>An 8-bit string in the section's code page.</summary>
    public PropertySetMaker Text(uint id, string value)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(_codePage) is { } encoding
            ? encoding.GetBytes(value + "\0")
            : Encoding.Latin1.GetBytes(value + "\0");
        return Add(id, [.. Word(30), .. Word((uint)bytes.Length), .. Pad(bytes)]);
    }

    /// <summary>A string in UTF-16.</summary>
    public PropertySetMaker Wide(uint id, string value) =>
        Add(id, [.. Word(31), .. Word((uint)value.Length + 1), .. Pad(Encoding.Unicode.GetBytes(value + "\0"))]);

    /// <summary>A moment, or for number 10 a span.</summary>
    public PropertySetMaker Time(uint id, DateTime moment) => Ticks(id, moment.ToFileTimeUtc());

    /// <summary>100-nanosecond units.</summary>
    public PropertySetMaker Ticks(uint id, long ticks)
    {
        var value = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(value, ticks);
        return Add(id, [.. Word(64), .. value]);
    }

    /// <summary>A number of four bytes.</summary>
    public PropertySetMaker Number(uint id, int value) => Add(id, [.. Word(3), .. Word((uint)value)]);

    /// <summary>A blob.</summary>
    public PropertySetMaker Blob(uint id, byte[] value) => Add(id, [.. Word(65), .. Word((uint)value.Length), .. Pad(value)]);

    /// <summary>Bytes of any type.</summary>
    public PropertySetMaker Raw(uint id, byte[] value) => Add(id, value);

    /// <summary>The dictionary of names.</summary>
    public PropertySetMaker Names(params (uint Id, string Name)[] names)
    {
        var dictionary = new List<byte>();
        dictionary.AddRange(Word((uint)names.Length));
        foreach (var (id, name) in names)
        {
            var bytes = (CodePagesEncodingProvider.Instance.GetEncoding(_codePage) ?? Encoding.Latin1).GetBytes(name + "\0");
            dictionary.AddRange(Word(id));
            dictionary.AddRange(Word((uint)bytes.Length));
            dictionary.AddRange(bytes);
        }

        return Add(0, Pad([.. dictionary]));
    }

    /// <summary>The blob of hyperlinks: six values a link.</summary>
    public static byte[] Links(params string[] targets)
    {
        var blob = new List<byte>();
        blob.AddRange(Word((uint)targets.Length * 6));
        foreach (var target in targets)
        {
            for (var i = 0; i < 4; i++)
            {
                blob.AddRange([.. Word(3), .. Word((uint)i)]);
            }

            foreach (var text in (string[])[target, ""])
            {
                blob.AddRange([.. Word(31), .. Word((uint)text.Length + 1), .. Pad(Encoding.Unicode.GetBytes(text + "\0"))]);
            }
        }

        return [.. blob];
    }

    /// <summary>The stream.</summary>
    public byte[] Build()
    {
        var sections = _sections.Select(section => BuildSection(section.Properties)).ToList();
        var stream = new List<byte>();
        stream.AddRange([0xFE, 0xFF, 0, 0]);
        stream.AddRange(Word(System));
        stream.AddRange(new byte[16]);
        stream.AddRange(Word((uint)sections.Count));
        var at = 28 + (sections.Count * 20);
        for (var i = 0; i < sections.Count; i++)
        {
            stream.AddRange(_sections[i].Id.ToByteArray());
            stream.AddRange(Word((uint)at));
            at += sections[i].Length;
        }

        foreach (var section in sections)
        {
            stream.AddRange(section);
        }

        return [.. stream];
    }

    private static byte[] BuildSection(List<(uint Id, byte[] Value)> properties)
    {
        var table = new List<byte>();
        var values = new List<byte>();
        foreach (var (id, value) in properties)
        {
            table.AddRange([.. Word(id), .. Word((uint)(8 + (properties.Count * 8) + values.Count))]);
            values.AddRange(Pad(value));
        }

        return [.. Word((uint)(8 + table.Count + values.Count)), .. Word((uint)properties.Count), .. table, .. values];
    }

    private PropertySetMaker Section(Guid id)
    {
        _sections.Add((id, []));
        return Add(1, [.. Word(2), (byte)_codePage, (byte)(_codePage >> 8), 0, 0]);
    }

    private PropertySetMaker Add(uint id, byte[] value)
    {
        _sections[^1].Properties.Add((id, value));
        return this;
    }

    private static byte[] Pad(byte[] bytes) => [.. bytes, .. new byte[(4 - (bytes.Length & 3)) & 3]];

    private static byte[] Word(uint value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
