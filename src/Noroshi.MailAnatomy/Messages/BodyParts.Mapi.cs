using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.FileTypes.Naming;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Messages.Outlook;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>Bodies and attachments that come as MAPI properties: winmail.dat and Outlook items.</summary>
internal sealed partial class BodyParts
{
    private IReadOnlyList<HtmlLink> _links = [];
    private bool _isRtf;

    /// <summary>Adds the bodies that are missing so far.</summary>
    public void Add(MapiBody body)
    {
        if (_plain.IsBlank && body.Plain is { Length: > 0 } text)
        {
            _plain.Append(text);
            _plainCharset ??= body.PlainCharset;
            _isRtf = body.IsRtf;
        }

        if (_html.Length == 0 && body.Html is { Length: > 0 } html)
        {
            _html.Append(html);
            _htmlCharset ??= body.HtmlCharset;
        }

        _links = body.Links.Count > 0 ? body.Links : _links;
    }

    /// <summary>Adds an attachment of an Outlook item.</summary>
    public void AddOutlook(OutlookAttachment attachment, string name, ReadOnlyMemory<byte> content)
    {
        if (TnefNames.IsTnef(name, attachment.MediaType ?? "") && Tnef.Read(content, findings) is { } tnef)
        {
            AddTnef(tnef);
            return;
        }

        var file = files.Describe(name, path, content, depth);
        if (file.Facts.Type == FileType.Other && string.Equals(attachment.MediaType, "message/rfc822", StringComparison.OrdinalIgnoreCase))
        {
            file.Facts = file.Facts with { Type = FileType.Mail, Format = "eml" };
        }

        if (attachment.Kind != OutlookAttachmentKind.Bytes)
        {
            file.Findings.Add(FindingCodes.Outlook.Rebuilt.At(attachment.Storage));
        }

        if (attachment.IsHidden)
        {
            file.Findings.Add(FindingCodes.Outlook.HiddenAttachment.At(name));
        }

        Note(file, attachment);
    }

    /// <summary>Adds an attachment whose content lies elsewhere.</summary>
    public void AddReference(OutlookAttachment attachment, int number)
    {
        var name = attachment.Name(number, subject: null);
        var file = new FileNode(
            new FileFacts
            {
                Name = name,
                DisplayedName = FileNames.Displayed(name),
                Path = path.Length == 0 ? name : $"{path}/{name}",
                Disguises = [.. FileNames.Disguises(name, null).Order()],
                Findings = [FindingCodes.Outlook.ByReference.At(attachment.Target ?? attachment.Storage)],
            }
        )
        {
            Depth = depth,
        };
        Note(file, attachment);
    }

    private void Note(FileNode file, OutlookAttachment attachment)
    {
        file.Facts = file.Facts with
        {
            ModifiedAt = OutlookTraits.Time(attachment.Properties.Time(MapiIds.LastModificationTime)),
            Traits = [.. file.Facts.Traits, .. OutlookTraits.OfAttachment(attachment.Properties, attachment.Storage)],
        };
        node.Attachments.Add(file);
    }

    private void AddTnef(TnefContent tnef)
    {
        findings.Add(FindingCodes.Mail.Tnef.At(tnef.MessageClass ?? "winmail.dat"));
        Add(MapiBody.Of(tnef, findings));
        foreach (var attachment in tnef.Attachments)
        {
            if (files.Budget.TakeEntry() is { } limit)
            {
                findings.Add(limit.At("winmail.dat"));
                return;
            }

            node.Attachments.Add(files.Describe(attachment.Name ?? "attachment", path, attachment.Content, depth));
        }
    }
}
