using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Messages.Outlook;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>Outlook items ([MS-OXMSG]) go the way of other mails; only where header, bodies and attachments come from is different.</summary>
internal sealed partial class MailDissector
{
    private const int MaxAttachments = 2_000;

    private MailNode? DescribeOutlook(ReadOnlyMemory<byte> raw, string path, int depth)
    {
        if (!OutlookFile.LooksLikeOne(raw.Span) || !OutlookFile.TryOpen(raw.Span, out var file))
        {
            return null;
        }

        var findings = new List<Finding>();
        var item = OutlookItem.Read(ref file, findings);
        var headers = OutlookHeaders.Of(item, out var received, findings);
        var noticed = new List<Finding>();
        var facts = OutlookFacts.Complete(
            HeaderFactsOf(raw, headers, MimeHead.Of(headers).Parameters.GetValueOrDefault("charset"), noticed),
            item,
            received,
            findings
        );
        // An item that was never received has no fields to miss.
        findings.AddRange(noticed.Where(finding => received || finding.Code != FindingCodes.MessageIdentifiers.Missing.Code));
        if (request.Level == DissectionLevel.HeadersOnly)
        {
            findings.Add(FindingCodes.Mail.HeadersOnly.At("retry"));
            return new MailNode(facts with { Findings = Capped(findings) });
        }

        var node = new MailNode(facts);
        var parts = new BodyParts(files, node, path, depth, findings);
        var body = MapiBody.Of(item, findings);
        if (!item.IsSigned)
        {
            parts.Add(body);
        }

        AddAttachments(ref file, item, parts, findings);
        if (item.IsSigned)
        {
            // The mail inside the signature is the one that was written; the body beside it is a copy.
            parts.Add(body);
        }

        if (file.Damaged)
        {
            findings.Add(FindingCodes.FileTypes.CompoundDamaged.At("sectors or directory"));
        }

        if (file.Exhausted)
        {
            findings.Add(FindingCodes.Outlook.Limit.At("streams give more bytes than the file has"));
        }

        Complete(node, parts, headers, tree: null, findings, request.Estate);
        node.Facts = OutlookFacts.Finish(node.Facts, item, received);
        return node;
    }

    private void AddAttachments(ref OutlookFile file, OutlookItem item, BodyParts parts, List<Finding> findings)
    {
        List<CompoundEntry> storages =
        [
            .. file.Children("")
                .Where(entry => !entry.IsStream && entry.Name.StartsWith(OutlookAttachment.Prefix, StringComparison.OrdinalIgnoreCase))
                .OrderBy(entry => OutlookItem.NumberOf(entry.Name)),
        ];
        var (_, stated) = file.Counts();
        if (stated != storages.Count)
        {
            findings.Add(FindingCodes.Outlook.CountDiffers.At($"{stated} attachments stated, {storages.Count} there"));
        }

        for (var i = 0; i < storages.Count; i++)
        {
            if (i == MaxAttachments)
            {
                findings.Add(FindingCodes.Outlook.Limit.At($"{storages.Count} attachments"));
                return;
            }

            if (files.Budget.TakeEntry() is { } limit)
            {
                findings.Add(limit.At(storages[i].Name));
                return;
            }

            var attachment = OutlookAttachment.Read(ref file, storages[i], item.Properties.CodePage, findings);
            if (!AddAttachment(ref file, item, attachment, (parts, i + 1), findings))
            {
                return;
            }
        }
    }

    /// <summary>False when the budget is spent.</summary>
    private bool AddAttachment(
        ref OutlookFile file,
        OutlookItem item,
        OutlookAttachment attachment,
        (BodyParts Parts, int Number) place,
        List<Finding> findings
    )
    {
        if (attachment.Kind == OutlookAttachmentKind.Reference)
        {
            place.Parts.AddReference(attachment, place.Number);
            return true;
        }

        string? subject = null;
        byte[] content;
        if (attachment.Kind == OutlookAttachmentKind.Bytes)
        {
            content = attachment.Data is { } stream ? file.Read(stream, EntryReader.KeepBytes) : [];
        }
        else
        {
            subject = attachment.Kind == OutlookAttachmentKind.Message ? SubjectOf(ref file, attachment) : null;
            content = attachment.Rebuild(ref file);
        }

        // What is rebuilt stays in memory beside what it was rebuilt from, as long as its inside is read.
        var weight = attachment.Kind == OutlookAttachmentKind.Bytes ? content.Length : 2L * content.Length;
        if (files.Budget.TakeBytes(weight, content.Length, content.Length) is { } limit)
        {
            findings.Add(limit.At(attachment.Storage));
            return false;
        }

        if (item.IsSigned && SignedMail(attachment, content, findings) is { } tree)
        {
            place.Parts.Read(tree);
            return true;
        }

        place.Parts.AddOutlook(attachment, attachment.Name(place.Number, subject), content);
        return true;
    }

    private static string? SubjectOf(ref OutlookFile file, OutlookAttachment attachment)
    {
        foreach (var entry in file.Children(attachment.Data?.Path ?? ""))
        {
            if (OutlookFile.Tag(entry.Name) is { Id: MapiIds.Subject, Type: var type } && entry.IsStream)
            {
                var property = new MapiProperty(MapiIds.Subject, type, file.Read(entry, 2_000));
                return property.Text(attachment.Properties.CodePage)?.ReplaceLineEndings(" ").Trim('\u0001', ' ');
            }
        }

        return null;
    }

    /// <summary>The mail that a signed item carries as its one attachment ([MS-OXOSMIME] 2.1); null when there is none to read.</summary>
    private MimeTree? SignedMail(OutlookAttachment attachment, ReadOnlyMemory<byte> content, List<Finding> findings)
    {
        var mail =
            attachment.MediaType?.StartsWith("multipart/signed", StringComparison.OrdinalIgnoreCase) == true
            || content.Span.StartsWith("Content-Type:"u8)
                ? content
            : SignedContent.Of(content.Span) is { Length: > 0 } signed ? signed
            : ReadOnlyMemory<byte>.Empty;
        if (mail.IsEmpty)
        {
            return null;
        }

        // What the signed part lacks in headers of a mail is no finding: it never had them.
        var headers = RawHeaders.Parse(mail, [], out var bodyOffset);
        var tree = MimeTree.Parse(mail, MimeHead.Of(headers), bodyOffset, findings, files.Budget);
        if (tree.Leaves.Count == 0)
        {
            return null;
        }

        findings.Add(FindingCodes.Outlook.SecureMime.At(attachment.Storage));
        return tree;
    }
}
