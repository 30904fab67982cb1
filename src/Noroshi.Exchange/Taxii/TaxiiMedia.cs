namespace Noroshi.Exchange.Taxii;

/// <summary>Which media types are spoken (TAXII 2.1, 1.6.8 and 3.2).</summary>
public static class TaxiiMedia
{
    /// <summary>What every answer is.</summary>
    public const string Type = "application/taxii+json;version=2.1";

    private const string Bare = "application/taxii+json";

    /// <summary>Longer headers are of nobody who means well.</summary>
    private const int Longest = 2_048;

    /// <summary>Whether the client takes what is answered; if not, 406. A client that says nothing, or that it takes anything, takes it.</summary>
    /// <param name="accept">The Accept headers, joined by commas.</param>
    public static bool IsWanted(string? accept) =>
        string.IsNullOrWhiteSpace(accept) || (accept.Length <= Longest && accept.Split(',').Any(one => Fits(one, wildcards: true)));

    /// <summary>Whether a body of this type is taken; if not, 415.</summary>
    public static bool IsTaken(string? contentType) =>
        contentType is { Length: > 0 and <= Longest }
        && !contentType.Contains(',', StringComparison.Ordinal)
        && Fits(contentType, wildcards: false);

    private static bool Fits(string range, bool wildcards)
    {
        var parts = range.Split(';');
        var type = parts[0].Trim();
        var isType = type.Equals(Bare, StringComparison.OrdinalIgnoreCase);
        if (!isType && !(wildcards && type is "*/*" or "application/*"))
        {
            return false;
        }

        foreach (var part in parts.Skip(1))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var name = (at < 0 ? part : part[..at]).Trim();
            var value = at < 0 ? "" : part[(at + 1)..].Trim().Trim('"');
            var isVersion = name.Equals("version", StringComparison.OrdinalIgnoreCase);
            if (isVersion && value != "2.1")
            {
                return false;
            }

            // A quality of zero says: not this one (RFC 9110, 12.4.2).
            if (wildcards && name.Equals("q", StringComparison.OrdinalIgnoreCase) && value.Length > 0 && value.Trim('0', '.').Length == 0)
            {
                return false;
            }
        }

        return true;
    }
}
