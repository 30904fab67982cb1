using System.Text;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.MailAnatomy.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>Takes one mail apart. Attached files are described, not opened: the caller decides when.</summary>
/// <param name="request">What was asked.</param>
/// <param name="files">Describes the attached files.</param>
internal sealed partial class MailDissector(DissectionRequest request, FileDissector files)
{
    /// <summary>Reads headers, body and the list of attachments.</summary>
    /// <param name="raw">The mail's bytes.</param>
    /// <param name="path">Path prefix of its attachments.</param>
    /// <param name="depth">Containers and mails around its attachments.</param>
    public MailNode Describe(ReadOnlyMemory<byte> raw, string path, int depth)
    {
        if (DescribeOutlook(raw, path, depth) is { } outlook)
        {
            return outlook;
        }

        var findings = new List<Finding>();
        var prepared = FrontEnd.Prepare(raw);
        findings.AddRange(prepared.Findings);
        var headers = RawHeaders.Parse(prepared.Message, findings, out var bodyOffset);
        if (headers.Fields.Count == 0)
        {
            findings.Add((raw.IsEmpty ? FindingCodes.Mail.Empty : FindingCodes.Mail.NoHeader).At("byte 0"));
        }

        var head = MimeHead.Of(headers);
        var facts = HeaderFactsOf(raw, headers, head.Parameters.GetValueOrDefault("charset"), findings);
        if (request.Level == DissectionLevel.HeadersOnly)
        {
            findings.Add(FindingCodes.Mail.HeadersOnly.At("retry"));
            return new MailNode(facts with { Findings = Capped(findings) });
        }

        var tree = MimeTree.Parse(prepared.Message, head, bodyOffset, findings, files.Budget);
        var node = new MailNode(facts);
        var parts = new BodyParts(files, node, path, depth, findings);
        parts.Read(tree);
        Complete(node, parts, headers, tree, findings, request.Estate);
        return node;
    }

    private MailFacts HeaderFactsOf(ReadOnlyMemory<byte> raw, HeaderBlock headers, string? hint, List<Finding> findings)
    {
        var (hops, origin) = OriginFinder.Find(ReceivedParser.Parse(headers, findings), request.Estate, findings);
        IReadOnlyList<MailAddress> Addresses(string name) =>
            headers.Field(name) is { } field ? AddressList.Parse(field, hint, findings) : [];
        return new MailFacts
        {
            Sha256 = Hashes.Sha256Of(raw.Span),
            Size = raw.Length,
            MessageId = MessageIds.MessageId(headers, findings),
            InReplyTo = MessageIds.InReplyTo(headers),
            References = MessageIds.References(headers, findings),
            ThreadIndex = headers.First("Thread-Index") is { } index ? ThreadIndexParser.Parse(index) : null,
            SentAt = headers.First("Date") is { } date ? MailDate.Parse(date, findings) : null,
            ReceivedAt = hops.Count > 0 ? hops[0].At : null,
            From = Addresses("From") is [var from, ..] ? from : null,
            Sender = Addresses("Sender") is [var sender, ..] ? sender : null,
            ReturnPath = AddressList.ReturnPath(headers),
            ReplyTo = Addresses("Reply-To"),
            To = Addresses("To"),
            Cc = Addresses("Cc"),
            Bcc = Addresses("Bcc"),
            Subject = headers.First("Subject") ?? "",
            Hops = hops,
            Origin = origin,
            Authentication = AuthenticationResults.Parse(headers),
        };
    }

    private static void Complete(
        MailNode node,
        BodyParts parts,
        HeaderBlock headers,
        MimeTree? tree,
        List<Finding> findings,
        OwnEstate estate
    )
    {
        var facts = node.Facts;
        var body = parts.Body(findings);
        var composition = Composition.Describe(headers, tree?.Shape ?? "", parts.TextEncodings, tree?.Boundary, facts.Hops, facts.Origin);
        var shape = ShapeOf(node, tree, facts, body, estate);
        var context = new PasswordContext
        {
            Subject = facts.Subject,
            Text = body.Text,
            SentAt = facts.SentAt,
            From = facts.From,
            Recipients = facts.To,
            AttachmentNames = node.Attachments.Count == 0 ? [] : [.. node.Attachments.Select(file => file.Facts.Name)],
        };
        var hints = PasswordPhrases.ExtractBody(body.Text, context, findings);
        node.Facts = facts with
        {
            Shape = shape,
            Body = body,
            Composition = composition,
            Automatic = AutomaticMailDetector.Detect(headers, facts.Subject, body.Text),
            Form = WebFormDetector.Detect(facts.Subject, body, facts.From?.Address),
            Indicators = IndicatorScanner.Scan([(facts.Subject, "subject"), (body.Text, "body")], parts.Html, facts.From, findings),
            PasswordHints = Hints(hints, context),
            Findings = Capped(findings),
        };
    }

    /// <summary>What the body gives, then the subject, then the names of attached files.</summary>
    private static IReadOnlyList<PasswordCandidate> Hints(IReadOnlyList<PasswordCandidate> body, PasswordContext context)
    {
        var subject = PasswordPhrases.Extract(context.Subject, "subject", context);
        return subject.Count == 0 && context.AttachmentNames.Count == 0
            ? body
            : [.. body, .. subject, .. context.AttachmentNames.SelectMany(name => PasswordPhrases.Extract(name, "attachment name"))];
    }

    /// <summary>
    /// A mail that carries mails is a report to the hub when it says so (subject of a forward, or hardly a word of its own); a customer who
    /// attaches a mail to a letter of his own is not reporting, and where the own domains are known a stranger has to say so to be one.
    /// </summary>
    private static MailShape ShapeOf(MailNode node, MimeTree? tree, MailFacts facts, BodyText body, OwnEstate estate)
    {
        switch (tree?.Multipart)
        {
            case "report":
                return MailShape.Report;
            case "digest":
                return MailShape.Digest;
        }

        var mails = node.Attachments.Count(file => file.Facts.Type == FileType.Mail && file.Facts.Format is "eml" or "msg");
        if (mails == 0)
        {
            return MailShape.Ordinary;
        }

        return
            ForwardSubject.Matches(facts.Subject)
            || body.Of(BlockKind.New).Trim().Length <= 200
                && (estate.Domains.Count == 0 || IsOwn(facts.From, estate) || IsOwn(facts.Sender, estate))
            ? MailShape.ForwardAsAttachment
            : MailShape.Ordinary;
    }

    private static bool IsOwn(MailAddress? person, OwnEstate estate) => person is not null && estate.Holds(person.Address);

    private static IReadOnlyList<Finding> Capped(List<Finding> findings) =>
        findings.Count < 2 ? [.. findings] : [.. findings.Distinct().Take(MailLimits.Findings)];
}

/// <summary>Subjects that say "forwarded", ja and en.</summary>
internal static class ForwardSubject
{
    private static readonly string[] Prefixes = ["fw:", "fwd:", "fw：", "fwd：", "転送", "[fwd", "[転送", "【転送"];

    public static bool Matches(string subject)
    {
        var start = subject.AsSpan().TrimStart();
        foreach (var prefix in Prefixes)
        {
            if (start.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
