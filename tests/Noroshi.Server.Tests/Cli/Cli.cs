using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Noroshi.Server.Tests.Cli;

/// <summary>What a call of the executable gave.</summary>
internal sealed record CliResult(int Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public List<JsonElement> Mails => [.. Json.GetProperty("mails").EnumerateArray()];

    public JsonElement Mail(string key) => Mails.Single(mail => mail.GetProperty("key").GetString() == key);
}

/// <summary>Runs the built executable as its users do: a process, standard input closed, a plain environment.</summary>
internal static class Cli
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static CliResult Run(params string[] arguments) => Start(null, arguments);

    public static CliResult RunWith((string Name, string Value) variable, params string[] arguments) => Start(variable, arguments);

    /// <summary>With something on standard input.</summary>
    public static CliResult RunTold(string input, params string[] arguments) => Start(null, arguments, input);

    /// <summary>Kills the call, with all that it started, as soon as something holds.</summary>
    /// <returns>False when the call ended before.</returns>
    public static bool KillWhen(Func<bool> holds, params string[] arguments)
    {
        using var process = Begin(null, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        while (!process.HasExited && !holds())
        {
            Thread.Sleep(1);
        }

        var alive = !process.HasExited;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        Task.WaitAll(output, error);
        return alive;
    }

    private static CliResult Start((string Name, string Value)? variable, string[] arguments, string input = "")
    {
        using var process = Begin(variable, arguments, input);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(string.Join(' ', arguments));
        }

        return new CliResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static Process Begin((string Name, string Value)? variable, string[] arguments, string input = "")
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "noroshi.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in new[] { "LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR" })
        {
            start.Environment.Remove(name);
        }

        if (variable is { } set)
        {
            start.Environment[set.Name] = set.Value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start");
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return process;
    }
}

/// <summary>A folder for one test, removed afterwards.</summary>
internal sealed class Folder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("noroshi-cli-").FullName;

    public string Add(string name, byte[] content)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? Root);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    public string this[string name] => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
