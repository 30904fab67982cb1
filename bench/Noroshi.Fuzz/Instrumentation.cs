using SharpFuzz;

namespace Noroshi.Fuzz;

/// <summary>Makes the copy of this program whose parser counts its branches.</summary>
internal static class Instrumentation
{
    private const string Parser = "Noroshi.MailAnatomy.dll";

    public static void Make(string target)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        // What a source generator wrote is not ours to test, and large.
        Fuzzer.Instrument(
            Path.Combine(target, Parser),
            type => type.StartsWith("Noroshi.", StringComparison.Ordinal) && !type.Contains("Wire", StringComparison.Ordinal),
            Options.Value
        );
    }
}
