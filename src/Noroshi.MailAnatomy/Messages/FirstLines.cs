using System.Collections.Frozen;
using System.Text;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>Lines before the first header that come from how a mail was saved: blank lines, mbox separators, exports, SMTP dialogues.</summary>
internal static class FirstLines
{
    private const int MaxLines = 200;

    private static readonly FrozenSet<string> Known = new[]
    {
        "Return-Path",
        "Received",
        "Delivered-To",
        "X-Original-To",
        "From",
        "Sender",
        "Reply-To",
        "To",
        "Cc",
        "Bcc",
        "Date",
        "Subject",
        "Message-ID",
        "In-Reply-To",
        "References",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "Content-Language",
        "X-Mailer",
        "User-Agent",
        "DKIM-Signature",
        "DomainKey-Signature",
        "Authentication-Results",
        "Received-SPF",
        "ARC-Seal",
        "ARC-Message-Signature",
        "ARC-Authentication-Results",
        "List-Id",
        "List-Unsubscribe",
        "Precedence",
        "Auto-Submitted",
        "Thread-Index",
        "Thread-Topic",
        "Importance",
        "Priority",
        "X-Priority",
        "X-Originating-IP",
        "X-Account-Key",
        "X-Mozilla-Status",
        "X-Apparently-To",
        "X-UIDL",
        "X-Received",
        "Status",
        "Envelope-To",
        "Resent-From",
        "Resent-To",
        "Resent-Date",
        "Errors-To",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Commands = new[]
    {
        "HELO",
        "EHLO",
        "LHLO",
        "MAIL",
        "RCPT",
        "DATA",
        "RSET",
        "NOOP",
        "STARTTLS",
        "AUTH",
        "QUIT",
        "VRFY",
        "BDAT",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownBySpan = Known.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    /// <summary>A header whose name is one that mails have, so that a line of text with a colon is not taken for one.</summary>
    public static bool IsKnownHeader(ReadOnlySpan<byte> line)
    {
        if (!HeaderLine.IsHeader(line))
        {
            return false;
        }

        var name = line[..line.IndexOf((byte)':')].TrimEnd(" \t"u8);
        Span<char> text = stackalloc char[HeaderLine.MaxName];
        Encoding.Latin1.GetChars(name, text);
        return KnownBySpan.Contains(text[..name.Length]);
    }

    /// <summary>The mail from its first header on, without the dialogue around it.</summary>
    public static ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> message, List<Finding> findings)
    {
        var bytes = message.Span;
        var ends = LineEnds.Of(bytes);
        var index = 0;
        var start = 0;
        List<FindingCode>? reported = null;
        while (index < bytes.Length)
        {
            var (length, next) = ends.Next(bytes, index);
            var line = bytes.Slice(index, length);
            if (Kind(line) is { } code)
            {
                if (code == FindingCodes.Mime.SmtpTranscript)
                {
                    return Transcript(message, ends, index, findings) is { } mail ? mail : Rest(message, ends, start, findings);
                }

                if (reported?.Contains(code) is not true)
                {
                    (reported ??= []).Add(code);
                    findings.Add(code.At(Show(line)));
                }

                index = start = next;
                continue;
            }

            break;
        }

        return index >= bytes.Length ? message[Math.Min(start, bytes.Length)..] : Rest(message, ends, start, findings);
    }

    private static FindingCode? Kind(ReadOnlySpan<byte> line)
    {
        if (line.Trim(" \t"u8).IsEmpty)
        {
            return FindingCodes.Mime.LeadingBlank;
        }

        if ((line.StartsWith("From "u8) || line.StartsWith(">From "u8)) && line.IndexOfAny((byte)':', (byte)'@') > 0)
        {
            return FindingCodes.Mime.MboxFrom;
        }

        if (line.StartsWith("Microsoft Mail Internet Headers"u8))
        {
            return FindingCodes.Mime.MicrosoftHeaders;
        }

        return IsDialogue(line) ? FindingCodes.Mime.SmtpTranscript : null;
    }

    /// <summary>A reply or command of SMTP (RFC 5321 4.1, 4.2), perhaps with a mark of its direction.</summary>
    private static bool IsDialogue(ReadOnlySpan<byte> line)
    {
        line = Undirected(line);
        if (
            line.Length >= 4
            && line[0] is >= (byte)'2' and <= (byte)'5'
            && char.IsAsciiDigit((char)line[1])
            && char.IsAsciiDigit((char)line[2])
        )
        {
            return line[3] is (byte)' ' or (byte)'-';
        }

        return IsCommand(line);
    }

    private static bool IsCommand(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)' ');
        var word = end < 0 ? line : line[..end];
        return word.Length is >= 4 and <= 8 && Commands.Contains(Encoding.Latin1.GetString(word));
    }

    private static ReadOnlySpan<byte> Undirected(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t"u8);
        if (line is [(byte)'C' or (byte)'S', (byte)':', ..])
        {
            return line[2..].Trim((byte)' ');
        }

        return line.StartsWith("<-"u8) || line.StartsWith("->"u8) || line.StartsWith("<<"u8) || line.StartsWith(">>"u8)
            ? line[2..].TrimStart(" -<>"u8)
            : line;
    }

    /// <summary>The mail between DATA and the lone dot (RFC 5321 4.5.2), dot-stuffing taken off; null when no DATA follows.</summary>
    private static ReadOnlyMemory<byte>? Transcript(ReadOnlyMemory<byte> message, LineEnds ends, int start, List<Finding> findings)
    {
        var bytes = message.Span;
        var index = start;
        var data = false;
        for (var lines = 0; index < bytes.Length && lines < MaxLines; lines++)
        {
            var (length, next) = ends.Next(bytes, index);
            var line = bytes.Slice(index, length);
            if (!IsDialogue(line) && !(data && line.IsEmpty))
            {
                // Some logs leave the DATA line out.
                data |= lines > 0 && IsKnownHeader(line);
                break;
            }

            data |= Undirected(line).Length == 4 && System.Text.Ascii.EqualsIgnoreCase(Undirected(line), "DATA"u8);
            index = next;
        }

        if (!data || index >= bytes.Length)
        {
            return null;
        }

        findings.Add(FindingCodes.Mime.SmtpTranscript.At(Show(bytes[start..Math.Min(bytes.Length, start + 80)])));
        return Unstuff(message[index..], ends);
    }

    private static ReadOnlyMemory<byte> Unstuff(ReadOnlyMemory<byte> mail, LineEnds ends)
    {
        var bytes = mail.Span;
        var output = new byte[bytes.Length];
        var length = 0;
        var index = 0;
        while (index < bytes.Length)
        {
            var (count, next) = ends.Next(bytes, index);
            if (bytes[index] == (byte)'.')
            {
                if (count == 1)
                {
                    break;
                }

                index++;
            }

            bytes[index..next].CopyTo(output.AsSpan(length));
            length += next - index;
            index = next;
        }

        return output.AsMemory(0, length);
    }

    /// <summary>Drops other first lines when a block of real headers follows soon.</summary>
    private static ReadOnlyMemory<byte> Rest(ReadOnlyMemory<byte> message, LineEnds ends, int start, List<Finding> findings)
    {
        var bytes = message.Span;
        var index = start;
        for (var lines = 0; index < bytes.Length && lines < 20; lines++)
        {
            var (length, next) = ends.Next(bytes, index);
            var line = bytes.Slice(index, length);
            if (HeaderLine.IsHeader(line) && (lines == 0 || StartsBlock(bytes, ends, index)))
            {
                if (lines > 0)
                {
                    findings.Add(FindingCodes.Mime.LeadingLines.At(Show(bytes[start..Math.Min(index, start + 80)])));
                }

                return message[index..];
            }

            index = next;
        }

        return message[start..];
    }

    /// <summary>
    /// At least two headers that mails have, and nothing else, in the next lines; one of them such as people do not copy into a quote, or else
    /// a text with a quoted mail in it would lose its beginning.
    /// </summary>
    private static bool StartsBlock(ReadOnlySpan<byte> bytes, LineEnds ends, int index)
    {
        var known = 0;
        var transport = false;
        for (var lines = 0; index < bytes.Length && lines < 20; lines++)
        {
            var (length, next) = ends.Next(bytes, index);
            var line = bytes.Slice(index, length);
            if (length == 0 || (!HeaderLine.IsHeader(line) && line[0] is not ((byte)' ' or (byte)'\t')))
            {
                break;
            }

            known += IsKnownHeader(line) ? 1 : 0;
            transport |=
                line.StartsWith("Received:"u8)
                || line.StartsWith("Return-Path:"u8)
                || line.StartsWith("Message-I"u8)
                || line.StartsWith("MIME-Version:"u8)
                || line.StartsWith("Content-Type:"u8)
                || line.StartsWith("Delivered-To:"u8);
            index = next;
        }

        return known >= 2 && transport;
    }

    private static string Show(ReadOnlySpan<byte> line) =>
        CharsetDecoder.Decode(line[..Math.Min(line.Length, 80)], null).Text.ReplaceLineEndings(" ").Trim();
}
