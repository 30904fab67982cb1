using System.Buffers.Binary;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Messages.Outlook;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>What a winmail.dat holds.</summary>
public sealed record TnefContent
{
    /// <summary>Subject.</summary>
    public string? Subject { get; set; }

    /// <summary>Name of the sender.</summary>
    public string? FromName { get; set; }

    /// <summary>Address of the sender, without the address type.</summary>
    public string? FromAddress { get; set; }

    /// <summary>Message class, e.g. <c>IPM.Note</c>.</summary>
    public string? MessageClass { get; set; }

    /// <summary>Message-ID without angle brackets.</summary>
    public string? MessageId { get; set; }

    /// <summary>The header block of the mail as it was received, when the message carries it.</summary>
    public string? TransportHeaders { get; set; }

    /// <summary>When it was submitted; UTC, or local time without offset (kind unspecified) from the old attribute.</summary>
    public DateTime? SentAt { get; set; }

    /// <summary>Body as plain text.</summary>
    public string? PlainBody { get; set; }

    /// <summary>Body as HTML, bytes as stored (UTF-16 bodies are given as UTF-8).</summary>
    public ReadOnlyMemory<byte> HtmlBody { get; set; }

    /// <summary>Windows code page of <see cref="HtmlBody"/>; 0 when not stated.</summary>
    public int HtmlCodePage { get; set; }

    /// <summary>Body as RTF, decompressed.</summary>
    public ReadOnlyMemory<byte> RtfBody { get; set; }

    /// <summary>Windows code page of the byte strings; 0 when not stated.</summary>
    public int CodePage { get; set; }

    /// <summary>Attached files, and attached messages as nested content.</summary>
    public IReadOnlyList<TnefAttachment> Attachments => Collected;

    internal List<TnefAttachment> Collected { get; } = [];
}

/// <summary>A file or message attached within TNEF.</summary>
public sealed record TnefAttachment
{
    /// <summary>Long name, else short name; null when the attachment has none.</summary>
    public string? Name { get; set; }

    /// <summary>Content; for a message its TNEF bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; set; }

    /// <summary>Stated media type.</summary>
    public string? MediaType { get; set; }

    /// <summary>Content-ID without angle brackets.</summary>
    public string? ContentId { get; set; }

    /// <summary>The message, when the attachment is one.</summary>
    public TnefContent? Message { get; set; }
}

/// <summary>
/// Reads TNEF ([MS-OXTNEF]), the winmail.dat of Outlook and Exchange. Everything is read forward within the bytes given, nesting is
/// bounded, and what can be read before damage is kept.
/// </summary>
public static class Tnef
{
    private const uint Signature = 0x223E9F78;
    private const int MaxAttributes = 20_000;
    private const int MaxAttachments = 2_000;
    private const int MaxDepth = 8;
    private const byte AttachmentLevel = 2;

    // MAPI stores an attached message behind the identifier of its interface.
    private const int InterfaceIdLength = 16;

    private static ReadOnlySpan<byte> MessageInterface =>
        [0x07, 0x03, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46];

