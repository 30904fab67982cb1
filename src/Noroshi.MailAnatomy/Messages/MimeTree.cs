using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using MimeKit;
using MimeKit.Encodings;
using MimeKit.IO;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>The MIME tree flattened into what the dissection needs.</summary>
internal sealed class MimeTree
{
    private static readonly SearchValues<byte> Base64Bytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n \t"u8
    );

    private static readonly ParserOptions Options = new()
    {
        MaxMimeDepth = MaxDepth,
        RespectContentLength = false,
        AllowUnquotedCommasInAddresses = true,
    };

    private readonly List<Finding> _findings;
    private readonly Budget _budget;
    private readonly StringBuilder _shape = new();

    private MimeTree(List<Finding> findings, Budget budget)
    {
        _findings = findings;
        _budget = budget;
    }

    /// <summary>Deepest multipart nesting that is followed.</summary>
    public const int MaxDepth = 100;

    /// <summary>Leaves in the order of the mail.</summary>
    public List<MimeLeaf> Leaves { get; } = [];

    /// <summary>The tree as text, <c>mixed(alternative(plain,html),rar)</c>.</summary>
    public string Shape => _shape.ToString();

    /// <summary>Boundary of the outermost multipart.</summary>
    public string? Boundary { get; private set; }

    /// <summary>Outermost multipart subtype, lower case; null for a single part.</summary>
    public string? Multipart { get; private set; }

    /// <summary>Parses a message; null when MimeKit gives up.</summary>
    public static MimeTree? Parse(ReadOnlyMemory<byte> message, List<Finding> findings, Budget budget)
    {
        var tree = new MimeTree(findings, budget);
        try
        {
            using var stream = new ReadOnlyMemoryStream(message);
            var parser = new OffsetParser(Options, stream, MimeFormat.Entity);
            var parsed = parser.ParseMessage();
            if (parsed.Body is { } body)
            {
                tree.Walk(body, message, parser.Messages, "1", depth: 0);
            }

            tree.Materialise(message);
            return tree;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception error)
        {
            // MimeKit documents FormatException and IOException; hostile input has shown others. The headers are read without it.
            findings.Add(FindingCodes.Mail.Unparseable.At(error.GetType().Name));
            return null;
        }
    }

    /// <summary>Decoded content of each leaf, in the order of <see cref="Leaves"/>.</summary>
    public List<ReadOnlyMemory<byte>> Contents { get; } = [];

    private void Walk(
        MimeEntity entity,
        ReadOnlyMemory<byte> message,
        Dictionary<MimeMessage, (long Begin, long End)> offsets,
        string path,
        int depth
    )
    {
        switch (entity)
        {
            case Multipart multipart when depth < MaxDepth:
                WalkMultipart(multipart, message, offsets, path, depth);
                break;
            case MessagePart { Message: { } inner } when offsets.TryGetValue(inner, out var range):
                _shape.Append("rfc822");
                Add(new MimeLeaf(entity, message[(int)range.Begin..(int)Math.Min(range.End, message.Length)], path));
                break;
            default:
                _shape.Append(Label(entity.ContentType));
                Add(new MimeLeaf(entity, ReadOnlyMemory<byte>.Empty, path));
                break;
        }
    }

    private void WalkMultipart(
        Multipart multipart,
        ReadOnlyMemory<byte> message,
        Dictionary<MimeMessage, (long Begin, long End)> offsets,
        string path,
        int depth
    )
    {
        if (depth == 0)
        {
            Boundary = multipart.Boundary;
            Multipart = multipart.ContentType.MediaSubtype.ToLowerInvariant();
        }

        if (
            multipart.Boundary is { Length: > 0 and <= 1000 } boundary
            && message.Span.IndexOf(Encoding.UTF8.GetBytes($"--{boundary}--")) < 0
        )
        {
            _findings.Add(FindingCodes.Mail.MissingEnd.At($"part {path}"));
        }

        _shape.Append(Label(multipart.ContentType)).Append('(');
        var number = 0;
        foreach (var part in multipart)
        {
            if (number > 0)
            {
                _shape.Append(',');
            }

            number++;
            Walk(part, message, offsets, $"{path}.{number}", depth + 1);
            if (_budget.EntriesLeft < 0)
            {
                break;
            }
        }

        _shape.Append(')');
    }

    private void Add(MimeLeaf leaf)
    {
        if (_budget.TakeEntry() is { } limit)
        {
            _findings.Add(limit.At($"part {leaf.Path}"));
            return;
        }

        Leaves.Add(leaf);
    }

    private void Materialise(ReadOnlyMemory<byte> message)
    {
        foreach (var leaf in Leaves)
        {
            Contents.Add(
                leaf.Entity switch
                {
                    MessagePart when !leaf.Raw.IsEmpty => leaf.Raw,
                    MimePart part => Decode(part, leaf.Path, message),
                    var other => Serialise(other),
                }
            );
        }
    }

    private ReadOnlyMemory<byte> Decode(MimePart part, string path, ReadOnlyMemory<byte> message)
    {
        if (part.Content is not { } content)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        var encoded = content.Encoding is ContentEncoding.Base64 or ContentEncoding.QuotedPrintable;
        if (
            content.Stream is not BoundStream { BaseStream: Containers.ReadOnlyMemoryStream } place
            || content.Encoding == ContentEncoding.UUEncode
        )
        {
            return Copied(content, encoded, path);
        }

        // The parser only remembers where the content stands in the message: what is not encoded needs no copy.
        var start = (int)Math.Clamp(place.StartBoundary, 0, message.Length);
        var end = place.EndBoundary < 0 ? message.Length : (int)Math.Clamp(place.EndBoundary, start, message.Length);
        var raw = message[start..end];
        if (!encoded)
        {
            return raw;
        }

        CheckEncoding(raw.Span, content.Encoding, path);
        return Decoded(raw, content.Encoding == ContentEncoding.Base64 ? new Base64Decoder() : new QuotedPrintableDecoder());
    }

    private static ReadOnlyMemory<byte> Decoded(ReadOnlyMemory<byte> raw, IMimeDecoder decoder)
    {
        var input =
            MemoryMarshal.TryGetArray(raw, out var segment) && segment.Array is not null ? segment : new ArraySegment<byte>(raw.ToArray());
        var output = new byte[decoder.EstimateOutputLength(input.Count)];
        var length = input.Array is { } array ? decoder.Decode(array, input.Offset, input.Count, output) : 0;
        return output.AsMemory(0, length);
    }

    private ReadOnlyMemory<byte> Copied(IMimeContent content, bool encoded, string path)
    {
        if (encoded)
        {
            using var raw = new MemoryStream((int)Math.Min(content.Stream?.Length ?? 0, 1 << 20));
            content.WriteTo(raw);
            CheckEncoding(raw.GetBuffer().AsSpan(0, (int)raw.Length), content.Encoding, path);
        }

        using var decoded = new MemoryStream((int)Math.Min(content.Stream?.Length ?? 0, 1 << 20));
        content.DecodeTo(decoded);
        return decoded.GetBuffer().AsMemory(0, (int)decoded.Length);
    }

    private void CheckEncoding(ReadOnlySpan<byte> bytes, ContentEncoding encoding, string path)
    {
        if (encoding == ContentEncoding.Base64)
        {
            if (bytes.IndexOfAnyExcept(Base64Bytes) is var bad and >= 0)
            {
                _findings.Add(FindingCodes.Mail.Base64.At($"part {path}, byte {bad}"));
            }

            return;
        }

        for (var at = bytes.IndexOf((byte)'='); at >= 0; )
        {
            var rest = bytes[(at + 1)..];
            if (!IsQuotedPrintable(rest))
            {
                _findings.Add(FindingCodes.Mail.QuotedPrintable.At($"part {path}, byte {at}"));
                return;
            }

            var next = rest.IndexOf((byte)'=');
            at = next < 0 ? -1 : at + 1 + next;
        }
    }

    private static bool IsQuotedPrintable(ReadOnlySpan<byte> rest)
    {
        if (rest is [var first, var second, ..] && char.IsAsciiHexDigit((char)first) && char.IsAsciiHexDigit((char)second))
        {
            return true;
        }

        var blank = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return blank < 0 || rest[blank] is (byte)'\r' or (byte)'\n';
    }

    private static ReadOnlyMemory<byte> Serialise(MimeEntity entity)
    {
        using var raw = new MemoryStream();
        entity.WriteTo(raw, contentOnly: true);
        return raw.ToArray();
    }

    private static string Label(ContentType type) =>
        type.MediaSubtype is { Length: > 0 and <= 80 } subtype ? subtype.ToLowerInvariant() : "unknown";
}
