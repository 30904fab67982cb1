using System.Buffers.Binary;
using System.Text;
using Noroshi.Makers.FileTypes;

namespace Noroshi.Makers.Outlook;

/// <summary>An attachment of a made item.</summary>
public sealed record MsgAttachment
{
    /// <summary>Long name; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>Name of eight letters and three; null for none.</summary>
    public string? ShortName { get; init; }

    /// <summary>Media type.</summary>
    public string? MediaType { get; init; }

    /// <summary>Content-ID.</summary>
    public string? ContentId { get; init; }

    /// <summary>Not shown.</summary>
    public bool Hidden { get; init; }

    /// <summary>Path on the machine of the sender, or the target of a reference.</summary>
    public string? LongPath { get; init; }

    /// <summary>Content by value.</summary>
    public byte[]? Content { get; init; }

    /// <summary>A message within.</summary>
    public MsgMaker? Message { get; init; }

    /// <summary>Streams of an OLE object.</summary>
    public IReadOnlyList<(string Path, byte[] Content)>? Object { get; init; }
}

/// <summary>Writes Outlook items (MS-OXMSG): compound files with property streams, names of properties, recipients and attachments.</summary>
/// <param name="codePage">0 writes text as UTF-16, else as byte strings of that code page.</param>
public sealed class MsgMaker(int codePage = 0)
{
    private static readonly Guid InternetHeaders = new("00020386-0000-0000-c000-000000000046");

    private readonly List<(int Tag, byte[] Value)> _properties = [];
    private readonly List<(Guid Set, string? Name, uint Number, string Value)> _named = [];
    private readonly List<List<(int Tag, byte[] Value)>> _recipients = [];
    private readonly List<MsgAttachment> _attachments = [];

    /// <summary>Number of recipients stated, when another than the true one.</summary>
    public uint? StatedRecipients { get; init; }

    /// <summary>Number of attachments stated, when another than the true one.</summary>
    public uint? StatedAttachments { get; init; }

    private sealed class Names
    {
        public List<(Guid Set, string? Name, uint Number)> Entries { get; } = [];

        public int IdOf((Guid, string?, uint) key)
        {
            if (!Entries.Contains(key))
            {
                Entries.Add(key);
            }

            return 0x8000 + Entries.IndexOf(key);
        }
    }

    /// <summary>A text property.</summary>
    public MsgMaker Text(int id, string value)
    {
        _properties.Add(TextOf(id, value));
        return this;
    }

    /// <summary>Bytes.</summary>
    public MsgMaker Binary(int id, byte[] value)
    {
        _properties.Add(((id << 16) | 0x0102, value));
        return this;
    }

    /// <summary>A number of 32 bits.</summary>
    public MsgMaker Number(int id, int value)
    {
        _properties.Add(((id << 16) | 0x0003, BitConverter.GetBytes((long)value)));
        return this;
    }

    /// <summary>A time.</summary>
    public MsgMaker Time(int id, DateTimeOffset value)
    {
        _properties.Add(((id << 16) | 0x0040, BitConverter.GetBytes(value.ToFileTime())));
        return this;
    }

    /// <summary>A header that travels as a named property.</summary>
    public MsgMaker Header(string name, string value) => Named(InternetHeaders, name, 0, value);

    /// <summary>A named property with a name, or with a number when the name is null.</summary>
    public MsgMaker Named(Guid set, string? name, uint number, string value)
    {
        _named.Add((set, name, number, value));
        return this;
    }

    /// <summary>Class, subject, sender and times of an ordinary mail.</summary>
    public MsgMaker Mail(string subject, string fromName, string fromAddress, DateTimeOffset sent) =>
        Text(0x001A, "IPM.Note")
            .Text(0x0037, subject)
            .Text(0x0042, fromName)
            .Text(0x0064, "SMTP")
            .Text(0x0065, fromAddress)
            .Text(0x0C1A, fromName)
            .Text(0x0C1E, "SMTP")
            .Text(0x0C1F, fromAddress)
            .Time(0x0039, sent)
            .Time(0x0E06, sent.AddSeconds(20));

    /// <summary>A recipient.</summary>
    /// <param name="kind">1 To, 2 Cc, 3 Bcc.</param>
    /// <param name="name">Shown name.</param>
    /// <param name="address">SMTP address.</param>
    /// <param name="directoryName">Name in an Exchange directory, which then stands where the address would.</param>
    public MsgMaker Recipient(int kind, string name, string address, string? directoryName = null)
    {
        _recipients.Add([
            (0x0C150003, BitConverter.GetBytes((long)kind)),
            TextOf(0x3001, name),
            TextOf(0x3002, directoryName is null ? "SMTP" : "EX"),
            TextOf(0x3003, directoryName ?? address),
            TextOf(0x39FE, address),
            (0x30000003, BitConverter.GetBytes((long)_recipients.Count)),
        ]);
        return this;
    }

    /// <summary>Attaches something.</summary>
    public MsgMaker Attach(MsgAttachment attachment)
    {
        _attachments.Add(attachment);
        return this;
    }

    /// <summary>The file.</summary>
    /// <param name="version">Version of the compound file, 3 or 4.</param>
    public byte[] Build(int version = 3)
    {
        var file = new CompoundMaker(version) { ClassId = new Guid("00020d0b-0000-0000-c000-000000000046") };
        var names = new Names();
        Write(file, "", names, embedded: false);
        WriteNames(file, names);
        return file.Build();
    }

