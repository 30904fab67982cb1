using System.Text;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>A mail made ready for a MIME parser.</summary>
/// <param name="Message">What to parse; the same memory as the input when nothing had to be mended.</param>
/// <param name="Findings">Every repair and every limit.</param>
/// <param name="Degraded">A limit of <see cref="PreScan"/> was passed and <paramref name="Message"/> was cut.</param>
public sealed record FrontEndResult(ReadOnlyMemory<byte> Message, IReadOnlyList<Finding> Findings, bool Degraded);

/// <summary>
/// Takes away what stands around a mail and keeps parsers from reading it: marks, UTF-16, foreign line ends, first lines that are no headers.
/// The raw bytes stay the evidence; this is a view for parsing.
/// </summary>
public static class FrontEnd
{
    private const int MaxHeadLines = 5_000;

    /// <summary>Prepares. Never throws; linear in the length.</summary>
    /// <param name="raw">The mail as it came.</param>
    public static FrontEndResult Prepare(ReadOnlyMemory<byte> raw)
    {
        var findings = new List<Finding>();
        var message = LineEnd(Unicode(raw, findings), findings);
        message = FirstLines.Strip(message, findings);
        message = Head(message, findings);
        var scan = PreScan.Scan(message.Span);
        findings.AddRange(scan.Findings);
        return new FrontEndResult(scan.Degraded ? Cut(message.Span, scan) : message, findings, scan.Degraded);
    }

    private static ReadOnlyMemory<byte> Unicode(ReadOnlyMemory<byte> raw, List<Finding> findings)
    {
        var bytes = raw.Span;
        if (bytes.StartsWith("\uFEFF"u8))
        {
            findings.Add(FindingCodes.Mime.Bom.At("utf-8"));
            return raw[3..];
        }

        if (Utf16.Detect(bytes, null) is not { } bigEndian)
        {
            return raw;
        }

        findings.Add(FindingCodes.Mime.Utf16.At(bigEndian ? "utf-16be" : "utf-16le"));
        var encoding = bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode;
        return Encoding.UTF8.GetBytes(encoding.GetString(bytes[(Utf16.HasMark(bytes) ? 2 : 0)..]));
    }

    private static ReadOnlyMemory<byte> LineEnd(ReadOnlyMemory<byte> message, List<Finding> findings)
    {
        var bytes = message.Span;
        var firstLf = bytes.IndexOf((byte)'\n');
        if (firstLf < 0)
        {
            if (bytes.IndexOf((byte)'\r') < 0)
            {
                return message;
            }

            findings.Add(FindingCodes.Mime.BareCr.At("CR"));
            var copy = bytes.ToArray();
            copy.AsSpan().Replace((byte)'\r', (byte)'\n');
            return copy;
        }

        if (firstLf < 2 || bytes[firstLf - 1] != (byte)'\r' || bytes[firstLf - 2] != (byte)'\r')
        {
            return message;
        }

        findings.Add(FindingCodes.Mime.DoubleCr.At("CR CR LF"));
        return SingleCr(bytes);
    }

    private static byte[] SingleCr(ReadOnlySpan<byte> bytes)
    {
        var output = new byte[bytes.Length];
        var length = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            if (bytes[index] != (byte)'\r' || index + 1 >= bytes.Length || bytes[index + 1] != (byte)'\r')
            {
                output[length++] = bytes[index];
            }
        }

        return output[..length];
    }

    /// <summary>Sees to it that a blank line stands between headers and body, also where there are no headers.</summary>
    private static ReadOnlyMemory<byte> Head(ReadOnlyMemory<byte> message, List<Finding> findings)
    {
        var bytes = message.Span;
        var ends = LineEnds.Of(bytes);
        var index = 0;
        int headers = 0,
            others = 0;
        var known = false;
        var bodyAt = -1;
        for (var lines = 0; index < bytes.Length && lines < MaxHeadLines; lines++)
        {
            var (length, next) = ends.Next(bytes, index);
            if (length == 0)
            {
                break;
            }

            var line = bytes.Slice(index, length);
            if (HeaderLine.IsHeader(line))
            {
                headers++;
                known = known || FirstLines.IsKnownHeader(line);
            }
            else if (line[0] is not ((byte)' ' or (byte)'\t') || headers == 0)
            {
                others++;
                if (bodyAt < 0 && HeaderLine.StartsBody(bytes, ends, next))
                {
                    bodyAt = index;
                    if (known || index == 0)
                    {
                        break;
                    }
                }
            }

            index = next;
        }

        if (bytes.IsEmpty || (others == 0 && headers > 0) || (known && bodyAt < 0))
        {
            return message;
        }

        if (!known || bodyAt == 0)
        {
            findings.Add(FindingCodes.Mime.NoHeaders.At("byte 0"));
            return Join("\r\n"u8, bytes);
        }

        findings.Add(FindingCodes.Mime.MissingBlank.At(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"byte {bodyAt}")));
        return Join(bytes[..bodyAt], "\r\n"u8, bytes[bodyAt..]);
    }

    private static byte[] Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third = default)
    {
        var result = new byte[first.Length + second.Length + third.Length];
        first.CopyTo(result);
        second.CopyTo(result.AsSpan(first.Length));
        third.CopyTo(result.AsSpan(first.Length + second.Length));
        return result;
    }

    private static byte[] Cut(ReadOnlySpan<byte> message, PreScanResult scan)
    {
        var output = new byte[scan.SafeLength];
        var length = 0;
        var index = 0;
        foreach (var (start, count) in scan.Cuts)
        {
            if (start >= scan.SafeLength)
            {
                break;
            }

            message[index..start].CopyTo(output.AsSpan(length));
            length += start - index;
            index = Math.Min(start + count, scan.SafeLength);
        }

        message[index..scan.SafeLength].CopyTo(output.AsSpan(length));
        length += scan.SafeLength - index;
        return output[..length];
    }
}
