using System.Globalization;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>A recipient of an Outlook item.</summary>
/// <param name="Kind">0 originator, 1 To, 2 Cc, 3 Bcc.</param>
/// <param name="Order">Place among the recipients.</param>
/// <param name="Person">Name and address.</param>
internal sealed record OutlookRecipient(int Kind, int Order, MailAddress Person);

/// <summary>What an Outlook item ([MS-OXCMSG]) says of itself, apart from bodies and attachments.</summary>
internal sealed class OutlookItem
{
    /// <summary>Recipients that are read; the facts keep fewer.</summary>
    private const int MaxRecipients = 4_000;

    private const string RecipientPrefix = "__recip_version1.0_#";
    private const int FlagUnsent = 0x08;
    private const int FlagFromMe = 0x20;

    private OutlookItem(PropertySet properties, NamedProperties named)
    {
        Properties = properties;
        Named = named;
    }

    /// <summary>Properties of the message.</summary>
    public PropertySet Properties { get; }

    /// <summary>Ids of its named properties.</summary>
    public NamedProperties Named { get; }

    /// <summary>Recipients in their order.</summary>
    public IReadOnlyList<OutlookRecipient> Recipients { get; private set; } = [];

    /// <summary>Message class, <c>IPM.Note</c> when it states none.</summary>
    public string Class => Properties.Line(MapiIds.MessageClass) ?? "IPM.Note";

    /// <summary>A delivery or read report.</summary>
    public bool IsReport => Class.StartsWith("REPORT.", StringComparison.OrdinalIgnoreCase);

    /// <summary>Signed or encrypted with S/MIME: the mail proper is the one attachment.</summary>
    public bool IsSigned => Class.StartsWith("IPM.Note.SMIME", StringComparison.OrdinalIgnoreCase);

    /// <summary>Was saved without being sent.</summary>
    public bool IsUnsent => (Flags & FlagUnsent) != 0;

    /// <summary>Was written by the owner of the mailbox it comes from.</summary>
    public bool IsOwn => (Flags & FlagFromMe) != 0;

    /// <summary>Subject with its prefix.</summary>
    public string Subject
    {
        get
        {
            if (Properties.Text(MapiIds.Subject) is { } raw)
            {
                // [MS-OXCMSG] 2.2.1.46: stores may keep the length of the prefix in front, behind a 0x01.
                var text = raw is ['\u0001', _, ..] ? raw[2..] : raw;
                return OneLine(text);
            }

            return OneLine(Properties.Text(MapiIds.SubjectPrefix) + Properties.Text(MapiIds.NormalizedSubject));
        }
    }

    /// <summary>For whom the mail was sent.</summary>
    public MailAddress? From =>
        Person(MapiIds.RepresentingName, MapiIds.RepresentingAddress, MapiIds.RepresentingSmtp, MapiIds.RepresentingEntryId) ?? Sender;

    /// <summary>Who sent it.</summary>
    public MailAddress? Sender => Person(MapiIds.SenderName, MapiIds.SenderAddress, MapiIds.SenderSmtp, MapiIds.SenderEntryId);

    private int Flags => Properties.Number(MapiIds.MessageFlags) ?? 0;

    /// <summary>Reads properties, names and recipients.</summary>
    public static OutlookItem Read(ref OutlookFile file, List<Finding> findings)
    {
        var properties = file.Properties("", OutlookFile.MessageHeader, codePage: 0, findings);
        if (properties.CodePage == 0 && properties.Number(MapiIds.InternetCodePage) is { } page)
        {
            properties.CodePage = page;
        }

        var item = new OutlookItem(properties, ReadNames(ref file));
        item.ReadRecipients(ref file, findings);
        return item;
    }

    /// <summary>Text of a named property with a number; null when absent.</summary>
    public string? NamedLine(Guid set, uint number) => Named.Id(set, number) is > 0 and var id ? Properties.Line(id) : null;

    /// <summary>Persons of one kind.</summary>
    public IReadOnlyList<MailAddress> People(int kind)
    {
        List<MailAddress> people = [.. Recipients.Where(one => one.Kind == kind).Select(one => one.Person).Take(MailLimits.Addresses)];
        if (people.Count > 0 || Recipients.Count > 0)
        {
            return people;
        }

        var shown =
            kind == 1 ? Properties.Text(MapiIds.DisplayTo)
            : kind == 2 ? Properties.Text(MapiIds.DisplayCc)
            : null;
        return shown is null ? [] : ByName(shown);
    }

