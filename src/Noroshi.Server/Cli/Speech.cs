using System.CommandLine;
using System.Globalization;

namespace Noroshi.Server.Cli;

/// <summary>The language in which the command line talks: both wordings stand side by side where they are used.</summary>
/// <param name="japanese">Japanese is spoken.</param>
internal sealed class Speech(bool japanese)
{
    /// <summary>Japanese is spoken.</summary>
    public bool Japanese { get; } = japanese;

    /// <summary>The wording of the language.</summary>
    public string this[string ja, string en] => Japanese ? ja : en;

    /// <summary>The language of <c>--lang</c>, else of the environment (LC_ALL, LC_MESSAGES, LANG).</summary>
    public static Speech From(string? option, Func<string, string?> environment)
    {
        var asked = Filled(option) ?? Filled(environment("LC_ALL")) ?? Filled(environment("LC_MESSAGES")) ?? environment("LANG");
        return new Speech(asked?.StartsWith("ja", StringComparison.OrdinalIgnoreCase) ?? false);
    }

    /// <summary>Libraries that talk (usage errors, headings of the help) use the same language.</summary>
    public void UseForLibraries() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Japanese ? "ja" : "en");

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Checks that several verbs share.</summary>
internal static class Usage
{
    /// <summary>A mistyped option is no file name, unless there is such a file.</summary>
    public static void RefuseOptions(Argument<string[]> paths, Speech speech) =>
        paths.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (token.Value.StartsWith('-') && token.Value.Length > 1 && !Path.Exists(token.Value))
                {
                    result.AddError(speech[$"知らないオプションです: {token.Value}", $"unknown option: {token.Value}"]);
                }
            }
        });
}

/// <summary>Exit codes of the contract.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Error = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int Refused = 4;
    public const int Partly = 5;
    public const int Unreachable = 6;
    public const int Findings = 7;
}

/// <summary>Whether to write in colours: on a terminal, unless NO_COLOR is set to anything.</summary>
internal static class Colour
{
    public static bool Wanted => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
