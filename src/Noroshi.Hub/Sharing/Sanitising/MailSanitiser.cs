using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>Builds what may leave of one of the attacker's mails, field by field through the rules. Nothing is copied that no rule brings in.</summary>
/// <param name="engine">The rules at work.</param>
/// <param name="scene">Mail, estate, audience.</param>
/// <param name="seenBy">Corporate groups of the draft whose mails show a URL or digest.</param>
internal sealed class MailSanitiser(RuleEngine engine, SanitisingScene scene, Func<string, int> seenBy)
{
    private const int MostHops = 20;
    private const int MostUrls = 200;
    private const int MostFiles = 200;
    private readonly List<string> _whole = [];
    private int _files;

    /// <summary>URLs of which only a part is told, as they may be told when another group saw the very same.</summary>
    public IReadOnlyList<string> WholeUrls => _whole;

    /// <summary>The mail as it would leave; label and answers are given by the assembly.</summary>
    /// <param name="mail">The mail; the scene's.</param>
    /// <param name="excerpt">Words of it that an analyst picked; empty: none.</param>
    /// <param name="origin">Country of its origin.</param>
    public SanitisedMail Of(ProvidedMail mail, string excerpt, string? origin)
    {
        var facts = mail.Facts;
        var time = engine.Of(SanitisedField.Time, "receivedAt", mail.ReceivedAt?.ToString("O", CultureInfo.InvariantCulture), scene);
        var recipients = engine.Of(
            SanitisedField.Recipients,
            "to",
            string.Join("; ", facts.To.Concat(facts.Cc).Concat(facts.Bcc).Select(one => one.Address)),
            scene
        );
        engine.Of(SanitisedField.Body, "body", facts.Body.Text, scene);
        return new SanitisedMail
        {
            Label = "",
            From = Sender("from", facts.From),
            ReplyTo =
                facts.ReplyTo is [var reply, ..] && !string.Equals(reply.Address, facts.From?.Address, StringComparison.OrdinalIgnoreCase)
                    ? Sender("replyTo", reply)
                    : null,
            Subject = engine.Of(SanitisedField.Subject, "subject", facts.Subject, scene) ?? "",
            At = time is null ? null : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture),
            Precision = scene.WithinGroup ? TimePrecision.Minute : TimePrecision.Hour,
            To =
                recipients?.StartsWith(nameof(WindowKind.ContactWindow), StringComparison.Ordinal) == true
                    ? WindowKind.ContactWindow
                    : WindowKind.Other,
            Recipients = Enum.TryParse<CountBucket>(recipients?.Split(' ')[^1], out var bucket) ? bucket : CountBucket.One,
            ClientIp = engine.Of(SanitisedField.ClientIp, "clientIp", facts.Composition?.ClientIp, scene),
            Mailer = engine.Of(SanitisedField.Mailer, "mailer", facts.Composition?.Mailer, scene),
            SendingService = engine.Of(SanitisedField.SendingService, "sendingService", facts.Composition?.SendingService, scene),
            Hops = [.. facts.Hops.Take(MostHops).Select(Hop).OfType<SanitisedHop>()],
            OriginCountry = origin,
            MessageId = engine.Of(SanitisedField.MessageId, "messageId", facts.MessageId, scene),
            Authentication = Verdicts(facts),
            Findings = [.. mail.Findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Excerpt = engine.Of(SanitisedField.Excerpt, "excerpt", excerpt, scene) ?? "",
            Files =
            [
                .. facts
                    .Attachments.Where((_, at) => !mail.Reported.ContainsKey(at))
                    .Select((file, at) => File(file, string.Create(CultureInfo.InvariantCulture, $"files[{at}]")))
                    .OfType<SanitisedFile>(),
            ],
            Urls = Urls(facts),
        };
    }

    /// <summary>Whether what the mail answers may be told by labels.</summary>
    public bool TellsAnswers(ProvidedMail mail) =>
        engine.Of(
            SanitisedField.References,
            "references",
            string.Join(' ', mail.Facts.References.Append(mail.Facts.InReplyTo ?? "").Where(id => id.Length > 0)),
            scene
        )
            is not null;

    private SanitisedSender? Sender(string path, MailAddress? mailbox)
    {
        if (mailbox is null)
        {
            return null;
        }

        var address = engine.Of(SanitisedField.SenderAddress, $"{path}.address", mailbox.Address, scene);
        // A name is often the address once more: then it is no better known than the address.
        var name =
            address is null && mailbox.Name.Contains('@', StringComparison.Ordinal)
                ? null
                : engine.Of(SanitisedField.SenderName, $"{path}.name", mailbox.Name, scene);
        return address is null && name is null ? null : new SanitisedSender(address, name ?? "");
    }

