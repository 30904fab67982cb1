using System.Globalization;
using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>Traits of an Outlook item: who wrote, changed and sent it with what.</summary>
internal static class OutlookTraits
{
    private const uint ReminderSound = 0x851F;
    private const uint CurrentVersion = 0x8554;
    private const uint AccountName = 0x8580;
    private const uint AccountStamp = 0x8581;
    private const uint Location = 0x8208;

    /// <summary>Traits of the message.</summary>
    public static IReadOnlyList<Trait> Of(OutlookItem item)
    {
        var traits = new List<Trait>();
        var properties = item.Properties;
        void Line(TraitKind kind, string? value, string where)
        {
            if (value is not null)
            {
                traits.Add(kind.Of(value, where));
            }
        }

        Line(TraitKinds.Outlook.MessageClass, properties.Line(MapiIds.MessageClass), "PidTagMessageClass");
        Line(TraitKinds.Common.Author, properties.Line(MapiIds.CreatorName), "PidTagCreatorName");
        Line(TraitKinds.Common.LastAuthor, properties.Line(MapiIds.LastModifierName), "PidTagLastModifierName");
        Line(TraitKinds.Common.CreatedAt, Time(properties.Time(MapiIds.CreationTime)), "PidTagCreationTime");
        Line(TraitKinds.Common.SavedAt, Time(properties.Time(MapiIds.LastModificationTime)), "PidTagLastModificationTime");
        Line(TraitKinds.Outlook.Conversation, Conversation(properties), "PidTagConversationIndex");
        Line(TraitKinds.Outlook.SearchKey, Hex(properties, MapiIds.SearchKey), "PidTagSearchKey");
        Line(TraitKinds.Outlook.CorrelationKey, Printable(properties, MapiIds.TnefCorrelationKey), "PidTagTnefCorrelationKey");
        Line(TraitKinds.Outlook.DirectoryName, DirectoryName(properties, MapiIds.SenderAddress), "PidTagSenderEmailAddress");
        Line(
            TraitKinds.Outlook.DirectoryName,
            DirectoryName(properties, MapiIds.RepresentingAddress),
            "PidTagSentRepresentingEmailAddress"
        );
        Line(TraitKinds.Outlook.Account, item.NamedLine(NamedProperties.Common, AccountName), "PidLidInternetAccountName");
        Line(TraitKinds.Outlook.Account, item.NamedLine(NamedProperties.Common, AccountStamp), "PidLidInternetAccountStamp");
        Line(TraitKinds.Outlook.Account, properties.Line(MapiIds.PrimarySendAccount), "PidTagPrimarySendAccount");
        Line(TraitKinds.Common.ApplicationVersion, item.NamedLine(NamedProperties.Common, CurrentVersion), "PidLidCurrentVersionName");
        Line(TraitKinds.Common.ExternalTarget, item.NamedLine(NamedProperties.Common, ReminderSound), "PidLidReminderFileParameter");
        Line(TraitKinds.Outlook.Location, item.NamedLine(NamedProperties.Appointment, Location), "PidLidLocation");
        Line(TraitKinds.Common.CodePage, Number(properties, MapiIds.MessageCodePage), "PidTagMessageCodepage");
        Line(TraitKinds.Common.CodePage, Number(properties, MapiIds.InternetCodePage), "PidTagInternetCodepage");
        Line(TraitKinds.Common.Language, Number(properties, MapiIds.MessageLocale), "PidTagMessageLocaleId");
        foreach (var (name, id) in item.Named.Names(NamedProperties.InternetHeaders))
        {
            if (name.Equals("x-mailer", StringComparison.OrdinalIgnoreCase))
            {
                Line(TraitKinds.Common.Application, properties.Line(id), "X-Mailer");
                break;
            }
        }

        return [.. traits.Distinct()];
    }

    /// <summary>Traits of an attachment.</summary>
    public static IReadOnlyList<Trait> OfAttachment(PropertySet properties, string storage)
    {
        var traits = new List<Trait>();
        void Line(TraitKind kind, string? value, string property)
        {
            if (value is not null)
            {
                traits.Add(kind.Of(value, $"{storage}/{property}"));
            }
        }

        Line(
            TraitKinds.Common.OriginalPath,
            properties.Line(MapiIds.AttachLongPath) ?? properties.Line(MapiIds.AttachPath),
            "PidTagAttachLongPathname"
        );
        Line(TraitKinds.Outlook.ShortName, Different(properties), "PidTagAttachFilename");
        Line(TraitKinds.Outlook.ContentType, properties.Line(MapiIds.AttachMimeTag), "PidTagAttachMimeTag");
        Line(TraitKinds.Outlook.ContentId, properties.Line(MapiIds.AttachContentId), "PidTagAttachContentId");
        Line(TraitKinds.Common.CreatedAt, Time(properties.Time(MapiIds.CreationTime)), "PidTagCreationTime");
        Line(TraitKinds.Outlook.Hidden, properties.Flag(MapiIds.AttachHidden) ? "true" : null, "PidTagAttachmentHidden");
        Line(
            TraitKinds.Outlook.RenderingPosition,
            properties.Number(MapiIds.RenderingPosition) is { } place and >= 0 ? place.ToString(CultureInfo.InvariantCulture) : null,
            "PidTagRenderingPosition"
        );
        return traits;
    }

    /// <summary>RFC 3339, UTC; null for none.</summary>
    public static string? Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Different(PropertySet properties) =>
        properties.Line(MapiIds.AttachShortName) is { } name && name != properties.Line(MapiIds.AttachLongName) ? name : null;

    private static string? Number(PropertySet properties, int id) => properties.Number(id)?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The GUID of a conversation index ([MS-OXOMSG] 2.2.1.3); all zeros stand for none.</summary>
    private static string? Conversation(PropertySet properties) =>
        properties.Bytes(MapiIds.ConversationIndex) is { Length: >= 22 } index && index.Span.Slice(6, 16).ContainsAnyExcept((byte)0)
            ? Convert.ToHexStringLower(index.Span.Slice(6, 16))
            : null;

    private static string? Hex(PropertySet properties, int id) =>
        properties.Bytes(id) is { Length: > 0 and <= 64 } bytes && bytes.Span.ContainsAnyExcept((byte)0)
            ? Convert.ToHexStringLower(bytes.Span)
            : null;

    /// <summary>Keys that are text as a rule.</summary>
    private static string? Printable(PropertySet properties, int id)
    {
        var bytes = properties.Bytes(id).Span.TrimEnd((byte)0);
        return bytes.IsEmpty || bytes.Length > 512 ? null
            : bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Convert.ToHexStringLower(bytes)
            : System.Text.Encoding.ASCII.GetString(bytes);
    }

    /// <summary>The sender in the directory of his Exchange organisation, which names organisation and site.</summary>
    private static string? DirectoryName(PropertySet properties, int id) =>
        properties.Line(id) is { } name && name.StartsWith("/o=", StringComparison.OrdinalIgnoreCase) ? name : null;
}
