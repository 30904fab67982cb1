using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Judgement.Answers;

/// <summary>What the bytes of one mail by themselves give reason to answer, as codes of <see cref="AnswerReasons"/>.</summary>
internal static class MailSigns
{
    /// <summary>Findings by which a sender is caught pretending; each is seldom in honest mail.</summary>
    private static readonly string[] Spoofing = ["received.own-name-from-outside", "address.display-name-spoof"];

    private static readonly string[] Links = ["url.obfuscated-host", "url.userinfo", "url.shown-differs"];

    /// <summary>Pages that take passwords or hand over files are no documents to be read.</summary>
    private static readonly string[] Pages = ["html.password-form", "html.smuggling", "html.redirect"];

    /// <summary>Damage that keeps nothing from the reader: the text or the files were examined all the same.</summary>
    private static readonly string[] Harmless =
    [
        "password.not-searched",
        "password.budget",
        "received.unreadable",
        "received.too-many",
        "date.unreadable",
        "message-id.too-many-references",
        "address.too-many",
        "mime.broken-word",
        "mime.missing-end",
        "mime.header-no-colon",
        "mime.missing-blank",
        "mime.double-cr",
        "mime.parameter-gap",
        "mime.parameter-quote",
        "mime.qp-damaged",
        "charset.damaged",
        "charset.escapes-lost",
        "limit.html-links",
        "limit.indicators",
        "pdf.odd-structure",
        "worker.retried",
    ];

    /// <summary>The codes, in no order. Of a mail that the organisation wrote itself there is nothing to open.</summary>
    public static IReadOnlySet<string> In(ProvidedMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        if (mail.Direction is MailDirection.Outbound or MailDirection.Internal)
        {
            return codes;
        }

        AddPayload(codes, mail);
        foreach (var file in mail.AllFiles())
        {
            AddFile(codes, file);
        }

        var findings = mail.Facts.Findings.Concat(mail.Findings).Concat(mail.AllFiles().SelectMany(file => file.Findings));
        foreach (var finding in findings)
        {
            AddFinding(codes, finding);
        }

        if (mail.AllFiles().Any(file => IsUnproven(file, mail.Facts.Indicators.SenderService)))
        {
            codes.Add(AnswerReasons.Document);
        }

        if (LeadsAway(mail))
        {
            codes.Add(AnswerReasons.Link);
        }

        if (mail.Facts.Hops.Count == 0 && mail.Facts.MessageId is null)
        {
            codes.Add(AnswerReasons.NotOriginal);
        }

        return codes;
    }

    private static void AddPayload(HashSet<string> codes, ProvidedMail mail)
    {
        foreach (var evidence in PayloadEvidence.In(mail))
        {
            var code = evidence.Code switch
            {
                "payload.judged" or "payload.destination" => AnswerReasons.Destination,
                "payload.disguised" => AnswerReasons.Disguised,
                "payload.program" => AnswerReasons.Program,
                "payload.document" => AnswerReasons.DangerousDocument,
                "payload.reported-mail" => AnswerReasons.ReportedMail,
                "payload.program-declared" or "payload.macro-declared" => AnswerReasons.ProgramDeclared,
                "payload.link-file" => AnswerReasons.Link,
                _ => AnswerReasons.SuspiciousFile,
            };
            codes.Add(code);
        }
    }

    private static void AddFile(HashSet<string> codes, FileFacts file)
    {
        // What only a person's eye is deceived by says nothing of the content, but honest files do not do it.
        if (file.Disguises.Any(one => one is Disguise.Rlo or Disguise.DoubleExtension or Disguise.Padding or Disguise.Icon))
        {
            codes.Add(AnswerReasons.Disguised);
        }
        else if (file.Disguises.Contains(Disguise.Homograph))
        {
            codes.Add(AnswerReasons.SuspiciousFile);
        }

        if (file.Type == FileType.EncryptedUnopened)
        {
            codes.Add(AnswerReasons.Locked);
        }
        else if (file is { Type: FileType.Other, Format: "unknown", Size: not 0 })
        {
            codes.Add(AnswerReasons.UnknownFile);
        }

        if (file.Type == FileType.Html && file.Findings.Any(finding => Pages.Contains(finding.Code, StringComparer.Ordinal)))
        {
            codes.Add(AnswerReasons.DangerousPage);
        }
    }

    private static void AddFinding(HashSet<string> codes, Finding finding)
    {
        if (Spoofing.Contains(finding.Code, StringComparer.Ordinal))
        {
            codes.Add(AnswerReasons.Spoofed);
        }
        else if (Links.Contains(finding.Code, StringComparer.Ordinal))
        {
            codes.Add(AnswerReasons.DisguisedLink);
        }
        else if (finding.Code.Contains("attachments-removed", StringComparison.Ordinal))
        {
            codes.Add(AnswerReasons.Removed);
        }
        else if (finding.Severity is Severity.Damaged or Severity.Limit && !Harmless.Contains(finding.Code, StringComparer.Ordinal))
        {
            codes.Add(AnswerReasons.Damaged);
        }
        else if (finding.Severity == Severity.Suspicious && FileAreas.Any(area => finding.Code.StartsWith(area, StringComparison.Ordinal)))
        {
            codes.Add(AnswerReasons.SuspiciousFile);
        }
    }

    /// <summary>Areas of findings about files; those about headers and text have reasons of their own or none.</summary>
    private static readonly string[] FileAreas =
    [
        "compound.",
        "container.",
        "field.",
        "file.",
        "image.hidden",
        "lzh.",
        "macro.",
        "odf.",
        "ooxml.",
        "pdf.",
        "program.",
        "rtf.",
        "script.",
        "shortcut.",
        "svg.",
        "type.",
    ];

    /// <summary>
    /// A document that nothing speaks against, and nobody can vouch for: attacks on the program that shows it leave no mark that is known
    /// beforehand. Whoever writes from a domain of his own can be held to his name; of Ichitaro's formats that is not enough.
    /// </summary>
    private static bool IsUnproven(FileFacts file, MailServiceClass service) =>
        file.Type == FileType.Justsystems
        || (file.Type is FileType.Office or FileType.Pdf && service is MailServiceClass.Webmail or MailServiceClass.Disposable);

    /// <summary>
    /// A link that the writer put in and that leads away from where he is at home. Nobody follows it (no URL is ever fetched), so nobody can
    /// say what is behind it.
    /// </summary>
    private static bool LeadsAway(ProvidedMail mail)
    {
        var facts = mail.Facts;
        var home = facts.Indicators.SenderService == MailServiceClass.None ? HomeOf(facts.From?.Address) : null;
        return PayloadEvidence.LinkHosts(mail).Any(host => home is null || HomeOf(host) != home);
    }

    private static string? HomeOf(string? addressOrHost)
    {
        if (addressOrHost is null)
        {
            return null;
        }

        var host = addressOrHost[(addressOrHost.LastIndexOf('@') + 1)..].Trim().Trim('.').ToLowerInvariant();
        return PublicSuffix.RegistrableDomain(host) ?? host;
    }
}
