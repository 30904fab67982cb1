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

    private readonly FrozenDictionary<string, double> _kinds;

    private BackgroundRarity(string version, FrozenDictionary<string, double> kinds)
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
        var family = EvidenceRules.Word(feature.Family);
        return _kinds.TryGetValue(KeyOf(family, feature.Kind, feature.Value.ToLowerInvariant()), out var exact) ? exact
            : _kinds.TryGetValue(KeyOf(family, feature.Kind, Any), out var kind) ? kind
            : Unlisted;
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="FormatException">A line has not four fields, or its number is no probability.</exception>
    public static BackgroundRarity Read(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var kinds = new Dictionary<string, double>(StringComparer.Ordinal);
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

            kinds[KeyOf(fields[0], fields[1], fields[2])] = probability;
        }

        return new BackgroundRarity(version, kinds.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static string KeyOf(string family, string kind, string value) => $"{family}\t{kind}\t{value}";

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
