using System.Collections.Frozen;
using System.Globalization;

namespace Noroshi.Hub.Campaigns;

/// <summary>
/// What is known of rarity before anything is counted, so that a folder of ten mails can be judged too. A versioned table:
/// <c>Data/background-rarity.tsv</c>.
/// </summary>
public sealed class BackgroundRarity
{
    private const string Any = "*";
    private const double Unlisted = 0.01;

    private readonly FrozenDictionary<(string Family, string Kind), KindRarity> _kinds;

    /// <summary>A kind: its everyday values, and what goes for all others.</summary>
    private sealed class KindRarity
    {
        public double Any { get; set; } = Unlisted;

        public Dictionary<string, double> Values { get; } = new(StringComparer.OrdinalIgnoreCase);
    }

    private BackgroundRarity(string version, FrozenDictionary<(string, string), KindRarity> kinds)
    {
        Version = version;
        _kinds = kinds;
    }

    /// <summary>The table that comes with this version.</summary>
    public static BackgroundRarity Shipped { get; } = ReadShipped();

    /// <summary>Version of the table.</summary>
    public string Version { get; }

    /// <summary>Probability that two unrelated mails share this value.</summary>
    public double Of(Feature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        if (!_kinds.TryGetValue((EvidenceRules.Word(feature.Family), feature.Kind), out var kind))
        {
            return Unlisted;
        }

        return kind.Values.Count > 0 && kind.Values.TryGetValue(feature.Value, out var exact) ? exact : kind.Any;
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="FormatException">A line has not four fields, or its number is no probability.</exception>
    public static BackgroundRarity Read(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var kinds = new Dictionary<(string, string), KindRarity>();
        var version = "unknown";
        while (text.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                var at = line.IndexOf("version ", StringComparison.Ordinal);
                version = at > 0 && version == "unknown" ? line[(at + 8)..].Trim() : version;
                continue;
            }

            if (line.Length == 0)
            {
                continue;
            }

            var fields = line.Split('\t');
            if (
                fields.Length != 4
                || !double.TryParse(fields[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var probability)
                || probability is not (> 0 and <= 1)
            )
            {
                throw new FormatException($"background rarity: '{line}' is not 'family kind value probability'");
            }

            if (!kinds.TryGetValue((fields[0], fields[1]), out var kind))
            {
                kinds[(fields[0], fields[1])] = kind = new KindRarity();
            }

            if (fields[2] == Any)
            {
                kind.Any = probability;
            }
            else
            {
                kind.Values[fields[2]] = probability;
            }
        }

        return new BackgroundRarity(version, kinds.ToFrozenDictionary());
    }

    private static BackgroundRarity ReadShipped()
    {
        const string Name = "background-rarity.tsv";
        using var stream =
            typeof(BackgroundRarity).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"{Name} is not in the assembly");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }
}
