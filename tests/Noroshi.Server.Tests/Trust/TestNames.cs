using System.Text.RegularExpressions;

namespace Noroshi.Server.Tests.Trust;

/// <summary>All tests of the repository by <c>Class.Method</c>, read from their source: the tests of other projects count too.</summary>
internal static partial class TestNames
{
    private static readonly Lazy<HashSet<string>> All = new(() =>
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Repository.Files("tests", ".cs"))
        {
            Read(Repository.Read(file), names);
        }

        return names;
    });

    /// <summary>How many.</summary>
    public static int Count => All.Value.Count;

    /// <summary>Whether there is such a test.</summary>
    public static bool Exists(string name) => All.Value.Contains(name);

    /// <summary>Whether a text has the form of a test's name.</summary>
    public static bool IsForm(string text) => Form().IsMatch(text);

    private static void Read(string source, HashSet<string> names)
    {
        var type = "";
        var marked = false;
        foreach (var line in Source.CodeOf(source).Split('\n'))
        {
            if (TypeLine().Match(line) is { Success: true } found)
            {
                type = found.Groups["name"].Value;
            }
            else if (Mark().IsMatch(line))
            {
                marked = true;
            }

            if (marked && MethodLine().Match(line) is { Success: true } method)
            {
                names.Add($"{type}.{method.Groups["name"].Value}");
                marked = false;
            }
        }
    }

    [GeneratedRegex(
        @"^(public |internal |private |sealed |static |abstract |partial )*class (?<name>\w+)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^\s+\[(Fact|Theory)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"^\s+public (async )?(void|Task|ValueTask) (?<name>\w+)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MethodLine();

    [GeneratedRegex(@"^[A-Z]\w+\.[A-Z]\w*_\w+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
