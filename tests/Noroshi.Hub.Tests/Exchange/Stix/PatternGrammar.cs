namespace Noroshi.Hub.Tests.Exchange.Stix;

/// <summary>
/// A strict reader of the part of the STIX pattern language that the hub writes: one observation of one comparison. Whatever a value holds, exactly
/// one literal must come out of it.
/// </summary>
internal static class PatternGrammar
{
    public sealed record Comparison(string Path, string Operator, string Value);

    /// <summary>Reads a pattern; null when it is none.</summary>
    public static Comparison? Read(string pattern)
    {
        var at = 0;
        if (!Take(pattern, ref at, "["))
        {
            return null;
        }

        var path = Path(pattern, ref at);
        var operation = new[] { " = ", " MATCHES " }.FirstOrDefault(one => Take(pattern, ref at, one));
        if (path is null || operation is null || Literal(pattern, ref at) is not { } value)
        {
            return null;
        }

        return Take(pattern, ref at, "]") && at == pattern.Length ? new Comparison(path, operation.Trim(), value) : null;
    }

    private static string? Path(string text, ref int at)
    {
        var begin = at;
        while (at < text.Length && (char.IsAsciiLetterLower(text[at]) || char.IsAsciiDigit(text[at]) || text[at] == '-'))
        {
            at++;
        }

        if (at == begin || !Take(text, ref at, ":"))
        {
            return null;
        }

        do
        {
            if (at < text.Length && text[at] == '\'')
            {
                if (Literal(text, ref at) is not { Length: > 0 })
                {
                    return null;
                }

                continue;
            }

            var step = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }

            if (at == step)
            {
                return null;
            }
        } while (Take(text, ref at, "."));

        return text[begin..at];
    }

    private static string? Literal(string text, ref int at)
    {
        if (!Take(text, ref at, "'"))
        {
            return null;
        }

        var value = "";
        while (at < text.Length && text[at] != '\'')
        {
            if (text[at] == '\\')
            {
                at++;
                if (at >= text.Length || text[at] is not ('\\' or '\''))
                {
                    return null;
                }
            }

            value += text[at];
            at++;
        }

        return Take(text, ref at, "'") ? value : null;
    }

    private static bool Take(string text, ref int at, string what)
    {
        if (!text.AsSpan(at).StartsWith(what, StringComparison.Ordinal))
        {
            return false;
        }

        at += what.Length;
        return true;
    }
}
