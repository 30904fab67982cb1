using System.Text;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>The header block of an Outlook item: the one it was received with, else what its properties have of one.</summary>
internal static class OutlookHeaders
{
    private const int MaxFields = 200;
    private const int MaxIndex = 4_096;

    /// <summary>The header block.</summary>
    /// <param name="item">The item.</param>
    /// <param name="received">The item carries the block it was received with.</param>
    /// <param name="findings">Gets what was noticed.</param>
    public static HeaderBlock Of(OutlookItem item, out bool received, List<Finding> findings)
    {
        var noticed = new List<Finding>();
        var block = Transport(item) is { Length: > 0 } bytes
            ? RawHeaders.Parse(FrontEnd.Prepare(bytes).Message, noticed, out _)
            : HeaderBlock.Empty;
        received = block.Field("Received") is not null || block.Field("From") is not null || block.Field("Message-ID") is not null;
        if (received)
        {
            findings.AddRange(noticed);
            return block;
        }

        findings.Add(FindingCodes.Outlook.NoTransportHeaders.At(item.Class));
        return new HeaderBlock([.. block.Fields, .. Made(item)]);
    }

    private static byte[] Transport(OutlookItem item)
    {
        if (item.Properties.Find(MapiIds.TransportHeaders) is not { } property)
        {
            return [];
        }

        if (property.Type != MapiTypes.Unicode)
        {
            return [.. property.Value.Span.TrimEnd((byte)0), .. "\r\n\r\n"u8];
        }

        // Raw 8-bit headers were widened byte by byte; they are read as the bytes they were.
        var text = (property.Text(0) ?? "") + "\r\n\r\n";
        var widened = !text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF') && text.AsSpan().ContainsAnyInRange('\u0080', '\u009F');
        return widened ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text);
    }

    private static IEnumerable<HeaderField> Made(OutlookItem item)
    {
        var properties = item.Properties;
        (string Name, int Id)[] fields =
        [
            ("Message-ID", MapiIds.InternetMessageId),
            ("In-Reply-To", MapiIds.InReplyTo),
            ("References", MapiIds.InternetReferences),
            ("List-Help", MapiIds.ListHelp),
            ("List-Subscribe", MapiIds.ListSubscribe),
            ("List-Unsubscribe", MapiIds.ListUnsubscribe),
        ];
        foreach (var (name, id) in fields)
        {
            if (properties.Text(id) is { } value)
            {
                yield return Field(name, value);
            }
        }

        if (properties.Bytes(MapiIds.ConversationIndex) is { Length: > 0 and <= MaxIndex } index)
        {
            yield return Field("Thread-Index", Convert.ToBase64String(index.Span));
        }

        if (properties.Number(MapiIds.Importance) is { } importance)
        {
            yield return Field(
                "Importance",
                importance == 2 ? "high"
                    : importance == 0 ? "low"
                    : "normal"
            );
        }

        foreach (var (name, id) in item.Named.Names(NamedProperties.InternetHeaders).Take(MaxFields))
        {
            if (properties.Text(id) is { } value && HeaderLine.IsHeader(Encoding.UTF8.GetBytes($"{name}:")))
            {
                yield return Field(name, value);
            }
        }
    }

    private static HeaderField Field(string name, string value)
    {
        var line = value.Length > RawHeaders.MaxHeader ? value[..RawHeaders.MaxHeader] : value;
        line = line.ReplaceLineEndings(" ").Replace('\0', ' ').Trim();
        return new HeaderField(name, Encoding.UTF8.GetBytes(line), line);
    }
}
