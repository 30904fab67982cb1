using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>A leaf of the MIME tree, or a mail in the mail.</summary>
/// <param name="Head">What its header block says.</param>
/// <param name="Content">Its bytes as they stand in the mail, transfer encoding kept.</param>
/// <param name="Path">Position in the tree, <c>1.2</c>.</param>
/// <param name="IsMail">A whole mail with its own header block, or an empty place for one.</param>
internal sealed record MimeLeaf(MimeHead Head, ReadOnlyMemory<byte> Content, string Path, bool IsMail);

/// <summary>
/// Cuts a mail into its parts (RFC 2046 5.1) without copying a byte: one pass from boundary to boundary, nesting bounded. It reads what
/// mailers really write: missing end boundaries, equal boundaries at two levels (the inner one counts), parts without header, lines before
/// the first header of a part.
/// </summary>
internal sealed class MimeSplitter(ReadOnlyMemory<byte> message, Budget budget)
{
    private const int Nothing = -1;

    private readonly StringBuilder _shape = new();
    private readonly List<byte[]> _open = [];
    private readonly List<(string Path, bool Closed)> _multiparts = [];

    // Where reading stands, and which open boundary the line there is: its place in _open, or Nothing at the end of the mail.
    private int _at;
    private int _found = Nothing;
    private bool _final;
    private bool _stopped;

    /// <summary>Deepest nesting of multiparts and mails that is followed; deeper ones are leaves.</summary>
    public const int MaxDepth = 100;

    /// <summary>Leaves in the order of the mail.</summary>
    public List<MimeLeaf> Leaves { get; } = [];

    /// <summary>The tree as text, <c>mixed(alternative(plain,html),rar)</c>.</summary>
    public string Shape => _shape.ToString();

    /// <summary>Multiparts without an end boundary, and the limit that was reached.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Cuts the mail.</summary>
    /// <param name="head">Head of the mail.</param>
    /// <param name="bodyOffset">Where its body starts.</param>
    public void Run(MimeHead head, int bodyOffset)
    {
        _at = bodyOffset;
        Entity(head, "1", depth: 0, kept: true);
        var at = 0;
        foreach (var (path, closed) in _multiparts)
        {
            if (!closed)
            {
                Findings.Insert(at++, FindingCodes.Mail.MissingEnd.At($"part {path}"));
            }
        }
    }

    /// <summary>Reads the content of one entity; stops at the boundary line that ends it.</summary>
    /// <param name="head">Its head.</param>
    /// <param name="path">Its place.</param>
    /// <param name="depth">Multiparts and mails around it.</param>
    /// <param name="kept">False inside of a mail in the mail: only its end is looked for.</param>
    private void Entity(MimeHead head, string path, int depth, bool kept)
    {
        if (depth < MaxDepth && head.Type.Equals("multipart", StringComparison.OrdinalIgnoreCase))
        {
            Multipart(head, path, depth, kept);
        }
        else if (depth < MaxDepth && IsMail(head))
        {
            Mail(head, path, depth, kept);
        }
        else
        {
            var start = _at;
            _at = NextBoundary(start);
            if (kept)
            {
                _shape.Append(Label(head));
                Add(new MimeLeaf(head, Content(start), path, IsMail: false));
            }
        }
    }

    /// <summary>Types whose content is a mail or its head; an encoded one is a file like others (RFC 2046 5.2.1).</summary>
    private static bool IsMail(MimeHead head)
    {
        var subtype = head.Subtype;
        var says = head.Type.Equals("message", StringComparison.OrdinalIgnoreCase)
            ? subtype.Equals("rfc822", StringComparison.OrdinalIgnoreCase)
                || subtype.Equals("global", StringComparison.OrdinalIgnoreCase)
                || subtype.Equals("news", StringComparison.OrdinalIgnoreCase)
                || subtype.Equals("external-body", StringComparison.OrdinalIgnoreCase)
                || subtype.Equals("rfc2822", StringComparison.OrdinalIgnoreCase)
                || subtype.Equals("global-headers", StringComparison.OrdinalIgnoreCase)
            : subtype.Equals("rfc822-headers", StringComparison.OrdinalIgnoreCase)
                && head.Type.Equals("text", StringComparison.OrdinalIgnoreCase);
        return says && !head.IsEncoded;
    }

    private void Multipart(MimeHead head, string path, int depth, bool kept)
    {
        var place = _multiparts.Count;
        if (kept)
        {
            _shape.Append(Label(head)).Append('(');
        }

        if (head.Boundary() is not { } boundary)
        {
            _at = NextBoundary(_at);
        }
        else
        {
            if (kept)
            {
                _multiparts.Add((path, Closed: boundary.Length == 0));
            }

            var own = _open.Count;
            _open.Add(boundary);
            _at = NextBoundary(_at);
            Parts(head, path, depth, kept);
            var closed = _found == own && _final;
            _open.RemoveAt(own);
            if (closed)
            {
                // The line end behind the end boundary belongs to what follows.
                var end = message.Span[_at..].IndexOf((byte)'\n');
                _at = NextBoundary(end < 0 ? message.Length : _at + end);
            }

            // A limit that stops the reading says nothing about what the mail lacks.
            if (kept && (closed || _stopped))
            {
                _multiparts[place] = (path, Closed: true);
            }
        }

        if (kept)
        {
            _shape.Append(')');
        }
    }

