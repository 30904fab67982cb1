using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Statistics;

/// <summary>
/// In which categories a mail counts. Content decides, never a name. A change of a rule here is a new <see cref="Version"/>: frozen periods keep
/// the one that they were counted by.
/// </summary>
public static class MailCounting
{
    /// <summary>Version of the categories of mails and attachments.</summary>
    public const string Version = "noroshi-categories/1";

    private const int MostDestinations = 100;

    private static readonly (FileType File, PayloadType Payload)[] MostDangerousFirst =
    [
        (FileType.Executable, PayloadType.Executable),
        (FileType.Shortcut, PayloadType.Lnk),
        (FileType.Script, PayloadType.Script),
        (FileType.Office, PayloadType.Office),
        (FileType.Justsystems, PayloadType.Justsystems),
        (FileType.Pdf, PayloadType.Pdf),
        (FileType.EncryptedUnopened, PayloadType.EncryptedUnopened),
    ];

    /// <summary>
    /// What the mail attacks with: the most dangerous file inside whatever holds it, so that a document beside a program is a decoy. Pictures are
    /// no attachments. Null without one.
    /// </summary>
    public static PayloadType? PayloadOf(ProvidedMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var types = mail.AllFiles().Select(file => file.Type).Where(type => type != FileType.Image).ToHashSet();
        if (types.Count == 0)
        {
            return null;
        }

        foreach (var (file, payload) in MostDangerousFirst)
        {
            if (types.Contains(file))
            {
                return payload;
            }
        }

        return PayloadType.Other;
    }

    /// <summary>The outermost container in which a payload lies, and whether it is locked; null when the payload lies open.</summary>
    public static (string Format, bool Locked)? ContainerOf(ProvidedMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var outer = mail.AllFiles()
            .FirstOrDefault(file => file.Type is FileType.Archive or FileType.DiskImage or FileType.EncryptedUnopened);
        return outer is null ? null : (outer.Format, outer.Encrypted || outer.Type == FileType.EncryptedUnopened);
    }

    /// <summary>Whether the writer put a link into it: those of signatures and quotes are none.</summary>
    public static bool HasLink(ProvidedMail mail) => PayloadEvidence.LinkHosts(mail).Any();

    /// <summary>Means of a mail.</summary>
    /// <param name="file">It has an attachment.</param>
    /// <param name="link">It has a link.</param>
    /// <param name="role">Its part in an exchange; null when it has none.</param>
    public static MailKind KindOf(bool file, bool link, MessageRole? role) =>
        (file, link) switch
        {
            (true, true) => MailKind.Both,
            (true, false) => MailKind.Attachment,
            (false, true) => MailKind.Url,
            (false, false) => role == MessageRole.Reconnaissance ? MailKind.InformationGathering : MailKind.Unknown,
        };

    /// <summary>
    /// Class of the service that sent the mail. Where the receiving server found that the From domain did not send it (DMARC, RFC 7489), the
    /// domain of the return path that passed SPF is asked instead, and without one nobody knows.
    /// </summary>
    public static SenderClass SenderOf(MailFacts mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var domain = Directions.DomainOf(mail.From?.Address);
        if (Says(mail, "dmarc", "fail"))
        {
            domain = Says(mail, "spf", "pass") ? Directions.DomainOf(mail.ReturnPath) : null;
        }

        return domain is null ? SenderClass.Unknown
            : FreeMail.Classify(domain) == MailServiceClass.Webmail ? SenderClass.FreeMail
            : SenderClass.Other;
    }

    /// <summary>Destinations as the provider observed them, and what an analyst wrote down in their place.</summary>
    /// <param name="stated">As stated.</param>
    /// <param name="known">What the register knows of a host; null when nothing.</param>
    public static IReadOnlyList<DestinationFact> DestinationsOf(IEnumerable<Destination> stated, Func<string, Destination?> known)
    {
        ArgumentNullException.ThrowIfNull(stated);
        ArgumentNullException.ThrowIfNull(known);
        return
        [
            .. stated
                .Where(one => one.Host.Trim('.').Length > 0)
                .Take(MostDestinations)
                .Select(one =>
                {
                    var host = one.Host.Trim('.').ToLowerInvariant();
                    var looked = known(one.Host) ?? known(host);
                    var country = looked?.Country is not null ? looked : one;
                    return new DestinationFact(
                        host,
                        CountryCode(country.Country),
                        country.CountryAsOf,
                        country.CountrySource,
                        (looked?.Hijacked ?? one.Hijacked) is "suspected" or "confirmed"
                    );
                })
                .DistinctBy(one => (one.Host, one.Country)),
        ];
    }

    /// <summary>A code as ISO 3166-1 writes it; null for everything else, since it becomes part of an id.</summary>
    public static string? CountryCode(string? text) =>
        text is { Length: 2 } && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1]) ? text.ToUpperInvariant() : null;

    private static bool Says(MailFacts mail, string method, string result) =>
        mail.Authentication.Any(one =>
            string.Equals(one.Method, method, StringComparison.Ordinal)
            && string.Equals(one.Result, result, StringComparison.Ordinal)
            && !string.Equals(one.Source, "arc", StringComparison.Ordinal)
        );
}
