using System.Globalization;

namespace Noroshi.Fuzz;

/// <summary>The command line.</summary>
internal sealed record FuzzOptions
{
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Time of each target.</summary>
    public double Seconds { get; init; } = 60;

    /// <summary>Targets at a time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Seed of chance; the same seed, a fresh corpus and a number of executions repeat a run.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Ends a target after so many inputs; 0 is no end.</summary>
    public long Executions { get; init; }

    /// <summary>Processor seconds that one input may take.</summary>
    public double Limit { get; init; } = 5;

    /// <summary>Longest input, bytes; seeds that are longer raise it.</summary>
    public int MaxLength { get; init; } = 32 << 10;

    /// <summary>Forgets the corpus of earlier sessions.</summary>
    public bool Fresh { get; init; }

    /// <summary>Writes the table to bench/results.</summary>
    public bool Record { get; init; }

    /// <summary>Top of the repository.</summary>
    public string Root { get; init; } = ".";

    /// <summary>Null when a word is unknown.</summary>
    public static FuzzOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new FuzzOptions();
        var words = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var word = arguments[i];
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(word);
            }
            else if (word is "--fresh")
            {
                options = options with { Fresh = true };
            }
            else if (word is "--record")
            {
                options = options with { Record = true };
            }
            else if (i + 1 == arguments.Count || options.With(word, arguments[++i]) is not { } next)
            {
                return null;
            }
            else
            {
                options = next;
            }
        }

        return options with
        {
            Words = words,
        };
    }

    /// <summary>The options that take a value, as words again.</summary>
    public IEnumerable<string> Shared() =>
        [
            "--limit",
            Limit.ToString(CultureInfo.InvariantCulture),
            "--max-length",
            MaxLength.ToString(CultureInfo.InvariantCulture),
            "--executions",
            Executions.ToString(CultureInfo.InvariantCulture),
            "--root",
            Root,
        ];

    private FuzzOptions? With(string word, string value)
    {
        if (word == "--root")
        {
            return this with { Root = Path.GetFullPath(value) };
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number < 0)
        {
            return null;
        }

        return word switch
        {
            "--seconds" => this with { Seconds = number },
            "--jobs" => this with { Jobs = Math.Max(1, (int)number) },
            "--seed" => this with { Seed = (int)number },
            "--executions" => this with { Executions = (long)number },
            "--limit" => this with { Limit = number },
            "--max-length" => this with { MaxLength = (int)number },
            _ => null,
        };
    }
}
