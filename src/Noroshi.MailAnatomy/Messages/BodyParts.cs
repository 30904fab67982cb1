using System.Text;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.Findings;
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
        if (leaf.IsMail)
        {
            AddFile(leaf, leaf.Head.FileName(findings), content, isMail: true);
            return;
        }

        var head = leaf.Head;
        var name = head.FileName(findings);
        var html = head.Is("text", "html");
        if (name.Length > 0 || head.IsAttachment || !(html || head.Is("text", "plain") || head.IsUntypedText))
        {
            AddFile(leaf, name, content, isMail: false);
            return;
        }

        _flowed |= head.Parameters.TryGetValue("format", out var format) && format.Equals("flowed", StringComparison.OrdinalIgnoreCase);
        AddText(content, head.Parameters.GetValueOrDefault("charset"), html, Encoding(head.Encoding));
    }

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

    private void AddFile(MimeLeaf leaf, string name, ReadOnlyMemory<byte> content, bool isMail)
    {
        if (!isMail && TnefNames.IsTnef(name, leaf.Head) && Tnef.Read(content, findings) is { } tnef)
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

    private static string Encoding(TransferEncoding encoding) =>
        encoding switch
        {
            TransferEncoding.Base64 => "base64",
            TransferEncoding.QuotedPrintable => "quoted-printable",
            TransferEncoding.Uuencode => "uuencode",
            TransferEncoding.EightBit => "8bit",
            TransferEncoding.Binary => "binary",
            TransferEncoding.SevenBit => "7bit",
            _ => "none",
        };
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
    public static bool IsTnef(string name, MimeHead head) =>
        head.Is("application", "ms-tnef") || head.Is("application", "vnd.ms-tnef") || IsTnef(name, "");

    public static bool IsTnef(string name, string mediaType) =>
        mediaType.Equals("application/ms-tnef", StringComparison.OrdinalIgnoreCase)
        || mediaType.Equals("application/vnd.ms-tnef", StringComparison.OrdinalIgnoreCase)
        || name.Equals("winmail.dat", StringComparison.OrdinalIgnoreCase);
}
