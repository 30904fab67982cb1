namespace Noroshi.MailAnatomy.Headers;

/// <summary>Reads verdicts of Authentication-Results (RFC 8601), ARC-Authentication-Results (RFC 8617) and Received-SPF (RFC 7208 9.1).</summary>
internal static class AuthenticationResults
{
    /// <summary>Verdicts kept per mail.</summary>
    public const int MaxVerdicts = 100;

    private const int LongestWord = 255;

    /// <summary>Verdicts in the order of the headers; what a sender wrote itself is among them, the server tells them apart.</summary>
    public static IReadOnlyList<AuthenticationVerdict> Parse(HeaderBlock headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        List<AuthenticationVerdict> verdicts = [];
        foreach (var field in headers.Fields)
        {
            var name = field.Name;
            if (name.Length is < 12 or > 32)
            {
                continue;
            }

            if (name.Equals("Authentication-Results", StringComparison.OrdinalIgnoreCase))
            {
                Results(field.Value, "authentication-results", verdicts);
            }
            else if (name.Equals("ARC-Authentication-Results", StringComparison.OrdinalIgnoreCase))
            {
                Results(field.Value, "arc", verdicts);
            }
            else if (name.Equals("Received-SPF", StringComparison.OrdinalIgnoreCase))
            {
                ReceivedSpf(field.Value, verdicts);
            }

            if (verdicts.Count >= MaxVerdicts)
            {
                return verdicts[..MaxVerdicts];
            }
        }

        return verdicts;
    }

    private static void Results(ReadOnlySpan<char> text, string source, List<AuthenticationVerdict> verdicts)
    {
        string? server = null;
        var part = 0;
        var reader = new ClauseReader(text);
        while (reader.NextClause() && verdicts.Count < MaxVerdicts)
        {
            Verdict verdict = default;
            while (reader.NextWord(out var word))
            {
                var equals = word.IndexOf('=');
                if (equals < 0)
                {
                    // authv-id, perhaps with a version behind it; Exchange Online leaves it out.
                    server = part == 0 && server is null && !word.Equals("none", StringComparison.OrdinalIgnoreCase) ? Clip(word) : server;
                }
                else if (source == "arc" && verdict.Method is null && word[..equals].Equals("i", StringComparison.OrdinalIgnoreCase))
                {
                    part--;
                }
                else
                {
                    verdict.Take(word[..equals].Trim(), word[(equals + 1)..].Trim());
                }
            }

            part++;
            if (verdict.Method is { } method && verdict.Result is { } result)
            {
                verdicts.Add(new AuthenticationVerdict(source, server, method, result, verdict.Identity));
            }
        }
    }

    private static void ReceivedSpf(ReadOnlySpan<char> text, List<AuthenticationVerdict> verdicts)
    {
        var reader = new ClauseReader(text);
        string? result = null;
        string? server = null;
        string? sender = null;
        string? helo = null;
        while (reader.NextClause())
        {
            while (reader.NextWord(out var word))
            {
                var equals = word.IndexOf('=');
                if (equals < 0)
                {
                    result ??= Clip(word.TrimEnd(':')).ToLowerInvariant();
                    continue;
                }

                var value = word[(equals + 1)..].Trim("\"<> \t");
                switch (word[..equals].Trim())
                {
                    case "receiver":
                        server ??= Clip(value);
                        break;
                    case "envelope-from":
                        sender ??= Clip(value);
                        break;
                    case "helo":
                        helo ??= Clip(value);
                        break;
                    default:
                        break;
                }
            }
        }

        if (!string.IsNullOrEmpty(result) && result.AsSpan().IndexOfAnyExceptInRange('a', 'z') < 0)
        {
            // Postfix policy servers write "identity=" and no envelope; the comment's host is then the only receiver.
            verdicts.Add(
                new AuthenticationVerdict(
                    "received-spf",
                    server ?? reader.FirstCommentHost,
                    "spf",
                    result,
                    string.IsNullOrEmpty(sender) ? reader.FirstCommentDomain ?? helo : sender
                )
            );
        }
    }

    private static string Clip(ReadOnlySpan<char> word) => (word.Length > LongestWord ? word[..LongestWord] : word).ToString();

