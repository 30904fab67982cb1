using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>Reads mailboxes of From, To, Cc, Reply-To, Sender and Return-Path: RFC 5322 3.4 with what real mailers get wrong.</summary>
internal static class AddressList
{
    /// <summary>Bytes of one header that are looked at; a thousand mailboxes fit several times.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Reads the mailboxes of a field, groups flattened.</summary>
    /// <param name="field">The field; its raw bytes are cut into tokens before anything is decoded.</param>
    /// <param name="charsetHint">Charset the mail declares; null when none.</param>
    /// <param name="findings">Takes what was noticed.</param>
    /// <param name="max">Mailboxes that are kept.</param>
    public static IReadOnlyList<MailAddress> Parse(
        HeaderField field,
        string? charsetHint,
        List<Finding> findings,
        int max = MailLimits.Addresses
    )
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(findings);
        var raw = field.Raw.Span;
        if (raw.IsEmpty && field.Value.Length > 0)
        {
            return new AddressListReader(field.Name, field.Value, Decoded, findings, max).Read(bytes: false);
        }

        var cut = raw.Length > MaxBytes;
        var text = Encoding.Latin1.GetString(cut ? raw[..MaxBytes] : raw);
        var reader = new AddressListReader(field.Name, text, Latin, findings, max);
        var found = reader.Read(bytes: true);
        if (cut && found.Count < max)
        {
            findings.Add(
                FindingCodes.Addresses.TooMany.At(string.Create(CultureInfo.InvariantCulture, $"{field.Name}: {raw.Length} bytes"))
            );
        }

        if (found.Count > 0 || text.AsSpan().Trim().IsEmpty)
        {
            return found;
        }

        return Whole(field, raw, charsetHint, findings, max);

        string Latin(string stretch) =>
            AddressText.IsPlain(stretch) ? stretch : HeaderText.Decode(Encoding.Latin1.GetBytes(stretch), charsetHint, findings);
    }

    /// <summary>Return-Path without angle brackets; empty for the null path, null when the header is absent.</summary>
    public static string? ReturnPath(HeaderBlock headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (headers.First("Return-Path") is not { } value)
        {
            return null;
        }

        var text = value.AsSpan().Trim();
        var open = text.IndexOf('<');
        if (open >= 0)
        {
            var close = text[open..].IndexOf('>');
            text = close < 0 ? text[(open + 1)..] : text[(open + 1)..(open + close)];
        }

        return AddressText.Clean(text.ToString());
    }

    private static string Decoded(string stretch) => stretch;

    /// <summary>No address in the raw text: mailers that encode the whole header hide it in an encoded word.</summary>
    private static IReadOnlyList<MailAddress> Whole(
        HeaderField field,
        ReadOnlySpan<byte> raw,
        string? charsetHint,
        List<Finding> findings,
        int max
    )
    {
        var decoded = HeaderText.Decode(raw.Length > MaxBytes ? raw[..MaxBytes] : raw, charsetHint, []);
        if (decoded.AsSpan().IndexOfAny('@', '＠') < 0)
        {
            if (!AddressText.IsNobody(decoded))
            {
                findings.Add(FindingCodes.Addresses.NoAddress.At(field.Name + ": " + Excerpt.Of(decoded)));
            }

            return [];
        }

        var found = new AddressListReader(field.Name, decoded, Decoded, findings, max).Read(bytes: false);
        if (found.Count > 0)
        {
            findings.Add(FindingCodes.Addresses.EncodedAddress.At(field.Name + ": " + Excerpt.Of(found[0].Address)));
        }

        return found;
    }
}

/// <summary>Collects mailboxes from the tokens of one header.</summary>
internal sealed class AddressListReader(string header, string text, Func<string, string> decode, List<Finding> findings, int max)
{
    private const int MaxFindings = 5;
    private const int LongestAddress = 1_000;
    private const int LongestName = 2_000;

    private readonly List<MailAddress> found = [];
    private readonly StringBuilder name = new(64);
    private readonly StringBuilder bare = new(64);
    private readonly StringBuilder comment = new();
    private string? angle;
    private bool repaired;
    private int noted;

