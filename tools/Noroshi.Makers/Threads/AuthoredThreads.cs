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
        foreach (var (shape, name, hash) in Cases(most))
        {
            yield return new ThreadWriter(shape, name, hash, wordings[shape.Language]).Write();
        }
    }

    /// <summary>What kinds of threads there are, without making them.</summary>
    public static IEnumerable<(bool Attack, string Language, bool Tuned)> Census() =>
        Cases(int.MaxValue).Select(one => (one.Shape.Attack, one.Shape.Language, ThreadWriter.IsTuned(one.Hash)));

    private static IEnumerable<(ThreadShape Shape, string Name, byte[] Hash)> Cases(int most) =>
        from shape in ThreadShape.Read(Lines("shapes.txt"))
        from number in Enumerable.Range(1, Math.Min(most, shape.Count))
        let name = $"{shape.Name}-{number:00}"
        select (shape, name, SHA256.HashData(Encoding.UTF8.GetBytes(name)));

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
