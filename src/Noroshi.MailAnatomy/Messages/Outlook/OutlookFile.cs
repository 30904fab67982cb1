using System.Buffers.Binary;
using System.Globalization;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>The storages of an Outlook item ([MS-OXMSG] 2): properties of each, and the streams of attachments. Never throws on bytes.</summary>
internal ref struct OutlookFile
{
    /// <summary>Bytes of the header of a message's property stream ([MS-OXMSG] 2.4.1.1).</summary>
    public const int MessageHeader = 32;

    /// <summary>Bytes of the header for a message within another.</summary>
    public const int EmbeddedHeader = 24;

    /// <summary>Bytes of the header for recipients and attachments.</summary>
    public const int OtherHeader = 8;

    /// <summary>Stream of the properties of fixed length.</summary>
    public const string PropertyStream = "__properties_version1.0";

    /// <summary>Storage of the names of properties.</summary>
    public const string NameStorage = "__nameid_version1.0";

    private const string ValuePrefix = "__substg1.0_";

    /// <summary>Bytes of one value apart from attachments: larger ones are no text that people read.</summary>
    private const int MaxValue = 8 << 20;

    private const int MaxProperties = 8_192;

    private readonly Dictionary<string, List<CompoundEntry>> _children;
    private CompoundFile _file;
    private long _bytesLeft;

    private OutlookFile(CompoundFile file, int length)
    {
        _file = file;
        // Streams may share their sectors; honest ones do not, and the names of properties alone are copied more than once.
        _bytesLeft = (2L * length) + (1 << 20);
        _children = new Dictionary<string, List<CompoundEntry>>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in file.Entries)
        {
            if (entry.Orphan)
            {
                continue;
            }

            var parent = entry.Path.Length > entry.Name.Length ? entry.Path[..(entry.Path.Length - entry.Name.Length - 1)] : "";
            if (!_children.TryGetValue(parent, out var list))
            {
                _children[parent] = list = [];
            }

            list.Add(entry);
        }
    }

    /// <summary>Some chain or the tree does not hold together.</summary>
    public readonly bool Damaged => _file.Damaged || _file.Entries.Length >= CompoundFile.MaxEntries - 1;

    /// <summary>Streams gave more bytes than the file has; what came after was not read.</summary>
    public bool Exhausted { get; private set; }

    /// <summary>Whether the bytes begin as a compound file.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith(CompoundFile.Signature);

    /// <summary>Opens an item; false when the bytes are no compound file with properties.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> bytes, out OutlookFile file)
    {
        file = default;
        if (!CompoundFile.TryOpen(bytes, out var compound))
        {
            return false;
        }

        file = new OutlookFile(compound, bytes.Length);
        return file.Child("", PropertyStream) is { IsStream: true };
    }

    /// <summary>What stands in a storage, in the order of the directory; the root is the empty path.</summary>
    public readonly IReadOnlyList<CompoundEntry> Children(string storage) => _children.TryGetValue(storage, out var list) ? list : [];

    /// <summary>The entry of that name in a storage.</summary>
    public readonly CompoundEntry? Child(string storage, string name)
    {
        foreach (var entry in Children(storage))
        {
            if (entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Bytes of a stream, at most so many.</summary>
    public byte[] Read(CompoundEntry entry, int most)
    {
        if (_bytesLeft <= 0)
        {
            Exhausted |= entry.Size > 0;
            return [];
        }

        var bytes = _file.Read(entry, (int)Math.Min(most, _bytesLeft));
        _bytesLeft -= bytes.Length;
        Exhausted |= bytes.Length < Math.Min(entry.Size, most) && _bytesLeft <= 0;
        return bytes;
    }

    /// <summary>The properties of a storage; the content of attachments is left out.</summary>
    /// <param name="storage">Path of the storage.</param>
    /// <param name="header">Bytes before the first property.</param>
    /// <param name="codePage">Code page of byte strings, when the storage does not state one.</param>
    /// <param name="findings">Gets what was noticed.</param>
    public PropertySet Properties(string storage, int header, int codePage, List<Finding> findings)
    {
        var set = new PropertySet();
        foreach (var entry in Children(storage))
        {
            if (entry.IsStream && Tag(entry.Name) is { } tag && tag.Id != MapiIds.AttachData && set.Count < MaxProperties)
            {
                AddValue(set, tag, entry);
            }
        }

        if (Child(storage, PropertyStream) is { IsStream: true } stream)
        {
            var bytes = Read(stream, header + (MaxProperties * 16));
            AddFixed(set, bytes, header);
            if (bytes.Length < header || bytes.Length < Math.Min(stream.Size, header + (MaxProperties * 16)))
            {
                findings.AddBounded(FindingCodes.Outlook.Damaged.At($"{Place(storage)}: {bytes.Length} of {stream.Size} bytes"));
            }
        }
        else
        {
            findings.AddBounded(FindingCodes.Outlook.Damaged.At($"{Place(storage)}: no properties"));
        }

        set.CodePage =
            set.Number(MapiIds.MessageCodePage) is { } stated and > 0 && stated != 1200 ? stated
            : codePage > 0 ? codePage
            : set.Number(MapiIds.MessageLocale) is { } locale ? MapiText.OfLocale(locale)
            : 0;
        return set;
    }

    /// <summary>The header of a message's property stream says how many recipients and attachments there are ([MS-OXMSG] 2.4.1.1).</summary>
    public (uint Recipients, uint Attachments) Counts()
    {
        var bytes = Child("", PropertyStream) is { } stream ? _file.Read(stream, MessageHeader) : [];
        return bytes.Length < MessageHeader
            ? (0, 0)
            : (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(20)));
    }

    /// <summary>Copies a storage with all that stands in it.</summary>
    public void Copy(string storage, int parent, CompoundWriter writer)
    {
        // The reader bounds the depth of paths, and each entry has one path.
        foreach (var entry in Children(storage))
        {
            if (entry.IsStream)
            {
                writer.Stream(parent, entry.Name, Read(entry, EntryReader.KeepBytes));
            }
            else
            {
                Copy(entry.Path, writer.Storage(parent, entry.Name), writer);
            }
        }
    }

    /// <summary>Type and id out of the name of a stream, <c>__substg1.0_0037001F</c>.</summary>
    public static (int Id, int Type)? Tag(string name)
    {
        var rest = name.AsSpan();
        if (!rest.StartsWith(ValuePrefix, StringComparison.OrdinalIgnoreCase) || rest.Length < ValuePrefix.Length + 8)
        {
            return null;
        }

        rest = rest[ValuePrefix.Length..];
        var isFirst = rest.Length == 8 || rest[8..].SequenceEqual("-00000000");
        return isFirst && uint.TryParse(rest[..8], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var tag)
            ? ((int)(tag >> 16), (int)(tag & 0xFFFF))
            : null;
    }

    /// <summary>Name of a storage for findings.</summary>
    public static string Place(string storage) => storage.Length == 0 ? PropertyStream : storage;

    private void AddValue(PropertySet set, (int Id, int Type) tag, CompoundEntry entry)
    {
        var type = tag.Type & ~MapiTypes.MultiValued;
        if (tag.Type != type && entry.Name.Length == ValuePrefix.Length + 8 && MapiTypes.FixedLength(type) < 0)
        {
            // The lengths of several values, which stand in streams of their own.
            return;
        }

        if (entry.Size > MaxValue)
        {
            Exhausted = true;
        }

        set.Add(new MapiProperty(tag.Id, type, Read(entry, MaxValue)));
    }

    private static void AddFixed(PropertySet set, byte[] bytes, int header)
    {
        for (var at = header; at + 16 <= bytes.Length; at += 16)
        {
            int type = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
            int id = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 2));
            if (MapiTypes.FixedLength(type) is > 0 and <= 8)
            {
                set.Add(new MapiProperty(id, type, bytes.AsMemory(at + 8, 8)));
            }
        }
    }
}
