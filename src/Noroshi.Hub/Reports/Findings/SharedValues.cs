using Noroshi.Hub.Campaigns;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>A value that exchanges of a campaign share.</summary>
/// <param name="Family">Family.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Value">The value, or the range of measured ones.</param>
/// <param name="Members">Places of the members that have it, ascending.</param>
/// <param name="Bits">Its largest weight in a link.</param>
/// <param name="Share">How many unique mails have it.</param>
internal sealed record SharedValue(
    EvidenceFamily Family,
    EvidenceText Kind,
    string Value,
    IReadOnlyList<int> Members,
    decimal Bits,
    string? Share
)
{
    /// <summary>The values of a campaign's links by family, the heaviest family first.</summary>
    public static IReadOnlyList<SharedValue> Of(Campaign campaign, IReadOnlyDictionary<string, int> places, Func<string, string> exchangeOf)
    {
        var found = new Dictionary<(EvidenceFamily, string), (SortedSet<int> Members, List<Evidence> Rows)>();
        foreach (var link in campaign.Links)
        {
            foreach (var row in link.Evidence.Where(row => row.Bits > 0 && row.Family != EvidenceFamily.Prior))
            {
                var text = EvidenceText.Of(row);
                var key = (row.Family, text.IsMeasured ? text.Kind : row.Value);
                if (!found.TryGetValue(key, out var value))
                {
                    found[key] = value = ([], []);
                }

                value.Rows.Add(row);
                foreach (var mail in new[] { link.A, link.B })
                {
                    if (places.TryGetValue(exchangeOf(mail), out var place))
                    {
                        value.Members.Add(place);
                    }
                }
            }
        }

        var values = found.Values.Select(value => Of([.. value.Members], value.Rows)).ToList();
        var weight = values.GroupBy(value => value.Family).ToDictionary(group => group.Key, group => group.Max(value => value.Bits));
        return
        [
            .. values
                .OrderByDescending(value => weight[value.Family])
                .ThenBy(value => value.Family)
                .ThenByDescending(value => value.Bits)
                .ThenByDescending(value => value.Members.Count)
                .ThenBy(value => value.Value, StringComparer.Ordinal),
        ];
    }

    private static SharedValue Of(IReadOnlyList<int> members, List<Evidence> rows)
    {
        var heaviest = rows.MaxBy(row => row.Bits) ?? rows[0];
        var text = EvidenceText.Of(heaviest);
        var values = rows.Select(row => EvidenceText.Of(row).Value).Distinct(StringComparer.Ordinal).Order(NumericOrder.Instance).ToList();
        var value = values.Count > 1 ? $"{values[0]}～{values[^1]}" : values[0];
        return new SharedValue(heaviest.Family, text, value, members, heaviest.Bits, text.IsMeasured ? null : heaviest.Share);
    }
}

/// <summary>Numbers by size, other texts by their characters.</summary>
internal sealed class NumericOrder : IComparer<string>
{
    public static NumericOrder Instance { get; } = new();

    public int Compare(string? x, string? y) =>
        double.TryParse(x, System.Globalization.CultureInfo.InvariantCulture, out var a)
        && double.TryParse(y, System.Globalization.CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(x, y);
}
