namespace Noroshi.Server.Reports.Outputs;

/// <summary>Where the browser is that makes PDF and PNG.</summary>
internal static class ChromiumProgram
{
    /// <summary>Environment variable that names it.</summary>
    public const string Variable = "NOROSHI_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    /// <summary>The program that the variable names, else one in the search path; null when there is none.</summary>
    /// <param name="named">Value of <see cref="Variable"/>.</param>
    /// <param name="path">Value of PATH.</param>
    public static string? Find(string? named, string? path)
    {
        if (!string.IsNullOrWhiteSpace(named))
        {
            return File.Exists(named) ? Path.GetFullPath(named) : null;
        }

        return (path ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>By the environment of this process.</summary>
    public static string? Find() => Find(Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable("PATH"));
}
