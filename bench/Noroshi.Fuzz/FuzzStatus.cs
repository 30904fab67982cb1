using System.Globalization;

namespace Noroshi.Fuzz;

/// <summary>Where the process of a target stands; a line on its standard output each second.</summary>
internal sealed record FuzzStatus(long Executions, double Seconds, int Corpus, int Edges, int Crashes, double Slowest, long Largest)
{
    private const string Mark = "status";

    public static FuzzStatus None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    public string Line() =>
        string.Create(CultureInfo.InvariantCulture, $"{Mark} {Executions} {Seconds:F2} {Corpus} {Edges} {Crashes} {Slowest:F1} {Largest}");

    public static FuzzStatus? Parse(string line)
    {
        var words = line.Split(' ');
        return words.Length != 8 || words[0] != Mark
            ? null
            : new FuzzStatus(
                long.Parse(words[1], CultureInfo.InvariantCulture),
                double.Parse(words[2], CultureInfo.InvariantCulture),
                int.Parse(words[3], CultureInfo.InvariantCulture),
                int.Parse(words[4], CultureInfo.InvariantCulture),
                int.Parse(words[5], CultureInfo.InvariantCulture),
                double.Parse(words[6], CultureInfo.InvariantCulture),
                long.Parse(words[7], CultureInfo.InvariantCulture)
            );
    }

    /// <summary>Together with what an earlier process of the same target did.</summary>
    public FuzzStatus After(FuzzStatus earlier) =>
        new(
            earlier.Executions + Executions,
            earlier.Seconds + Seconds,
            Math.Max(Corpus, earlier.Corpus),
            Math.Max(Edges, earlier.Edges),
            earlier.Crashes + Crashes,
            Math.Max(Slowest, earlier.Slowest),
            Math.Max(Largest, earlier.Largest)
        );
}
