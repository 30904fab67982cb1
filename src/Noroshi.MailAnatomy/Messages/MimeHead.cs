using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>Transfer encodings (RFC 2045 6.1, and uuencode as old mailers name it).</summary>
internal enum TransferEncoding
{
    /// <summary>No header, or a name nobody knows.</summary>
    None,

    /// <summary>Lines of ASCII.</summary>
    SevenBit,

    /// <summary>Lines of bytes.</summary>
    EightBit,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>RFC 2045 6.8.</summary>
    Base64,

    /// <summary>RFC 2045 6.7.</summary>
    QuotedPrintable,

    /// <summary>POSIX uuencode.</summary>
    Uuencode,
}

/// <summary>What the header block of a mail or part says about its content. Values are read when they are asked for.</summary>
internal sealed class MimeHead
{
    // RFC 5322 atoms without the slash, and RFC 2045 tokens with it: mailers write "application/x/y".
    private static readonly SearchValues<byte> TypeBytes = SearchValues.Create(
        "!#$%&'*+-=?^_`{|}~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );
    private static readonly SearchValues<byte> SubtypeBytes = SearchValues.Create(
        "!#$%&'*+-./^_`{|}~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );
    private static readonly SearchValues<byte> DispositionBytes = SearchValues.Create(
        "!#$%&'*+-/=?^_`{|}~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );

    private readonly List<ReadOnlyMemory<byte>> _types = [];
    private List<ReadOnlyMemory<byte>>? _dispositions;
    private ReadOnlyMemory<byte>? _encoding;
    private IReadOnlyDictionary<string, string>? _parameters;
    private List<Finding>? _parameterFindings;
    private TransferEncoding? _transferEncoding;
    private string? _type;
    private string _subtype = "";

    /// <summary>The head of a mail whose header block is read.</summary>
    public static MimeHead Of(HeaderBlock headers)
    {
        var head = new MimeHead();
        foreach (var field in headers.Fields)
        {
            if (field.Name.Length >= ShortestName)
            {
                head.Take(field.Name, field.Raw);
            }
        }

        return head;
    }

    /// <summary>Letters of <c>Content-Type</c>, the shortest name that matters.</summary>
    public const int ShortestName = 12;

    /// <summary>The type of a part that names none is <c>message/rfc822</c>: it stands in a digest (RFC 2046 5.1.5).</summary>
    public bool InDigest { get; init; }

    /// <summary>Fields in the block, also those that are of no interest here.</summary>
    public int Count { get; set; }

    /// <summary>Type as written; <c>application</c> when it cannot be read.</summary>
    public string Type => _type ?? ReadType();

    /// <summary>Subtype as written; <c>octet-stream</c> when the type cannot be read.</summary>
    public string Subtype => _type is null ? ReadSubtype() : _subtype;

    /// <summary>Parameters of the first Content-Type.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters ??= ReadParameters();

    /// <summary>How the content is encoded.</summary>
    public TransferEncoding Encoding => _transferEncoding ??= ReadEncoding();

    /// <summary>The content is not what it says before it is decoded.</summary>
    public bool IsEncoded => Encoding is TransferEncoding.Base64 or TransferEncoding.QuotedPrintable or TransferEncoding.Uuencode;

    /// <summary>The first Content-Disposition says <c>attachment</c>, or leaves the word out (RFC 2183 2.8: unknown ones are attachments).</summary>
    public bool IsAttachment => _dispositions is [var first, ..] && SaysAttachment(first.Span);

    /// <summary>A type like "text" alone: no type that may be believed, but no file either.</summary>
    public bool IsUntypedText =>
        _types is [var first, ..]
        && first.Span.Trim(" \t\r\n"u8) is { Length: >= 4 } written
        && System.Text.Ascii.EqualsIgnoreCase(written[..4], "text"u8)
        && written.IndexOf((byte)'/') < 0;

    /// <summary>Whether type and subtype are these, in any case.</summary>
    public bool Is(string type, string subtype) =>
        Type.Equals(type, StringComparison.OrdinalIgnoreCase) && Subtype.Equals(subtype, StringComparison.OrdinalIgnoreCase);

    /// <summary>Keeps a field when it says something about the content.</summary>
    public void Take(string name, ReadOnlyMemory<byte> raw)
    {
        if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
        {
            _types.Add(raw);
        }
        else if (name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase))
        {
            (_dispositions ??= []).Add(raw);
        }
        else if (name.Equals("Content-Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
        {
            _encoding ??= raw;
        }
    }

    /// <summary>As above, of a name of bytes.</summary>
    public void Take(ReadOnlySpan<byte> name, ReadOnlyMemory<byte> raw)
    {
        var known =
            System.Text.Ascii.EqualsIgnoreCase(name, "Content-Type"u8) ? "Content-Type"
            : System.Text.Ascii.EqualsIgnoreCase(name, "Content-Disposition"u8) ? "Content-Disposition"
            : System.Text.Ascii.EqualsIgnoreCase(name, "Content-Transfer-Encoding"u8) ? "Content-Transfer-Encoding"
            : null;
        if (known is not null)
        {
            Take(known, raw);
        }
    }

    /// <summary>Name of the file: <c>filename</c> of a Content-Disposition, else <c>name</c> of a Content-Type; empty when there is none.</summary>
    public string FileName(List<Finding> findings)
    {
        foreach (var disposition in _dispositions ?? [])
        {
            if (ParameterText.Parse(disposition.Span, null, findings).TryGetValue("filename", out var name) && name.Length > 0)
            {
                return name;
            }
        }

        for (var i = 0; i < _types.Count; i++)
        {
            var parameters = i == 0 ? Parameters : ParameterText.Parse(_types[i].Span, null, findings);
            if (i == 0 && _parameterFindings is { Count: > 0 } noticed)
            {
                findings.AddRange(noticed);
            }

            if (parameters.TryGetValue("name", out var name) && name.Length > 0)
            {
                return name;
            }
        }

        return "";
    }

    /// <summary>Bytes of the boundary (RFC 2046 5.1.1); null when there is none.</summary>
    public byte[]? Boundary()
    {
        if (!Parameters.TryGetValue("boundary", out var boundary))
        {
            return null;
        }

        // Bytes are compared with bytes, whatever charset they may be meant in.
        return !System.Text.Ascii.IsValid(boundary) && ParameterText.Raw(_types[0].Span, "boundary") is { Length: > 0 } raw
            ? raw
            : System.Text.Encoding.UTF8.GetBytes(boundary);
    }

    private IReadOnlyDictionary<string, string> ReadParameters() =>
        _types is [var first, ..] ? ParameterText.Parse(first.Span, null, _parameterFindings = []) : FrozenDictionary<string, string>.Empty;

    private string ReadSubtype()
    {
        ReadType();
        return _subtype;
    }

    private string ReadType()
    {
        if (_types is not [var first, ..])
        {
            (_type, _subtype) = InDigest ? ("message", "rfc822") : ("text", "plain");
            return _type;
        }

        var rest = first.Span;
        if (Word(ref rest, TypeBytes) is { } type && rest is [(byte)'/', ..] && Word(ref rest, SubtypeBytes, skip: 1) is { } subtype)
        {
            (_type, _subtype) = (type, subtype);
            return type;
        }

        (_type, _subtype) = ("application", "octet-stream");
        return _type;
    }

    /// <summary>A word with blanks and comments around it; null when there is none or a comment does not end.</summary>
    private static string? Word(ref ReadOnlySpan<byte> rest, SearchValues<byte> letters, int skip = 0)
    {
        rest = rest[skip..];
        if (!SkipComments(ref rest))
        {
            return null;
        }

        var length = rest.IndexOfAnyExcept(letters);
        length = length < 0 ? rest.Length : length;
        var word = Common(rest[..length]);
        rest = rest[length..];
        return length > 0 && SkipComments(ref rest) ? word : null;
    }

    /// <summary>The words nearly all mails are made of need no string of their own.</summary>
    private static string Common(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("text"u8) ? "text"
        : word.SequenceEqual("plain"u8) ? "plain"
        : word.SequenceEqual("html"u8) ? "html"
        : word.SequenceEqual("multipart"u8) ? "multipart"
        : word.SequenceEqual("alternative"u8) ? "alternative"
        : word.SequenceEqual("mixed"u8) ? "mixed"
        : word.SequenceEqual("application"u8) ? "application"
        : System.Text.Encoding.ASCII.GetString(word);

    private static bool SkipComments(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(" \t\r\n"u8);
        while (rest is [(byte)'(', ..])
        {
            var depth = 1;
            var at = 1;
            for (; at < rest.Length && depth > 0; at++)
            {
                switch (rest[at])
                {
                    case (byte)'\\':
                        at++;
                        break;
                    case (byte)'(':
                        depth++;
                        break;
                    case (byte)')':
                        depth--;
                        break;
                    default:
                        break;
                }
            }

            if (depth > 0)
            {
                return false;
            }

            rest = rest[at..].TrimStart(" \t\r\n"u8);
        }

        return true;
    }

    private TransferEncoding ReadEncoding()
    {
        if (_encoding is not { } raw)
        {
            return TransferEncoding.None;
        }

        var value = raw.Span.TrimStart(" \t\r\n"u8);
        if (value.IndexOf("=?"u8) >= 0)
        {
            // Nobody has to encode these words, but readers that decode all headers understand it.
            value = System.Text.Encoding.UTF8.GetBytes(HeaderText.Decode(value, null, []));
        }

        var end = value.IndexOfAny("; \t\r\n"u8);
        value = end < 0 ? value : value[..end];
        return Is(value, "7bit"u8) ? TransferEncoding.SevenBit
            : Is(value, "8bit"u8) ? TransferEncoding.EightBit
            : Is(value, "quoted-printable"u8) ? TransferEncoding.QuotedPrintable
            : Is(value, "base64"u8) ? TransferEncoding.Base64
            : Is(value, "binary"u8) ? TransferEncoding.Binary
            : Is(value, "x-uuencode"u8) || Is(value, "uuencode"u8) || Is(value, "x-uue"u8) ? TransferEncoding.Uuencode
            : TransferEncoding.None;
    }

    private static bool Is(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name) => System.Text.Ascii.EqualsIgnoreCase(value, name);

    private static bool SaysAttachment(ReadOnlySpan<byte> value)
    {
        if (!SkipComments(ref value) || value.IsEmpty)
        {
            return false;
        }

        if (value[0] is (byte)';')
        {
            return true;
        }

        if (value[0] == (byte)'"')
        {
            var close = value[1..].IndexOf((byte)'"');
            return close == 0 || (close > 0 && Is(value.Slice(1, close), "attachment"u8));
        }

        var end = value.IndexOfAnyExcept(DispositionBytes);
        return Is(end < 0 ? value : value[..end], "attachment"u8);
    }
}