    /// <summary>Where replies go.</summary>
    public IReadOnlyList<MailAddress> ReplyTo()
    {
        var persons = EntryIds.Persons(Properties.Bytes(MapiIds.ReplyEntries).Span, Properties.CodePage);
        return persons.Count > 0 || Properties.Text(MapiIds.ReplyNames) is not { } names ? persons : ByName(names);
    }

    /// <summary>Name and address out of what stands for a person; an SMTP address wins over a name in a directory.</summary>
    internal static MailAddress? PersonOf(string? name, string? address, string? smtp, MailAddress? entry)
    {
        var plain = name?.Trim('\'', '"', ' ');
        var best =
            IsMailAddress(smtp) ? smtp
            : IsMailAddress(address) ? Bare(address)
            : IsMailAddress(entry?.Address) ? entry?.Address
            : IsMailAddress(plain) && plain is not null && !plain.Contains(' ', StringComparison.Ordinal) ? plain
            : address ?? entry?.Address;
        name ??= entry?.Name;
        if (string.IsNullOrEmpty(best) && string.IsNullOrEmpty(name))
        {
            return null;
        }

        var repeats = string.Equals(plain, best, StringComparison.OrdinalIgnoreCase);
        return new MailAddress(repeats ? "" : name ?? "", best ?? "");
    }

    private MailAddress? Person(int name, int address, int smtp, int entry) =>
        PersonOf(
            Properties.Line(name),
            Properties.Line(address),
            Properties.Line(smtp),
            EntryIds.Person(Properties.Bytes(entry).Span, Properties.CodePage)
        );

    private static bool IsMailAddress(string? text) => text is not null && text.IndexOf('@', StringComparison.Ordinal) > 0;

    private static string? Bare(string? address) =>
        address is not null && address.StartsWith("SMTP:", StringComparison.OrdinalIgnoreCase) ? address[5..] : address;

    private static List<MailAddress> ByName(string names) =>
        [
            .. names
                .Split(';', MailLimits.Addresses, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(name => PersonOf(OneLine(name), null, null, null))
                .OfType<MailAddress>(),
        ];

    private static string OneLine(string text)
    {
        var cut = text.Length > 10_000 ? text[..10_000] : text;
        return cut.AsSpan().ContainsAny('\r', '\n', '\0')
            ? string.Join(' ', cut.Split(['\r', '\n', '\0'], StringSplitOptions.RemoveEmptyEntries)).Trim()
            : cut.Trim();
    }

    private static NamedProperties ReadNames(ref OutlookFile file)
    {
        const int Most = 1 << 20;
        byte[] Stream(ref OutlookFile from, string name) =>
            from.Child(OutlookFile.NameStorage, name) is { IsStream: true } entry ? from.Read(entry, Most) : [];
        return new NamedProperties(
            Stream(ref file, "__substg1.0_00020102"),
            Stream(ref file, "__substg1.0_00030102"),
            Stream(ref file, "__substg1.0_00040102")
        );
    }

    private void ReadRecipients(ref OutlookFile file, List<Finding> findings)
    {
        var list = new List<OutlookRecipient>();
        var storages = 0;
        foreach (var entry in file.Children(""))
        {
            if (entry.IsStream || !entry.Name.StartsWith(RecipientPrefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (++storages > MaxRecipients)
            {
                findings.Add(FindingCodes.Outlook.Limit.At($"more than {MaxRecipients} recipients"));
                break;
            }

            var properties = file.Properties(entry.Path, OutlookFile.OtherHeader, Properties.CodePage, findings);
            var person = PersonOf(
                properties.Line(MapiIds.DisplayName),
                properties.Line(MapiIds.EmailAddress),
                properties.Line(MapiIds.SmtpAddress),
                EntryIds.Person(properties.Bytes(0x0FFF).Span, properties.CodePage)
            );
            if (person is not null)
            {
                // The upper bits say how the transport fared with the recipient.
                var kind = (properties.Number(MapiIds.RecipientType) ?? 1) & 0x0F;
                list.Add(new OutlookRecipient(kind, NumberOf(entry.Name), person));
            }
        }

        Recipients = [.. list.OrderBy(one => one.Order)];
        var (stated, _) = file.Counts();
        if (storages <= MaxRecipients && stated != storages)
        {
            findings.Add(FindingCodes.Outlook.CountDiffers.At($"{stated} recipients stated, {storages} there"));
        }
    }

    /// <summary>The number at the end of a storage's name, 32 bits in hex.</summary>
    internal static int NumberOf(string name) =>
        name.Length >= 8
        && int.TryParse(name.AsSpan(name.Length - 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : int.MaxValue;
}
