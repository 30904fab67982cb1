using System.Runtime.InteropServices;

namespace Noroshi.Server.Pipeline.Jail;

/// <summary>How a worker is started and what of the file system that takes.</summary>
/// <param name="Program">Full path of the program.</param>
/// <param name="Arguments">Arguments after the program's name.</param>
internal sealed record WorkerCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Name of the variable that names another worker than the one beside the executable: a program or a <c>.dll</c>.</summary>
    public const string Variable = "NOROSHI_WORKER";

    private const string Assembly = "noroshi-worker.dll";
    private const string Executable = "noroshi-worker";

    /// <summary>Folders that may be read with all below them.</summary>
    public IReadOnlyList<string> ReadableFolders { get; init; } = [];

    /// <summary>Single files that may be read.</summary>
    public IReadOnlyList<string> ReadableFiles { get; init; } = [];

    /// <summary>Programs (or folders of them) that may be run.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>Finds the worker: the variable, else <c>worker/</c> beside the executable, else beside it.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static WorkerCommand Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            var full = Path.GetFullPath(named);
            return File.Exists(full) ? For(full) : throw new FileNotFoundException($"{Variable} names no file.", named);
        }

        foreach (var folder in (string[])[Path.Combine(AppContext.BaseDirectory, "worker"), AppContext.BaseDirectory])
        {
            // An assembly beside a program of that name is the ordinary build; the program alone is Native AOT.
            foreach (var name in (string[])[Assembly, Executable])
            {
                var path = Path.Combine(folder, name);
                if (File.Exists(path))
                {
                    return For(path);
                }
            }
        }

        throw new FileNotFoundException("The worker is missing beside the executable.", Assembly);
    }

    /// <summary>The command for a worker at that path.</summary>
    public static WorkerCommand For(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? "/";
        if (!path.EndsWith(".dll", StringComparison.Ordinal))
        {
            return new WorkerCommand(path, [])
            {
                ReadableFolders = [folder, .. LibraryFolders()],
                ReadableFiles = SystemFiles,
                Programs = [path, .. Loaders()],
            };
        }

        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        var dotnet = Path.Combine(root, "dotnet");
        return new WorkerCommand(dotnet, ["exec", path])
        {
            ReadableFolders = [folder, Path.Combine(root, "host"), Path.Combine(root, "shared"), .. LibraryFolders()],
            ReadableFiles = SystemFiles,
            Programs = [dotnet, .. Loaders()],
        };
    }

    private static IReadOnlyList<string> SystemFiles =>
        ["/etc/ld.so.cache", "/dev/urandom", "/dev/null", "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf"];

    /// <summary>Folders of the libraries that this process itself loaded: the worker needs the same, wherever a system keeps them.</summary>
    private static IEnumerable<string> LibraryFolders() =>
        MappedLibraries()
            .Select(path => Path.GetDirectoryName(path) ?? "/")
            .Concat(["/lib", "/lib64", "/usr/lib", "/usr/lib64"])
            .Where(folder => folder.Length > 1)
            .Distinct(StringComparer.Ordinal);

    /// <summary>The kernel runs a program's loader with the program's own rights.</summary>
    private static IEnumerable<string> Loaders() =>
        MappedLibraries()
            .Where(path => Path.GetFileName(path).StartsWith("ld-", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> MappedLibraries()
    {
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var start = line.IndexOf('/', StringComparison.Ordinal);
            if (start >= 0 && line.Contains(".so", StringComparison.Ordinal))
            {
                yield return line[start..];
            }
        }
    }
}
