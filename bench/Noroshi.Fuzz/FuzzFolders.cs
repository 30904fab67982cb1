using System.Security.Cryptography;

namespace Noroshi.Fuzz;

/// <summary>Where things lie: everything under out/fuzz, except the kept inputs that the tests replay.</summary>
internal sealed class FuzzFolders(string root)
{
    public string Application { get; } = Path.Combine(root, "out", "fuzz", "app");

    /// <summary>Regression inputs of a target, kept in the repository.</summary>
    public string Kept(string target) => Path.Combine(root, "tests", "corpus", "fuzz", target);

    public string Corpus(string target) => Made("corpus", target);

    public string Crashes(string target) => Made("crashes", target);

    /// <summary>The input a process is at.</summary>
    public string InFlight(string target) => Path.Combine(Made("state", target), "in-flight");

    /// <summary>Names of inputs that ended a process of this session: they are not run again.</summary>
    public string Deadly(string target) => Path.Combine(Made("state", target), "deadly");

    public static string NameOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];

    /// <summary>Keeps an input with what happened.</summary>
    public void SaveCrash(string target, byte[] bytes, string what)
    {
        var path = Path.Combine(Crashes(target), NameOf(bytes));
        File.WriteAllBytes(path, bytes);
        File.WriteAllText(path + ".txt", what + "\n");
    }

    /// <summary>Inputs of a folder, smallest first.</summary>
    public static IEnumerable<string> Inputs(string folder) =>
        Directory.Exists(folder)
            ? new DirectoryInfo(folder)
                .EnumerateFiles()
                .Where(file => file.Extension != ".txt")
                .OrderBy(file => file.Length)
                .ThenBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => file.FullName)
            : [];

    private string Made(string kind, string target) => Directory.CreateDirectory(Path.Combine(root, "out", "fuzz", kind, target)).FullName;
}
