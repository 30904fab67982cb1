using System.Text;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>Tells mail in text form by its first lines.</summary>
internal static class MailText
{
    private const int MaxLines = 60;

    // Names that a mail has and hardly any other text that consists of "name: value" lines; the bool marks those only mail has.
    private static readonly Dictionary<string, bool> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["from"] = true,
        ["to"] = true,
        ["cc"] = true,
        ["bcc"] = true,
        ["subject"] = true,
        ["date"] = false,
        ["received"] = true,
        ["message-id"] = true,
        ["return-path"] = true,
        ["delivered-to"] = true,
        ["mime-version"] = false,
        ["content-type"] = false,
        ["content-transfer-encoding"] = false,
        ["content-disposition"] = false,
        ["reply-to"] = true,
        ["sender"] = true,
        ["in-reply-to"] = true,
        ["references"] = true,
        ["dkim-signature"] = true,
        ["authentication-results"] = true,
        ["received-spf"] = true,
        ["arc-seal"] = true,
        ["arc-message-signature"] = true,
        ["arc-authentication-results"] = true,
        ["list-unsubscribe"] = true,
        ["list-id"] = true,
        ["thread-index"] = true,
        ["thread-topic"] = true,
        ["x-mailer"] = true,
        ["user-agent"] = false,
        ["importance"] = false,
        ["precedence"] = true,
        ["x-originating-ip"] = true,
        ["x-original-to"] = true,
        ["envelope-to"] = true,
        ["auto-submitted"] = true,
        ["x-spam-status"] = true,
        ["x-priority"] = true,
        ["x-mimeole"] = true,
        ["resent-from"] = true,
        ["resent-to"] = true,
        ["errors-to"] = true,
        ["domainkey-signature"] = true,
        ["status"] = false,
        ["x-account-key"] = true,
        ["x-mozilla-status"] = true,
        ["delivery-date"] = true,
        ["newsgroups"] = true,
        ["organization"] = false,
    };

    /// <summary>What the first lines say.</summary>
    /// <param name="Known">Different known header names.</param>
    /// <param name="Telling">Those among them that only mail has.</param>
    /// <param name="Mbox">A From_ line stands first.</param>
    /// <param name="Http">The lines are those of a web answer.</param>
    public readonly record struct Evidence(int Known, int Telling, bool Mbox, bool Http);

    /// <summary>Two known names, one of which only mail has.</summary>
    public static bool LooksLikeMail(ReadOnlySpan<byte> bytes) => Look(bytes) is { Known: >= 2, Telling: >= 1, Http: false };

    /// <summary>Reads header lines until the first empty line or the first that is none.</summary>
    public static Evidence Look(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
        rest = rest.TrimStart("\r\n"u8);
        rest = rest[..Math.Min(rest.Length, 16_384)];
        var http = rest.StartsWith("HTTP/"u8);
        var mbox = IsFromLine(rest);
        Span<ulong> seen = stackalloc ulong[64];
        var (known, telling, foreign) = (0, 0, 0);
        for (var line = 0; line < MaxLines && !rest.IsEmpty; line++)
        {
            // Old Macintosh programs end lines with a bare CR.
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var text = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + (rest[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
            if (text.IsEmpty && (known > 0 || foreign > 1))
            {
                break;
            }

            if (text.IsEmpty || text[0] is (byte)' ' or (byte)'\t')
            {
                continue;
            }

            var colon = NameLength(text);
            if (colon == 0)
            {
                // A From_ line, "Microsoft Mail Internet Headers Version 2.0", an SMTP greeting: a few may stand before the header.
                if (known > 0 || ++foreign > 3)
                {
                    break;
                }

                continue;
            }

            if (IsKnown(text[..colon], out var onlyMail) && AddNew(seen, known, text[..colon]))
            {
                known++;
                telling += onlyMail ? 1 : 0;
            }
        }

        return new Evidence(known, telling, mbox, http);
    }

    /// <summary><c>From </c>, an address without blanks, and a year or time further on.</summary>
    private static bool IsFromLine(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("From "u8))
        {
            return false;
        }

        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end < 0 ? text : text[..end];
        return line.Length < 300 && line.Count((byte)':') >= 1 && line.Count((byte)' ') >= 4;
    }

    private static int NameLength(ReadOnlySpan<byte> line)
    {
        for (var i = 0; i < line.Length && i < 80; i++)
        {
            if (line[i] == ':')
            {
                return i;
            }

            if (line[i] is <= 0x20 or >= 0x7F)
            {
                return 0;
            }
        }

        return 0;
    }

    private static bool IsKnown(ReadOnlySpan<byte> name, out bool onlyMail)
    {
        Span<char> text = stackalloc char[80];
        Encoding.Latin1.GetChars(name, text);
        return Names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..name.Length], out onlyMail);
    }

    /// <summary>A name counts once; a Received line repeated is one piece of evidence.</summary>
    private static bool AddNew(Span<ulong> seen, int count, ReadOnlySpan<byte> name)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in name)
        {
            hash = (hash ^ (uint)(letter | 0x20)) * 1099511628211UL;
        }

        if (count >= seen.Length || seen[..count].Contains(hash))
        {
            return false;
        }

        seen[count] = hash;
        return true;
    }
}