    private void Parts(MimeHead head, string path, int depth, bool kept)
    {
        var own = _open.Count - 1;
        var digest = head.Subtype.Equals("digest", StringComparison.OrdinalIgnoreCase);
        var number = 0;
        while (_found == own && !_final && !_stopped)
        {
            var end = message.Span[_at..].IndexOf((byte)'\n');
            if (end < 0)
            {
                _at = message.Length;
                _found = Nothing;
                return;
            }

            _at += end + 1;
            var part = Head(digest, out var atBoundary);
            if (atBoundary && part.Count == 0)
            {
                // Two boundaries in a row hold no part.
                continue;
            }

            number++;
            if (kept && number > 1)
            {
                _shape.Append(',');
            }

            Entity(part, kept ? string.Create(CultureInfo.InvariantCulture, $"{path}.{number}") : path, depth + 1, kept);
        }
    }

    private void Mail(MimeHead head, string path, int depth, bool kept)
    {
        var start = _at;
        if (_open.Count > 0 && (_at >= message.Length || IsBoundary(_at)))
        {
            // Nothing stands where the mail should.
            _found = _at >= message.Length ? Nothing : _found;
            if (kept)
            {
                _shape.Append(Label(head));
                Add(new MimeLeaf(head, ReadOnlyMemory<byte>.Empty, path, IsMail: true));
            }

            return;
        }

        Entity(Head(digest: false, out _), path, depth + 1, kept: false);
        if (kept)
        {
            _shape.Append("rfc822");
            Add(new MimeLeaf(head, Content(start), path, IsMail: true));
        }
    }

    private void Add(MimeLeaf leaf)
    {
        if (budget.TakeEntry() is { } limit)
        {
            Findings.Add(limit.At($"part {leaf.Path}"));
            _stopped = true;
            return;
        }

        Leaves.Add(leaf);
    }

    /// <summary>From a place to where reading stands; the line end before a boundary belongs to it (RFC 2046 5.1.1).</summary>
    private ReadOnlyMemory<byte> Content(int start)
    {
        var end = _at;
        if (_found != Nothing && end > start)
        {
            end -= end - start >= 2 && message.Span[end - 2] == (byte)'\r' ? 2 : 1;
        }

        return message[start..end];
    }

    /// <summary>Reads the header block of a part or of a mail in the mail.</summary>
    /// <param name="digest">The part stands in a digest.</param>
    /// <param name="atBoundary">A boundary ended the block.</param>
    private MimeHead Head(bool digest, out bool atBoundary)
    {
        var bytes = message.Span;
        var head = new MimeHead { InDigest = digest };
        atBoundary = false;
        var field = Nothing;
        var fieldEnd = 0;
        while (_at < bytes.Length)
        {
            var end = bytes[_at..].IndexOf((byte)'\n');
            var next = end < 0 ? bytes.Length : _at + end + 1;
            var stop = end < 0 ? bytes.Length : _at + end;
            stop -= stop > _at && bytes[stop - 1] == (byte)'\r' ? 1 : 0;
            if (stop == _at && end >= 0)
            {
                _at = next;
                break;
            }

            if (IsBoundary(_at))
            {
                atBoundary = true;
                break;
            }

            if (field == Nothing || bytes[_at] is not ((byte)' ' or (byte)'\t'))
            {
                Take(head, field, fieldEnd);

                // Lines before the first header are no headers; later ones without a name are bad headers, not the body.
                field = head.Count > 0 || HeaderLine.IsHeader(bytes[_at..stop]) ? _at : Nothing;
                head.Count += field == Nothing ? 0 : 1;
            }

            fieldEnd = stop;
            _at = next;
        }

        Take(head, field, fieldEnd);
        return head;
    }

    private void Take(MimeHead head, int start, int end)
    {
        if (start == Nothing)
        {
            return;
        }

        var line = message.Span[start..end];
        var colon = line.IndexOf((byte)':');
        if (colon >= MimeHead.ShortestName)
        {
            head.Take(line[..colon].TrimEnd(" \t"u8), message[(start + colon + 1)..end]);
        }
    }

    /// <summary>Where the next line of an open boundary starts, from a line start on; the length when there is none.</summary>
    private int NextBoundary(int from)
    {
        var bytes = message.Span;
        for (var at = from; _open.Count > 0 && at < bytes.Length; )
        {
            if (IsBoundary(at))
            {
                return at;
            }

            var next = bytes[at..].IndexOf("\n--"u8);
            if (next < 0)
            {
                break;
            }

            at += next + 1;
        }

        _found = Nothing;
        return bytes.Length;
    }

    /// <summary>Whether the line there is one of an open boundary; the innermost of equal ones counts.</summary>
    private bool IsBoundary(int at)
    {
        var bytes = message.Span[at..];
        if (_open.Count == 0 || bytes.Length < 2 || bytes[0] != (byte)'-' || bytes[1] != (byte)'-')
        {
            return false;
        }

        var end = bytes.IndexOf((byte)'\n');
        var name = (end < 0 ? bytes : bytes[..end])[2..].TrimEnd(" \t\r"u8);
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var rest = name.Length - _open[i].Length;
            if (rest is 0 or 2 && name.StartsWith(_open[i]) && (rest == 0 || name.EndsWith("--"u8)))
            {
                _found = i;
                _final = rest == 2;
                return true;
            }
        }

        return false;
    }

    private static string Label(MimeHead head) =>
        head.Subtype is { Length: > 0 and <= 80 } subtype ? subtype.ToLowerInvariant() : "unknown";
}