    /// <summary>Whether the bytes begin as TNEF does.</summary>
    public static bool LooksLikeTnef(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 6 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Signature;

    /// <summary>Reads TNEF.</summary>
    /// <param name="winmail">The decoded content of the part.</param>
    /// <param name="findings">Gets what was noticed.</param>
    /// <returns>What could be read; null when the bytes are not TNEF.</returns>
    public static TnefContent? Read(ReadOnlyMemory<byte> winmail, List<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return Read(winmail, findings, 0);
    }

    private static TnefContent? Read(ReadOnlyMemory<byte> bytes, List<Finding> findings, int depth)
    {
        if (!LooksLikeTnef(bytes.Span))
        {
            return null;
        }

        var content = new TnefContent();
        TnefAttachment? attachment = null;
        var at = 6;
        for (var count = 0; at < bytes.Length; count++)
        {
            if (at + 9 > bytes.Length)
            {
                // Some senders pad with zeros.
                if (bytes.Span[at..].IndexOfAnyExcept((byte)0) >= 0)
                {
                    findings.Add(FindingCodes.Messages.TnefBroken.At($"attribute at byte {at} is cut off"));
                }

                break;
            }

            if (count == MaxAttributes || content.Collected.Count == MaxAttachments)
            {
                findings.Add(FindingCodes.Messages.TnefLimit.At($"stopped at byte {at}"));
                break;
            }

            var head = bytes.Span.Slice(at, 9);
            var level = head[0];
            var id = BinaryPrimitives.ReadUInt16LittleEndian(head[1..]);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(head[5..]);
            var available = bytes.Length - at - 9;
            if (level is not (1 or AttachmentLevel) || length > available)
            {
                findings.Add(FindingCodes.Messages.TnefBroken.At($"attribute at byte {at} cannot be followed"));
                if (level is not (1 or AttachmentLevel))
                {
                    break;
                }

                length = available;
            }

            var value = bytes.Slice(at + 9, (int)length);
            if (level == AttachmentLevel)
            {
                ReadAttachmentAttribute(content, ref attachment, id, value, findings, depth);
            }
            else
            {
                ReadMessageAttribute(content, id, value, findings);
            }

            at = (int)Math.Min(bytes.Length, at + 9 + length + 2);
        }

        return content;
    }

    private static void ReadMessageAttribute(TnefContent content, int id, ReadOnlyMemory<byte> value, List<Finding> findings)
    {
        switch (id)
        {
            case 0x9007 when value.Length >= 4:
                content.CodePage = BinaryPrimitives.ReadInt32LittleEndian(value.Span);
                break;
            case 0x8004:
                content.Subject ??= MapiText.Narrow(value.Span, content.CodePage);
                break;
            case 0x8008:
                content.MessageClass ??= MapiText.Narrow(value.Span, content.CodePage);
                break;
            case 0x800C:
                content.PlainBody ??= MapiText.Narrow(value.Span, content.CodePage);
                break;
            case 0x8005:
                content.SentAt ??= TnefDates.Read(value.Span);
                break;
            case 0x8000:
                ReadOldSender(content, value);
                break;
            case 0x9003:
                if (!TnefProperties.Walk(value, property => ReadMessageProperty(content, property, findings)))
                {
                    findings.Add(FindingCodes.Messages.TnefBroken.At("the properties of the message cannot be followed"));
                }

                break;
            default:
                break;
        }
    }

    // [MS-OXTNEF] 2.1.3.3.2: type, length, lengths of name and address, then both.
    private static void ReadOldSender(TnefContent content, ReadOnlyMemory<byte> value)
    {
        if (value.Length < 8)
        {
            return;
        }

        int name = BinaryPrimitives.ReadUInt16LittleEndian(value.Span[4..]);
        int address = BinaryPrimitives.ReadUInt16LittleEndian(value.Span[6..]);
        if (8 + name + address > value.Length)
        {
            return;
        }

        content.FromName ??= MapiText.Narrow(value.Span.Slice(8, name), content.CodePage);
        var typed = MapiText.Narrow(value.Span.Slice(8 + name, address), content.CodePage);
        content.FromAddress ??= typed[(typed.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    private static void ReadMessageProperty(TnefContent content, MapiProperty property, List<Finding> findings)
    {
        switch (property.Id)
        {
            case 0x0037:
                content.Subject = property.Text(content.CodePage) ?? content.Subject;
                break;
            case 0x001A:
                content.MessageClass = property.Text(content.CodePage) ?? content.MessageClass;
                break;
            case 0x0C1A or 0x0042:
                content.FromName = property.Text(content.CodePage) ?? content.FromName;
                break;
            case 0x5D01 or 0x5D02 or 0x0C1F or 0x0065:
                var address = property.Text(content.CodePage);
                if (address is not null && (content.FromAddress is null || address.Contains('@', StringComparison.Ordinal)))
                {
                    content.FromAddress = address;
                }

                break;
            case 0x0039:
                content.SentAt = property.Time ?? content.SentAt;
                break;
            case 0x1035:
                content.MessageId = property.Text(content.CodePage)?.Trim('<', '>', ' ') ?? content.MessageId;
                break;
            case 0x007D:
                content.TransportHeaders = property.Text(content.CodePage) ?? content.TransportHeaders;
                break;
            case 0x1000:
                content.PlainBody = property.Text(content.CodePage) ?? content.PlainBody;
                break;
            case 0x1013:
                content.HtmlBody = property.Bytes;
                break;
            case 0x3FDE:
                content.HtmlCodePage = property.Number ?? 0;
                break;
            case 0x1009:
                var rtf = CompressedRtf.Decompress(property.Value);
                content.RtfBody = rtf?.Bytes ?? ReadOnlyMemory<byte>.Empty;
                if (rtf is not { Problem: null })
                {
                    findings.Add(FindingCodes.Messages.TnefBroken.At($"RTF body: {rtf?.Problem ?? "it cannot be decompressed"}"));
                }

                break;
            default:
                break;
        }
    }

    private static void ReadAttachmentAttribute(
        TnefContent content,
        ref TnefAttachment? attachment,
        int id,
        ReadOnlyMemory<byte> value,
        List<Finding> findings,
        int depth
    )
    {
        // Rendering data begins an attachment; a writer that leaves it out still gets its attachment.
        if (id == 0x9002 || attachment is null)
        {
            attachment = new TnefAttachment();
            content.Collected.Add(attachment);
        }

        var current = attachment;
        switch (id)
        {
            case 0x8010:
                current.Name ??= MapiText.Narrow(value.Span, content.CodePage);
                break;
            case 0x800F:
                current.Content = value;
                break;
            case 0x9005:
                if (!TnefProperties.Walk(value, property => ReadAttachmentProperty(content, current, property, findings, depth)))
                {
                    findings.Add(
                        FindingCodes.Messages.TnefBroken.At($"the properties of attachment {content.Collected.Count} cannot be followed")
                    );
                }

                break;
            default:
                break;
        }
    }

    private static void ReadAttachmentProperty(
        TnefContent content,
        TnefAttachment attachment,
        MapiProperty property,
        List<Finding> findings,
        int depth
    )
    {
        switch (property.Id)
        {
            case 0x3707:
                attachment.Name = property.Text(content.CodePage) ?? attachment.Name;
                break;
            case 0x3704 or 0x3001:
                attachment.Name ??= property.Text(content.CodePage);
                break;
            case 0x370E:
                attachment.MediaType = property.Text(content.CodePage);
                break;
            case 0x3712:
                attachment.ContentId = property.Text(content.CodePage)?.Trim('<', '>', ' ');
                break;
            case 0x3701:
                ReadAttachedObject(attachment, property, findings, depth);
                break;
            default:
                break;
        }
    }

    private static void ReadAttachedObject(TnefAttachment attachment, MapiProperty property, List<Finding> findings, int depth)
    {
        var value = property.Value;
        if (property.Type != MapiTypes.Object)
        {
            attachment.Content = value;
            return;
        }

        if (value.Length < InterfaceIdLength)
        {
            return;
        }

        var isMessage = value.Span[..InterfaceIdLength].SequenceEqual(MessageInterface);
        attachment.Content = value[InterfaceIdLength..];
        if (!isMessage)
        {
            return;
        }

        if (depth + 1 == MaxDepth)
        {
            findings.Add(FindingCodes.Messages.TnefLimit.At($"more than {MaxDepth} messages within each other"));
            return;
        }

        attachment.Message = Read(attachment.Content, findings, depth + 1);
    }
}
