using Noroshi.MailAnatomy.FileTypes.Compound;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>How an attachment is there ([MS-OXCMSG] 2.2.2.9).</summary>
internal enum OutlookAttachmentKind
{
    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A message, as a storage.</summary>
    Message,

    /// <summary>An OLE object, as a storage.</summary>
    Object,

    /// <summary>A name of what lies elsewhere.</summary>
    Reference,
}

/// <summary>An attachment of an Outlook item.</summary>
/// <param name="Storage">Path of its storage.</param>
/// <param name="Properties">Its properties.</param>
/// <param name="Kind">How it is there.</param>
/// <param name="Data">Stream or storage of its content; null for none.</param>
internal sealed record OutlookAttachment(string Storage, PropertySet Properties, OutlookAttachmentKind Kind, CompoundEntry? Data)
{
    /// <summary>Storages of attachments begin so.</summary>
    public const string Prefix = "__attach_version1.0_#";

    private const int MethodMessage = 5;

    /// <summary>Stated media type.</summary>
    public string? MediaType => Properties.Line(MapiIds.AttachMimeTag);

    /// <summary>Where the content lies, of an attachment by reference.</summary>
    public string? Target => Properties.Line(MapiIds.AttachLongPath) ?? Properties.Line(MapiIds.AttachPath);

    /// <summary>Not shown, and no picture of the body either.</summary>
    public bool IsHidden =>
        Properties.Flag(MapiIds.AttachHidden) && Properties.Line(MapiIds.AttachContentId) is null && Kind == OutlookAttachmentKind.Bytes;

    /// <summary>Reads the properties of the attachment in a storage.</summary>
    public static OutlookAttachment Read(ref OutlookFile file, CompoundEntry storage, int codePage, List<Findings.Finding> findings)
    {
        var properties = file.Properties(storage.Path, OutlookFile.OtherHeader, codePage, findings);
        CompoundEntry? data = null;
        foreach (var entry in file.Children(storage.Path))
        {
            // A storage and a stream of the same property: the storage is the object, the stream a picture of it.
            if (OutlookFile.Tag(entry.Name) is { Id: MapiIds.AttachData } && (data is null || !entry.IsStream))
            {
                data = entry;
            }
        }

        var kind =
            data is null ? OutlookAttachmentKind.Reference
            : data is { IsStream: true } ? OutlookAttachmentKind.Bytes
            : properties.Number(MapiIds.AttachMethod) == MethodMessage
            || file.Child(data?.Path ?? "", OutlookFile.PropertyStream) is { IsStream: true }
                ? OutlookAttachmentKind.Message
            : OutlookAttachmentKind.Object;
        return new OutlookAttachment(storage.Path, properties, kind, data);
    }

    /// <summary>Long name, else short name, else what there is.</summary>
    /// <param name="number">Number of the attachment, from 1.</param>
    /// <param name="subject">Subject of an attached message.</param>
    public string Name(int number, string? subject)
    {
        if ((Properties.Line(MapiIds.AttachLongName) ?? Properties.Line(MapiIds.AttachShortName)) is { } named)
        {
            return named;
        }

        var shown = Properties.Line(MapiIds.DisplayName) ?? subject;
        if (Kind == OutlookAttachmentKind.Message)
        {
            shown = string.IsNullOrWhiteSpace(shown) ? $"attachment-{number}" : shown;
            return shown.EndsWith(".msg", StringComparison.OrdinalIgnoreCase) ? shown : $"{shown}.msg";
        }

        if (Kind == OutlookAttachmentKind.Reference && Target is { } target)
        {
            return target[(target.LastIndexOfAny(['\\', '/']) + 1)..] is { Length: > 0 } last ? last : target;
        }

        return shown ?? $"attachment-{number}{Properties.Line(MapiIds.AttachExtension)}";
    }

    /// <summary>The content of an embedded message or object as a compound file of its own.</summary>
    public byte[] Rebuild(ref OutlookFile file)
    {
        if (Data is not { IsStream: false } storage)
        {
            return [];
        }

        var writer = new CompoundWriter { ClassId = storage.ClassId };
        if (Kind == OutlookAttachmentKind.Object)
        {
            file.Copy(storage.Path, 0, writer);
            return writer.Build();
        }

        foreach (var entry in file.Children(storage.Path))
        {
            if (!entry.IsStream)
            {
                file.Copy(entry.Path, writer.Storage(0, entry.Name), writer);
            }
            else if (entry.Name.Equals(OutlookFile.PropertyStream, StringComparison.OrdinalIgnoreCase))
            {
                // The outermost message has eight bytes more before its properties ([MS-OXMSG] 2.4.1).
                var bytes = file.Read(entry, Files.EntryReader.KeepBytes);
                var head = Math.Min(bytes.Length, OutlookFile.EmbeddedHeader);
                writer.Stream(0, entry.Name, [.. bytes[..head], .. new byte[OutlookFile.MessageHeader - head], .. bytes[head..]]);
            }
            else
            {
                writer.Stream(0, entry.Name, file.Read(entry, Files.EntryReader.KeepBytes));
            }
        }

        // Names of properties stand in the outermost message only.
        if (
            file.Child(storage.Path, OutlookFile.NameStorage) is null
            && file.Child("", OutlookFile.NameStorage) is { IsStream: false } names
        )
        {
            file.Copy(names.Path, writer.Storage(0, names.Name), writer);
        }

        return writer.Build();
    }
}
