using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Makers.Threads;

/// <summary>
/// Threads between outsiders and contact windows, benign ones and attacks, made from shapes and wordings in the data files: the same call
/// makes the same bytes. The halves are told apart by the hash of the name; wordings that stand in one half only show whether what was
/// tuned on one half reads the other.
/// </summary>
public static class AuthoredThreads
{
    /// <summary>The organisations of the threads.</summary>
    public static IReadOnlyList<AuthoredOrganization> Organizations => ThreadCast.Organizations;

    /// <summary>Makes the threads, one after the other.</summary>
    /// <param name="most">So many of each shape at most.</param>
    public static IEnumerable<AuthoredThread> All(int most = int.MaxValue)
    {
        var wordings = new Dictionary<string, Wordings>(StringComparer.Ordinal)
        {
            ["ja"] = Wordings.Read(Lines("phrases-ja.txt")),
            ["en"] = Wordings.Read(Lines("phrases-en.txt")),
        };
        foreach (var shape in ThreadShape.Read(Lines("shapes.txt")))
        {
            for (var number = 1; number <= Math.Min(most, shape.Count); number++)
            {
                var name = $"{shape.Name}-{number:00}";
                var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
                yield return new ThreadWriter(shape, name, hash, wordings[shape.Language]).Write();
            }
        }
    }

    /// <summary>Wordings that stand in one half only.</summary>
    public static IEnumerable<string> WordingsOnly(string language, bool tuned) =>
        Wordings.Read(Lines($"phrases-{language}.txt")).Only(tuned);

    private static string[] Lines(string file)
    {
        var assembly = typeof(AuthoredThreads).Assembly;
        using var stream =
            assembly.GetManifestResourceStream($"Threads.{file}") ?? throw new InvalidOperationException($"no resource {file}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n');
    }
}
