using System.Globalization;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>Reads Message-ID, In-Reply-To and References (RFC 5322 3.6.4) leniently. Identifiers are given without angle brackets.</summary>
internal static class MessageIds
{
    /// <summary>References kept from the beginning of a longer list: the start of the thread.</summary>
    public const int FirstKept = 10;

    private const int Longest = 998;

    /// <summary>The Message-ID; null when there is none.</summary>
    public static string? MessageId(HeaderBlock headers, List<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(findings);
        if (headers.First("Message-ID") is not { } value || value.AsSpan().Trim().IsEmpty)
        {
            findings.Add(FindingCodes.MessageIdentifiers.Missing.At("Message-ID"));
            return null;
        }

        var reader = new IdentifierReader(value, phrases: false);
        if (!reader.Next())
        {
            findings.Add(FindingCodes.MessageIdentifiers.Malformed.At(Excerpt.Of(value)));
            return null;
        }

        if (reader.Repaired || !reader.Identifier.Contains('@'))
        {
            findings.Add(FindingCodes.MessageIdentifiers.Malformed.At(Excerpt.Of(value)));
        }

        return reader.Identifier;
    }

    /// <summary>The first identifier of In-Reply-To, phrases around it skipped; null when there is none.</summary>
    public static string? InReplyTo(HeaderBlock headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        foreach (var field in headers.Fields)
        {
            if (field.Name.Equals("In-Reply-To", StringComparison.OrdinalIgnoreCase))
            {
                var reader = new IdentifierReader(field.Value, phrases: true);
                if (reader.Next())
                {
                    return reader.Identifier;
                }
            }
        }

        return null;
    }

    /// <summary>References in their order, the first 10 and the last 90 of a longer list.</summary>
    public static IReadOnlyList<string> References(HeaderBlock headers, List<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(findings);
        List<string> first = [];
        Queue<string> last = new();
        long count = 0;
        foreach (var field in headers.Fields)
        {
            if (!field.Name.Equals("References", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var reader = new IdentifierReader(field.Value, phrases: false);
            while (reader.Next())
            {
                count++;
                if (first.Count < FirstKept)
                {
                    first.Add(reader.Identifier);
                    continue;
                }

                last.Enqueue(reader.Identifier);
                if (last.Count > MailLimits.References - FirstKept)
                {
                    last.Dequeue();
                }
            }
        }

        if (count > MailLimits.References)
        {
            findings.Add(FindingCodes.MessageIdentifiers.TooManyReferences.At(count.ToString(CultureInfo.InvariantCulture)));
        }

        first.AddRange(last);
        return first;
    }

    /// <summary>Goes through the identifiers of one header in one pass.</summary>
    private ref struct IdentifierReader(ReadOnlySpan<char> text, bool phrases)
    {
        private readonly ReadOnlySpan<char> text = text;
        private readonly bool phrases = phrases;
        private readonly bool brackets = text.Contains('<');
        private StructuredText structure = new(text);
        private int at;

        /// <summary>The identifier without brackets and blanks.</summary>
        public string Identifier { get; private set; } = "";

        /// <summary>Brackets were missing or blanks stood inside.</summary>
        public bool Repaired { get; private set; }

        public bool Next()
        {
            while (at < text.Length)
            {
                if (text[at] == '<')
                {
                    if (Bracketed())
                    {
                        return true;
                    }
                }
                else if (text[at] == '(')
                {
                    at = structure.CommentEnd(at);
                }
                else if (StructuredText.IsBlank(text[at]) || text[at] is ',' or ';' or '>')
                {
                    at++;
                }
                else if (Word())
                {
                    return true;
                }
            }

            return false;
        }

        private bool Bracketed()
        {
            var start = at + 1;
            var end = start;
            while (end < text.Length && text[end] is not ('>' or '<'))
            {
                end++;
            }

            var inner = text[start..end].Trim();
            var closed = end < text.Length && text[end] == '>';
            at = closed ? end + 1 : end;
            if (!closed && inner.IndexOfAny(" \t") is > 0 and var blank)
            {
                // Without the closing bracket the identifier ends at the blank, and the rest is read on.
                at = start + text[start..end].IndexOf(inner, StringComparison.Ordinal) + blank;
                inner = inner[..blank];
            }

            return Take(inner, repaired: !closed);
        }

        /// <summary>A word outside brackets counts only where nothing stands in brackets and no phrase is around it.</summary>
        private bool Word()
        {
            var start = at;
            while (at < text.Length && !StructuredText.IsBlank(text[at]) && text[at] is not ('<' or ',' or ';' or '>'))
            {
                at++;
            }

            var word = text[start..at];
            var alone = start == 0 && text[at..].Trim().IsEmpty;
            return !brackets && (phrases ? alone && word.Contains('@') : alone || word.Contains('@')) && Take(word, repaired: true);
        }

        private bool Take(ReadOnlySpan<char> inner, bool repaired)
        {
            if (inner.IsEmpty)
            {
                return false;
            }

            if (inner.Length > Longest)
            {
                inner = inner[..Longest];
                repaired = true;
            }

            var blanks = inner.IndexOfAny(" \t\r\n\0") >= 0;
            Repaired = repaired || blanks;
            Identifier = blanks
                ? string.Concat(inner.ToString().Split([' ', '\t', '\r', '\n', '\0'], StringSplitOptions.RemoveEmptyEntries))
                : inner.ToString();
            return Identifier.Length > 0;
        }
    }
}