    private ref struct Verdict
    {
        private int rank;

        public string? Method { get; private set; }

        public string? Result { get; private set; }

        public string? Identity { get; private set; }

        public void Take(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
        {
            value = value.Trim("\"<>");
            if (Method is null)
            {
                var slash = name.IndexOf('/');
                Method = Clip(slash < 0 ? name : name[..slash]).ToLowerInvariant();
                Result = Clip(value).ToLowerInvariant();
                return;
            }

            var order = Rank(name);
            if (order > rank && !value.IsEmpty)
            {
                (rank, Identity) = (order, Clip(value));
            }
        }

        /// <summary>Which property names the judged identity best.</summary>
        private static int Rank(ReadOnlySpan<char> name) =>
            name switch
            {
                _ when name.Equals("header.d", StringComparison.OrdinalIgnoreCase) => 6,
                _ when name.Equals("smtp.mailfrom", StringComparison.OrdinalIgnoreCase) => 6,
                _ when name.Equals("header.from", StringComparison.OrdinalIgnoreCase) => 5,
                _ when name.Equals("header.i", StringComparison.OrdinalIgnoreCase) => 4,
                _ when name.Equals("smtp.mail", StringComparison.OrdinalIgnoreCase) => 4,
                _ when name.Equals("header.mail", StringComparison.OrdinalIgnoreCase) => 4,
                _ when name.Equals("header.sender", StringComparison.OrdinalIgnoreCase) => 3,
                _ when name.Equals("smtp.helo", StringComparison.OrdinalIgnoreCase) => 2,
                _ when name.Equals("smtp.remote-ip", StringComparison.OrdinalIgnoreCase) => 1,
                _ => 0,
            };
    }

    /// <summary>Clauses between semicolons, words between blanks, comments left out; <c>a = b</c> is one word.</summary>
    private ref struct ClauseReader(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> text = text;
        private StructuredText structure = new(text);
        private int at;
        private bool started;

        /// <summary>First word of the first comment that ends in a colon: <c>(mx.example.jp: domain of …)</c>.</summary>
        public string? FirstCommentHost { get; private set; }

        /// <summary>What that comment calls <c>domain of …</c>: the sender, where no envelope-from is given.</summary>
        public string? FirstCommentDomain { get; private set; }

        public bool NextClause()
        {
            if (started)
            {
                at++;
            }

            started = true;
            return at < text.Length;
        }

        public bool NextWord(out ReadOnlySpan<char> word)
        {
            Skip();
            var start = at;
            while (at < text.Length && text[at] != ';' && text[at] != '(' && !StructuredText.IsBlank(text[at]))
            {
                at = text[at] == '"' ? structure.QuoteEnd(at) : at + 1;
                at = Math.Min(at, text.Length);
                Glue(start);
            }

            word = text[start..at];
            return at > start;
        }

        /// <summary>Blanks around "=" are allowed by RFC 8601 2.2.</summary>
        private void Glue(int start)
        {
            var next = at;
            while (next < text.Length && next - at < 8 && StructuredText.IsBlank(text[next]))
            {
                next++;
            }

            if (
                next > at
                && next < text.Length
                && (text[next] == '=' || text[at - 1] == '=')
                && at > start
                && text[next] != ';'
                && text[next] != '('
            )
            {
                at = next;
            }
        }

        private static string? DomainOf(ReadOnlySpan<char> comment)
        {
            const string Lead = "domain of ";
            var start = comment.IndexOf(Lead, StringComparison.OrdinalIgnoreCase);
            if (start < 0)
            {
                return null;
            }

            var rest = comment[(start + Lead.Length)..];
            rest = rest.StartsWith("transitioning ", StringComparison.OrdinalIgnoreCase) ? rest[14..] : rest;
            var end = rest.IndexOf(' ');
            rest = end < 0 ? rest : rest[..end];
            return rest.IsEmpty ? null : Clip(rest);
        }

        private void Skip()
        {
            while (at < text.Length && (StructuredText.IsBlank(text[at]) || text[at] == '('))
            {
                if (text[at] != '(')
                {
                    at++;
                    continue;
                }

                var end = structure.CommentEnd(at);
                var inner = text[(at + 1)..Math.Max(at + 1, end - 1)];
                if (FirstCommentHost is null && inner.IndexOf(':') is > 0 and < LongestWord and var colon && !inner[..colon].Contains(' '))
                {
                    FirstCommentHost = inner[..colon].ToString();
                    FirstCommentDomain = DomainOf(inner[colon..]);
                }

                at = end;
            }
        }
    }
}
