using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>The header block of a mail or part from its raw bytes (RFC 5322 2.2), however broken. Never throws; linear in the length.</summary>
public static class RawHeaders
{
    /// <summary>Bytes of a header block that are read.</summary>
    public const int MaxBlock = 256 << 10;

    /// <summary>Lines of a header block that are read.</summary>
    public const int MaxLines = 5_000;

    /// <summary>Bytes of one header that are read.</summary>
    public const int MaxHeader = 100 << 10;

    private const int HintSample = 4_096;

    private static readonly string[] Singles =
    [
        "From",
        "Sender",
        "To",
        "Cc",
        "Date",
        "Subject",
        "Message-ID",
        "Reply-To",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
    ];

    /// <summary>Reads the header block at the start of <paramref name="message"/>.</summary>
    /// <param name="message">Mail or part; first lines that are no headers are best taken off before by <c>FrontEnd</c>.</param>
    /// <param name="findings">Gets what was noticed, with the header's name first.</param>
    /// <param name="bodyOffset">Where the body starts; the length when there is none.</param>
    /// <returns>All fields; a line without colon is kept as a field with an empty name.</returns>
    public static HeaderBlock Parse(ReadOnlyMemory<byte> message, List<Finding> findings, out int bodyOffset)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var spans = Split(message.Span, findings, out bodyOffset);
        if (spans.Count == 0)
        {
            return HeaderBlock.Empty;
        }

        var hint = Hint(message.Span, spans);
        var fields = new HeaderField[spans.Count];
        Span<int> seen = stackalloc int[Singles.Length];
        seen.Clear();
        for (var index = 0; index < fields.Length; index++)
        {
            var (name, start, length) = spans[index];
            var raw = message.Slice(start, length);
            var before = findings.Count;
            var value = HeaderText.Decode(raw.Span, hint, findings);
            for (var at = before; at < findings.Count; at++)
            {
                findings[at] = findings[at] with { Detail = $"{name}: {findings[at].Detail}" };
            }

            fields[index] = new HeaderField(name, raw, value);
            CountSingle(name, seen, findings);
        }

        return new HeaderBlock(fields);
    }

    private static void CountSingle(string name, Span<int> seen, List<Finding> findings)
    {
        for (var index = 0; index < Singles.Length; index++)
        {
            if (name.Equals(Singles[index], StringComparison.OrdinalIgnoreCase))
            {
                // Once per name, however often it is repeated.
                if (++seen[index] == 2)
                {
                    findings.AddBounded(FindingCodes.Mime.HeaderDuplicate.At(Singles[index]));
                }

                return;
            }
        }
    }

    private static List<(string Name, int Start, int Length)> Split(ReadOnlySpan<byte> bytes, List<Finding> findings, out int bodyOffset)
    {
        var fields = new List<(string Name, int Start, int Length)>(32);
        var ends = LineEnds.Of(bytes);
        var lines = 0;
        var index = 0;
        var stopped = false;
        while (index < bytes.Length)
        {
            var (length, next) = ends.Next(bytes, index);
            if (length == 0)
            {
                index = next;
                break;
            }

            if (!stopped && (++lines > MaxLines || next > MaxBlock))
            {
                stopped = true;
                findings.AddBounded(
                    (lines > MaxLines ? FindingCodes.Mime.LimitHeaderLines : FindingCodes.Mime.LimitHeaderBlock).At(At(index))
                );
            }

            var line = bytes.Slice(index, length);
            if (!stopped)
            {
                if (line[0] is (byte)' ' or (byte)'\t' && fields.Count > 0)
                {
                    var (name, start, _) = fields[^1];
                    fields[^1] = (name, start, index + length - start);
                }
                else if (!AddField(bytes, ends, index, length, next, fields, findings))
                {
                    break;
                }
            }

            index = next;
        }

        bodyOffset = Math.Min(index, bytes.Length);
        Check(bytes[..bodyOffset], fields, findings);
        return fields;
    }

    /// <summary>False when the line is the start of a body that no blank line sets off.</summary>
    private static bool AddField(
        ReadOnlySpan<byte> bytes,
        LineEnds ends,
        int index,
        int length,
        int next,
        List<(string Name, int Start, int Length)> fields,
        List<Finding> findings
    )
    {
        var line = bytes.Slice(index, length);
        var colon = line.IndexOf((byte)':');
        if (HeaderLine.IsHeader(line))
        {
            var name = line[..colon].TrimEnd(" \t"u8);
            fields.Add((HeaderNames.Of(name), index + colon + 1, length - colon - 1));
            return true;
        }

        if (fields.Count > 0 && HeaderLine.StartsBody(bytes, ends, next))
        {
            findings.AddBounded(FindingCodes.Mime.MissingBlank.At(At(index)));
            return false;
        }

        if (colon > 0)
        {
            var name = Encoding.Latin1.GetString(line[..Math.Min(colon, HeaderLine.MaxName)]).Trim();
            findings.AddBounded(FindingCodes.Mime.HeaderName.At(name));
            fields.Add((name, index + colon + 1, length - colon - 1));
            return true;
        }

        findings.AddBounded(FindingCodes.Mime.HeaderNoColon.At(At(index)));
        fields.Add(("", index, length));
        return true;
    }

    private static void Check(ReadOnlySpan<byte> block, List<(string Name, int Start, int Length)> fields, List<Finding> findings)
    {
        var nul = block.IndexOf((byte)0);
        if (nul >= 0)
        {
            findings.AddBounded(FindingCodes.Mime.HeaderNul.At(At(nul)));
        }

        for (var index = 0; index < fields.Count; index++)
        {
            var (name, start, length) = fields[index];
            if (length > MaxHeader)
            {
                findings.AddBounded(FindingCodes.Mime.LimitHeaderLength.At(name));
                fields[index] = (name, start, MaxHeader);
            }
        }

        for (var cr = block.IndexOf((byte)'\r'); cr >= 0 && block.IndexOf((byte)'\n') >= 0; )
        {
            if (cr + 1 < block.Length && block[cr + 1] != (byte)'\n')
            {
                findings.AddBounded(FindingCodes.Mime.HeaderCr.At(At(cr)));
                return;
            }

            var more = block[(cr + 1)..].IndexOf((byte)'\r');
            if (more < 0)
            {
                return;
            }

            cr += 1 + more;
        }
    }

    /// <summary>Charset of the body, else the one that all raw 8-bit headers together look like: one subject alone is often too short.</summary>
    private static string? Hint(ReadOnlySpan<byte> bytes, List<(string Name, int Start, int Length)> fields)
    {
        foreach (var (name, start, length) in fields)
        {
            if (
                name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
                && ParameterText.Charset(bytes.Slice(start, Math.Min(length, MaxHeader))) is { } charset
            )
            {
                return charset;
            }
        }

        byte[]? sample = null;
        var used = 0;
        foreach (var (_, start, length) in fields)
        {
            var value = bytes.Slice(start, Math.Min(length, HintSample));
            if (used < HintSample && !Ascii.IsValid(value))
            {
                sample ??= new byte[HintSample + 1];
                var take = Math.Min(value.Length, HintSample - used);
                value[..take].CopyTo(sample.AsSpan(used));
                used += take;
                sample[used++] = (byte)'\n';
            }
        }

        return sample is null ? null : CharsetDecoder.Decode(sample.AsSpan(0, used), null).Charset;
    }

    private static string At(int offset) => string.Create(CultureInfo.InvariantCulture, $"byte {offset}");
}