    /// <summary>Reads all mailboxes up to the limit.</summary>
    /// <param name="bytes">One character of the text is one byte; else it is decoded text.</param>
    public IReadOnlyList<MailAddress> Read(bool bytes)
    {
        var scanner = new AddressScanner(text, bytes);
        var glued = false;
        while (scanner.Next())
        {
            var token = text.AsSpan(scanner.Start, scanner.End - scanner.Start);
            repaired |= scanner.Unclosed;
            switch (scanner.Token)
            {
                case AddressToken.Separator:
                    Flush();
                    break;
                case AddressToken.Colon:
                    Colon();
                    break;
                case AddressToken.Angle:
                    Angle(token);
                    break;
                case AddressToken.Comment:
                    Append(comment, token[1..^1], LongestName);
                    break;
                default:
                    Word(scanner.Token, token, glued);
                    break;
            }

            glued = scanner.Token is AddressToken.Text or AddressToken.Quoted;
            if (found.Count >= max)
            {
                Over(scanner.End);
                return found;
            }
        }

        Flush();
        return found;
    }

    private static void Append(StringBuilder target, ReadOnlySpan<char> token, int limit)
    {
        if (target.Length < limit)
        {
            target.Append(token.Length > limit ? token[..limit] : token);
        }
    }

    private void Over(int at)
    {
        if (!text.AsSpan(at).Trim(" \t\r\n,;").IsEmpty)
        {
            findings.Add(FindingCodes.Addresses.TooMany.At(string.Create(CultureInfo.InvariantCulture, $"{header}: {max}")));
        }
    }

    /// <summary>Group name (RFC 5322 3.4) or a URL scheme people paste; an address before means a stray colon.</summary>
    private void Colon()
    {
        if (angle is null && bare.ToString().IndexOfAny(['@', '＠']) < 0)
        {
            Clear();
        }
        else
        {
            bare.Append(':');
        }
    }

    private void Angle(ReadOnlySpan<char> token)
    {
        var inner = token[1..].TrimEnd('>').Trim();
        if (inner.IsEmpty)
        {
            return;
        }

        if (angle is not null)
        {
            // A second address: the last one counts, the one before belongs to what the reader is shown.
            repaired = true;
            Append(name, $" <{angle}>", LongestName);
        }

        angle = (inner.Length > LongestAddress ? inner[..LongestAddress] : inner).ToString();
    }

    private void Word(AddressToken kind, ReadOnlySpan<char> token, bool glued)
    {
        if (kind == AddressToken.Blank)
        {
            Append(name, " ", LongestName);
            Append(bare, " ", LongestName);
            return;
        }

        if (angle is not null && !glued)
        {
            Append(name, " ", LongestName);
        }

        Append(bare, token, LongestName);
        if (kind == AddressToken.Quoted)
        {
            AddressText.Unquote(token, name, LongestName);
        }
        else
        {
            Append(name, token, LongestName);
        }
    }

    private void Clear()
    {
        name.Clear();
        bare.Clear();
        comment.Clear();
        angle = null;
        repaired = false;
    }

    private void Flush()
    {
        var (shown, address) = angle is not null ? (name.ToString(), angle) : Bare();
        if (address is not null)
        {
            Add(shown, AddressText.Clean(address));
        }

        Clear();
    }

    /// <summary>No angle brackets: the word with the at-sign is the address, the rest (or a comment) the name.</summary>
    private (string Shown, string? Address) Bare()
    {
        var line = bare.ToString();
        var span = AddressText.Bare(line);
        if (span.Length == 0)
        {
            line = decode(line);
            span = line.Contains('＠') ? AddressText.Bare(line) : default;
            if (span.Length == 0)
            {
                return ("", null);
            }
        }

        var address = line.Substring(span.Start, span.Length);
        var rest = string.Concat(line.AsSpan(0, span.Start), " ", line.AsSpan(span.Start + span.Length))
            .Trim([' ', '\t', '\r', '\n', '"', '\'', '<', '>']);
        repaired |= rest.Length > 0;
        return (rest.Length > 0 ? rest : comment.ToString(), address);
    }

    private void Add(string shown, string address)
    {
        if (!AddressText.IsPlain(address))
        {
            address = AddressText.Clean(decode(address));
        }

        if (address.Length == 0)
        {
            return;
        }

        var display = AddressText.Line(decode(shown));
        if (display.Length == 0 && comment.Length > 0)
        {
            display = AddressText.Line(decode(comment.ToString()));
        }

        found.Add(new MailAddress(display, address));
        if (AddressText.OtherAddress(display, address) is { } other)
        {
            Note(FindingCodes.Addresses.DisplayNameSpoof, other + " → " + address);
        }

        if (repaired)
        {
            Note(FindingCodes.Addresses.Repaired, address);
        }

        if (AddressText.BreaksRfc(address))
        {
            Note(FindingCodes.Addresses.NotByRfc, address);
        }
    }

    private void Note(FindingCode code, string detail)
    {
        if (noted++ < MaxFindings)
        {
            findings.Add(code.At(header + ": " + Excerpt.Of(detail)));
        }
    }
}