    private (int Tag, byte[] Value) TextOf(int id, string value) =>
        codePage == 0
            ? ((id << 16) | 0x001F, Encoding.Unicode.GetBytes(value))
            : ((id << 16) | 0x001E, CodePagesEncodingProvider.Instance.GetEncoding(codePage)?.GetBytes(value) ?? []);

    private void Write(CompoundMaker file, string prefix, Names names, bool embedded)
    {
        List<(int Tag, byte[] Value)> properties = [.. _properties];
        properties.Add((0x340D0003, BitConverter.GetBytes(codePage == 0 ? 0x40000L : 0L)));
        foreach (var (set, name, number, value) in _named)
        {
            properties.Add(TextOf(names.IdOf((set, name, number)), value));
        }

        var header = new byte[embedded ? 24 : 32];
        var recipients = StatedRecipients ?? (uint)_recipients.Count;
        var attachments = StatedAttachments ?? (uint)_attachments.Count;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), recipients);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), attachments);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), recipients);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), attachments);
        WriteProperties(file, prefix, header, properties);
        for (var i = 0; i < _recipients.Count; i++)
        {
            WriteProperties(file, $"{prefix}__recip_version1.0_#{i:X8}/", new byte[8], _recipients[i]);
        }

        for (var i = 0; i < _attachments.Count; i++)
        {
            WriteAttachment(file, $"{prefix}__attach_version1.0_#{i:X8}/", (_attachments[i], i), names);
        }
    }

    private void WriteAttachment(CompoundMaker file, string prefix, (MsgAttachment Attachment, int Number) place, Names names)
    {
        var attachment = place.Attachment;
        var method =
            attachment.Content is not null ? 1
            : attachment.Message is not null ? 5
            : attachment.Object is not null ? 6
            : 4;
        List<(int Tag, byte[] Value)> properties =
        [
            (0x0E210003, BitConverter.GetBytes((long)place.Number)),
            (0x37050003, BitConverter.GetBytes((long)method)),
            (0x370B0003, BitConverter.GetBytes(-1L)),
            (0x7FFE000B, BitConverter.GetBytes(attachment.Hidden ? 1L : 0L)),
        ];
        void Add(int id, string? value)
        {
            if (value is not null)
            {
                properties.Add(TextOf(id, value));
            }
        }

        Add(0x3707, attachment.Name);
        Add(0x3704, attachment.ShortName);
        Add(0x370E, attachment.MediaType);
        Add(0x3712, attachment.ContentId);
        Add(0x370D, attachment.LongPath);
        if (attachment.Content is { } content)
        {
            properties.Add((0x37010102, content));
        }
        else if (attachment.Message is { } message)
        {
            properties.Add((0x3701000D, [0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0]));
            message.Write(file, $"{prefix}__substg1.0_3701000D/", names, embedded: true);
        }
        else if (attachment.Object is { } streams)
        {
            properties.Add((0x3701000D, [0xFF, 0xFF, 0xFF, 0xFF, 4, 0, 0, 0]));
            foreach (var (path, bytes) in streams)
            {
                file.Stream($"{prefix}__substg1.0_3701000D/{path}", bytes);
            }
        }

        WriteProperties(file, prefix, new byte[8], properties);
    }

    private static void WriteProperties(CompoundMaker file, string prefix, byte[] header, List<(int Tag, byte[] Value)> properties)
    {
        var stream = new MemoryStream();
        stream.Write(header);
        foreach (var (tag, value) in properties)
        {
            var type = tag & 0xFFFF;
            stream.Write(BitConverter.GetBytes(tag));
            stream.Write([6, 0, 0, 0]);
            switch (type)
            {
                case 0x001E or 0x001F or 0x0102:
                    // Text is counted with its closing NUL, which is not in the stream.
                    stream.Write(
                        BitConverter.GetBytes(
                            value.Length
                                + (
                                    type == 0x1F ? 2
                                    : type == 0x1E ? 1
                                    : 0
                                )
                        )
                    );
                    stream.Write([3, 0, 0, 0]);
                    file.Stream($"{prefix}__substg1.0_{tag:X8}", value);
                    break;
                default:
                    stream.Write(value);
                    break;
            }
        }

        file.Stream($"{prefix}__properties_version1.0", stream.ToArray());
    }

    private static void WriteNames(CompoundMaker file, Names names)
    {
        var sets = new List<Guid>();
        var entries = new MemoryStream();
        var strings = new MemoryStream();
        for (var i = 0; i < names.Entries.Count; i++)
        {
            var (set, name, number) = names.Entries[i];
            if (!sets.Contains(set))
            {
                sets.Add(set);
            }

            var kind = ((sets.IndexOf(set) + 3) << 1) | (name is null ? 0 : 1);
            entries.Write(BitConverter.GetBytes(name is null ? number : (uint)strings.Length));
            entries.Write(BitConverter.GetBytes((ushort)kind));
            entries.Write(BitConverter.GetBytes((ushort)i));
            if (name is not null)
            {
                var bytes = Encoding.Unicode.GetBytes(name);
                strings.Write(BitConverter.GetBytes(bytes.Length));
                strings.Write(bytes);
                strings.Write(new byte[(4 - (bytes.Length % 4)) % 4]);
            }
        }

        file.Stream("__nameid_version1.0/__substg1.0_00020102", [.. sets.SelectMany(set => set.ToByteArray())]);
        file.Stream("__nameid_version1.0/__substg1.0_00030102", entries.ToArray());
        file.Stream("__nameid_version1.0/__substg1.0_00040102", strings.ToArray());
    }
}
