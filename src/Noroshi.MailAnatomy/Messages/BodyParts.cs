using System.Text;
using MimeKit;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>Sorts the leaves of a mail into body text and attached files.</summary>
internal sealed partial class BodyParts(FileDissector files, MailNode node, string path, int depth, List<Finding> findings)
{
    private readonly JoinedText _plain = new();
    private readonly JoinedText _html = new();
    private string? _plainCharset;
    private string? _htmlCharset;
    private bool _flowed;

    /// <summary>Charset and transfer encoding of each text part.</summary>
    public List<string> TextEncodings { get; } = [];

    /// <summary>The HTML part taken apart; null when there is none.</summary>
    public HtmlTextResult? Html { get; private set; }

    /// <summary>Sorts the leaves of the tree.</summary>
    public void Read(MimeTree tree)
    {
        for (var i = 0; i < tree.Leaves.Count; i++)
        {
            Read(tree.Leaves[i], tree.Contents[i]);
        }
    }

    /// <summary>Takes everything for plain text: the MIME structure could not be read.</summary>
    public void ReadPlain(ReadOnlyMemory<byte> bytes) => AddText(bytes, null, html: false, "7bit");

    /// <summary>The body as text, taken apart.</summary>
    public BodyText Body(List<Finding> into)
    {
        if (_html.Length > 0)
        {
            Html = HtmlText.Convert(_html.ToString());
            into.AddRange(Html.Findings);
        }

        var useHtml = _plain.IsBlank && Html is not null;
        var text = useHtml && Html is not null ? Html.Text : _plain.ToString();
        if (text.Length > MailLimits.TextCharacters)
        {
            into.Add(FindingCodes.Mail.Text.At($"{text.Length} characters"));
            text = text[..MailLimits.TextCharacters];
        }

        var source =
            useHtml ? "html"
            : _plain.Length == 0 ? "none"
            : _isRtf ? "rtf"
            : "plain";
        Html ??= _links.Count > 0 ? new HtmlTextResult { Links = _links } : null;
        return BodyAnalyzer.Analyse(text, source, useHtml ? _htmlCharset : _plainCharset, _flowed && !useHtml);
    }

    private void Read(MimeLeaf leaf, ReadOnlyMemory<byte> content)
    {
        if (leaf.Entity is MessagePart)
        {
            AddFile(leaf, content, isMail: true);
            return;
        }

        var type = leaf.Entity.ContentType;
        var name = NameOf(leaf.Entity);
        var attached = name.Length > 0 || leaf.Entity.ContentDisposition is { IsAttachment: true };
        if (!attached && (type.IsMimeType("text", "plain") || type.IsMimeType("text", "html") || IsUntypedText(leaf.Entity)))
        {
            var html = type.IsMimeType("text", "html");
            _flowed |= string.Equals(type.Parameters["format"], "flowed", StringComparison.OrdinalIgnoreCase);
            AddText(content, type.Parameters["charset"], html, Encoding(leaf.Entity));
            return;
        }

        AddFile(leaf, content, isMail: false);
    }

    /// <summary>A type like "text" alone, which MimeKit gives as application/octet-stream of an entity without file name.</summary>
    private static bool IsUntypedText(MimeEntity entity) =>
        entity.Headers[HeaderId.ContentType] is { } written
        && written.TrimStart().StartsWith("text", StringComparison.OrdinalIgnoreCase)
        && !written.Contains('/', StringComparison.Ordinal);

    private void AddText(ReadOnlyMemory<byte> bytes, string? declared, bool html, string encoding)
    {
        var decoded = CharsetDecoder.Decode(bytes.Span, declared);
        findings.AddRange(decoded.Findings);
        TextEncodings.Add($"{(declared ?? decoded.Charset).ToLowerInvariant()}/{encoding}");
        if (html)
        {
            _htmlCharset ??= decoded.Charset;
            _html.Append(decoded.Text);
            return;
        }

        _plainCharset ??= decoded.Charset;
        if (_plain.Length > 0)
        {
            _plain.Append("\n");
        }

        _plain.Append(decoded.Text);
        if (bytes.Span.IndexOf("begin "u8) >= 0)
        {
            AddUuencoded(bytes);
        }
    }

