using System.Globalization;

namespace Noroshi.Exchange.Taxii;

/// <summary>What a client wants of a collection (TAXII 2.1, 3.4).</summary>
public sealed record TaxiiFilter
{
    /// <summary>Most objects of one answer.</summary>
    public const int MostLimit = 1_000;

    private const int UsualLimit = 100;
    private const int MostValues = 200;
    private const int Longest = 16_384;

    /// <summary>Added after this time, not at it.</summary>
    public DateTimeOffset? AddedAfter { get; init; }

    /// <summary>Ids; empty: any.</summary>
    public IReadOnlySet<string> Ids { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Types; empty: any.</summary>
    public IReadOnlySet<string> Types { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>All versions.</summary>
    public bool All { get; init; }

    /// <summary>The first version.</summary>
    public bool First { get; init; }

    /// <summary>The latest version; so when nothing is said.</summary>
    public bool Last { get; init; }

    /// <summary>Versions by name.</summary>
    public IReadOnlySet<DateTimeOffset> Versions { get; init; } = new HashSet<DateTimeOffset>();

    /// <summary>False when versions of STIX are asked for that no object has.</summary>
    public bool SpecVersion { get; init; } = true;

    /// <summary>Most objects of the answer.</summary>
    public int Limit { get; init; } = UsualLimit;

    /// <summary>Where the page before ended, as it was handed out.</summary>
    public string? Next { get; init; }

    /// <summary>What is asked for, without <see cref="Limit"/> and <see cref="Next"/>: pages of one list ask for the same.</summary>
    public string Canonical =>
        string.Join(
            '\n',
            AddedAfter is { } at ? TaxiiTime.Text(at) : "",
            string.Join(',', Ids.Order(StringComparer.Ordinal)),
            string.Join(',', Types.Order(StringComparer.Ordinal)),
            $"{All} {First} {Last} {SpecVersion}",
            string.Join(',', Versions.Order().Select(TaxiiTime.Text))
        );

    /// <summary>Reads the query; null when something in it cannot be used: 400.</summary>
    /// <param name="query">Names and values, in any order, percent-decoded.</param>
    /// <param name="matches">Which of <c>id</c>, <c>type</c>, <c>version</c>, <c>spec_version</c> the endpoint knows. Another <c>match[…]</c> is
    /// refused: who asks for less than he gets must be told.</param>
    public static TaxiiFilter? Read(IEnumerable<KeyValuePair<string, string>> query, params IReadOnlyCollection<string> matches)
    {
        ArgumentNullException.ThrowIfNull(query);
        TaxiiFilter? filter = new() { Last = true };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in query)
        {
            var isMatch = name.StartsWith("match[", StringComparison.Ordinal) && name.EndsWith(']');
            if (!isMatch && name is not ("added_after" or "limit" or "next"))
            {
                continue;
            }

            if (!seen.Add(name) || value.Length is 0 or > Longest || (isMatch && !matches.Contains(name[6..^1], StringComparer.Ordinal)))
            {
                return null;
            }

            filter = isMatch ? filter.Match(name[6..^1], value) : filter.With(name, value);
            if (filter is null)
            {
                return null;
            }
        }

        return filter;
    }

    private TaxiiFilter? With(string name, string value)
    {
        switch (name)
        {
            case "added_after":
                return TaxiiTime.Read(value) is { } at ? this with { AddedAfter = at } : null;
            case "limit":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
                        ? this with
                        {
                            Limit = Math.Min(limit, MostLimit),
                        }
                    // More digits than a number has is still a number.
                    : value.All(char.IsAsciiDigit) && value.Any(one => one != '0') ? this with { Limit = MostLimit }
                    : null;
            default:
                return this with { Next = value };
        }
    }

    private TaxiiFilter? Match(string name, string value)
    {
        var values = value.Split(',').Select(one => one.Trim()).Where(one => one.Length > 0).ToHashSet(StringComparer.Ordinal);
        if (values.Count is 0 or > MostValues)
        {
            return null;
        }

        switch (name)
        {
            case "id":
                return this with { Ids = values };
            case "type":
                return this with { Types = values };
            case "spec_version":
                return this with { SpecVersion = values.Contains("2.1", StringComparer.Ordinal) };
            default:
                var times = values.Where(one => one is not ("all" or "first" or "last")).Select(TaxiiTime.Read).ToList();
                return times.Contains(null)
                    ? null
                    : this with
                    {
                        All = values.Contains("all", StringComparer.Ordinal),
                        First = values.Contains("first", StringComparer.Ordinal),
                        Last = values.Contains("last", StringComparer.Ordinal),
                        Versions = times.OfType<DateTimeOffset>().ToHashSet(),
                    };
        }
    }
}
