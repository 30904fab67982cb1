using System.Globalization;

namespace Noroshi.Makers.Threads;

/// <summary>One line of a shape: a message to be written.</summary>
/// <param name="Way">Word of the way: <c>in</c>, <c>out</c>, <c>hidden-out</c>, …</param>
/// <param name="Optional">Stands in every other thread.</param>
/// <param name="Gap">Shortest and longest time since the message before.</param>
/// <param name="Role">Role.</param>
/// <param name="Options">Options by name; each has one value or several to choose from.</param>
/// <param name="Slots">Pools of wordings.</param>
internal sealed record ShapeLine(
    string Way,
    bool Optional,
    (TimeSpan From, TimeSpan To) Gap,
    AuthoredRole Role,
    IReadOnlyDictionary<string, string[]> Options,
    IReadOnlyList<string> Slots
);

/// <summary>A shape of threads, as the data file has it.</summary>
internal sealed record ThreadShape
{
    public required string Name { get; init; }

    public required bool Attack { get; init; }

    public required string Language { get; init; }

    public required int Count { get; init; }

    public required string[] Topics { get; init; }

    public required string[] Cast { get; init; }

    public required bool Linked { get; init; }

    public required bool Quoted { get; init; }

    public required IReadOnlyList<ShapeLine> Lines { get; init; }

    /// <summary>Reads the shapes.</summary>
    public static IReadOnlyList<ThreadShape> Read(IEnumerable<string> text)
    {
        var shapes = new List<ThreadShape>();
        var lines = new List<ShapeLine>();
        foreach (var line in text.Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            if (line.StartsWith("shape ", StringComparison.Ordinal))
            {
                lines = [];
                shapes.Add(Head(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), lines));
            }
            else
            {
                lines.Add(Line(line));
            }
        }

        return shapes;
    }

    private static ThreadShape Head(string[] words, List<ShapeLine> lines)
    {
        string[] List(string name) =>
            words.Single(word => word.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..].Split(',');
        return new ThreadShape
        {
            Name = words[1],
            Attack = words[2] == "attack",
            Language = words[3],
            Count = int.Parse(words[4], CultureInfo.InvariantCulture),
            Topics = List("topics"),
            Cast = List("cast"),
            Linked = words.Contains("linked"),
            Quoted = words.Contains("quoted"),
            Lines = lines,
        };
    }

    private static ShapeLine Line(string line)
    {
        var colon = line.IndexOf(" :", StringComparison.Ordinal);
        var words = line[..colon].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var gap = words[1].Split('-');
        return new ShapeLine(
            words[0].TrimStart('?'),
            words[0].StartsWith('?'),
            (Time(gap[0]), Time(gap[^1])),
            words[2] switch
            {
                "o" => AuthoredRole.Other,
                "c" => AuthoredRole.Reconnaissance,
                "r" => AuthoredRole.Reply,
                "a" => AuthoredRole.Attack,
                _ => throw new FormatException(line),
            },
            words.Skip(3).ToDictionary(word => word.Split('=')[0], word => word.Split('=')[^1].Split('|'), StringComparer.Ordinal),
            line[(colon + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    private static TimeSpan Time(string word)
    {
        if (word == "0")
        {
            return TimeSpan.Zero;
        }

        var number = int.Parse(word[..^1], CultureInfo.InvariantCulture);
        return word[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => throw new FormatException(word),
        };
    }
}