    private SanitisedHop? Hop(Hop hop, int at)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"hops[{at}]");
        var text = $"from {hop.From ?? hop.Helo} [{hop.Ip}] by {hop.By}";
        if (engine.Of(SanitisedField.Hop, path, text, scene with { Hop = hop }) is null)
        {
            return null;
        }

        var made = new SanitisedHop(
            engine.Of(SanitisedField.HopPart, $"{path}.from", hop.From ?? hop.Helo, scene),
            engine.Of(SanitisedField.HopPart, $"{path}.ip", hop.Ip, scene),
            engine.Of(SanitisedField.HopPart, $"{path}.by", hop.By, scene)
        );
        return made is { From: null, Ip: null, By: null } ? null : made;
    }

    private List<SanitisedVerdict> Verdicts(MailFacts facts)
    {
        var verdicts = new List<SanitisedVerdict>();
        foreach (
            var (verdict, at) in facts.Authentication.Where(one => one.Method is "spf" or "dkim" or "dmarc").Select((one, at) => (one, at))
        )
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"authentication[{at}]");
            if (engine.Of(SanitisedField.Verdict, path, $"{verdict.Method}={verdict.Result}", scene) is not null)
            {
                var domain = verdict.Method == "dkim" ? verdict.Identity?.Split('@')[^1] : null;
                var made = new SanitisedVerdict(
                    verdict.Method,
                    verdict.Result,
                    engine.Of(SanitisedField.SigningDomain, $"{path}.domain", domain, scene)
                );
                if (!verdicts.Contains(made))
                {
                    verdicts.Add(made);
                }
            }
        }

        return verdicts;
    }

    private List<string> Urls(MailFacts facts) =>
        [
            .. facts
                .Indicators.Urls.Where(url => url.Where is not ("html-image" or "header"))
                .Take(MostUrls)
                .Select((url, at) => Part(url.Value, string.Create(CultureInfo.InvariantCulture, $"urls[{at}]")))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>A URL as it may be told by itself; what would be told of it if others saw it, too, is written down beside it.</summary>
    private string? Part(string url, string path)
    {
        var part = Url(url, path, 0);
        if (
            part?.Contains(UrlRules.Token, StringComparison.Ordinal) == true
            && Url(url, $"{path}.ifSeenByOthers", 2) is { } whole
            && !string.Equals(whole, part, StringComparison.Ordinal)
        )
        {
            _whole.Add(whole);
        }

        return part;
    }

    /// <summary>A URL as it may be told when so many groups saw it.</summary>
    public string? Url(string url, string path, int groups) => engine.Of(SanitisedField.Url, path, url, scene with { SeenBy = groups });

    private SanitisedFile? File(FileFacts file, string path)
    {
        if (++_files > MostFiles)
        {
            return null;
        }

        var name = engine.Of(SanitisedField.FileName, $"{path}.name", file.Name, scene);
        var displayed = string.Equals(file.DisplayedName, file.Name, StringComparison.Ordinal)
            ? null
            : engine.Of(SanitisedField.FileName, $"{path}.displayedName", file.DisplayedName, scene);
        var hashes = file.Sha256 is { } sha256 ? scene with { SeenBy = seenBy(sha256) } : scene;
        return new SanitisedFile
        {
            Name = name ?? "",
            DisplayedName = displayed,
            Type = ContractNames.Of(file.Type),
            Format = file.Format,
            Size = file.Size ?? 0,
            Sha256 = engine.Of(SanitisedField.FileHash, $"{path}.sha256", file.Sha256, hashes),
            Sha1 = engine.Of(SanitisedField.FileHash, $"{path}.sha1", file.Sha1, hashes),
            Md5 = engine.Of(SanitisedField.FileHash, $"{path}.md5", file.Md5, hashes),
            Encrypted = file.Encrypted || file.HeaderEncrypted,
            OpensIn =
            [
                .. file
                    .OpensIn.Where(one => one.Opens is not null)
                    .Select(one => new SanitisedOpening(one.Program, one.Opens == true, one.Basis == "tried")),
            ],
            Disguises = [.. file.Disguises.Select(ContractNames.Of)],
            Traits =
            [
                .. file
                    .Traits.Select(
                        (trait, at) =>
                            engine.Of(
                                SanitisedField.FileTrait,
                                string.Create(CultureInfo.InvariantCulture, $"{path}.traits[{at}]"),
                                trait.Value,
                                scene with
                                {
                                    Trait = trait.Name,
                                }
                            )
                                is { } value
                                ? new SanitisedTrait(trait.Name, value)
                                : null
                    )
                    .OfType<SanitisedTrait>()
                    .OrderBy(trait => trait.Kind, StringComparer.Ordinal),
            ],
            Children =
            [
                .. file
                    .Children.Select((child, at) => File(child, string.Create(CultureInfo.InvariantCulture, $"{path}.children[{at}]")))
                    .OfType<SanitisedFile>(),
            ],
        };
    }
}