    private void AddUuencoded(ReadOnlyMemory<byte> bytes)
    {
        foreach (var file in Uuencode.Find(bytes.Span, findings))
        {
            if (files.Budget.TakeEntry() is { } limit)
            {
                findings.Add(limit.At("uuencode"));
                return;
            }

            findings.Add(FindingCodes.Mail.Uuencode.At($"body line {file.FirstLine + 1}"));
            node.Attachments.Add(files.Describe(file.Name, path, file.Content, depth));
        }
    }

    private void AddFile(MimeLeaf leaf, ReadOnlyMemory<byte> content, bool isMail)
    {
        var name = NameOf(leaf.Entity);
        if (!isMail && TnefNames.IsTnef(name, leaf.Entity.ContentType.MimeType) && Tnef.Read(content, findings) is { } tnef)
        {
            AddTnef(tnef);
            return;
        }

        var file = files.Describe(
            name.Length > 0 ? name
                : isMail ? $"part-{leaf.Path}.eml"
                : $"part-{leaf.Path}",
            path,
            content,
            depth
        );
        if (isMail)
        {
            file.Facts = file.Facts with { Type = FileType.Mail, Format = "eml" };
        }

        node.Attachments.Add(file);
    }

    private string NameOf(MimeEntity entity)
    {
        if (entity.Headers.Count == 0)
        {
            return "";
        }

        return Parameter(entity, HeaderId.ContentDisposition, "filename") ?? Parameter(entity, HeaderId.ContentType, "name") ?? "";
    }

    private string? Parameter(MimeEntity entity, HeaderId id, string parameter)
    {
        foreach (var header in entity.Headers)
        {
            if (
                header.Id == id
                && ParameterText.Parse(header.RawValue, null, findings).TryGetValue(parameter, out var value)
                && value.Length > 0
            )
            {
                return value;
            }
        }

        return null;
    }

    private static string Encoding(MimeEntity entity) =>
        entity is MimePart part
            ? part.ContentTransferEncoding switch
            {
                ContentEncoding.Base64 => "base64",
                ContentEncoding.QuotedPrintable => "quoted-printable",
                ContentEncoding.UUEncode => "uuencode",
                ContentEncoding.EightBit => "8bit",
                ContentEncoding.Binary => "binary",
                ContentEncoding.SevenBit => "7bit",
                ContentEncoding.Default => "none",
            }
            : "none";
}

/// <summary>Text out of pieces; the ordinary mail has one, which is kept as it is.</summary>
internal sealed class JoinedText
{
    private string _first = "";
    private StringBuilder? _all;

    public int Length => _all?.Length ?? _first.Length;

    /// <summary>Nothing but white space; looks as far as the first other character only.</summary>
    public bool IsBlank
    {
        get
        {
            if (_all is null)
            {
                return _first.AsSpan().IsWhiteSpace();
            }

            foreach (var chunk in _all.GetChunks())
            {
                if (!chunk.Span.IsWhiteSpace())
                {
                    return false;
                }
            }

            return true;
        }
    }

    public void Append(string text)
    {
        if (Length == 0)
        {
            _first = text;
            return;
        }

        _all ??= new StringBuilder(_first, _first.Length + text.Length);
        _all.Append(text);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (_all is not null)
        {
            _first = _all.ToString();
            _all = null;
        }

        return _first;
    }
}

/// <summary>Names and types under which Outlook's TNEF travels.</summary>
internal static class TnefNames
{
    public static bool IsTnef(string name, string mimeType) =>
        mimeType.Equals("application/ms-tnef", StringComparison.OrdinalIgnoreCase)
        || mimeType.Equals("application/vnd.ms-tnef", StringComparison.OrdinalIgnoreCase)
        || name.Equals("winmail.dat", StringComparison.OrdinalIgnoreCase);
}
