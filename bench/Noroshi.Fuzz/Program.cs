using System.Diagnostics;
using System.Globalization;
using Noroshi.Fuzz;

const string Usage = """
    usage: noroshi fuzz [TARGET…] [--seconds N] [--jobs N] [--seed N] [--executions N] [--limit SECONDS] [--max-length N] [--fresh] [--record]
           noroshi fuzz list
           noroshi fuzz repro TARGET FILE
           noroshi fuzz cost TARGET FOLDER
    """;

if (FuzzOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

var folders = new FuzzFolders(options.Root);
switch (options.Words)
{
    case ["list"]:
        foreach (var target in FuzzTargets.All)
        {
            Console.WriteLine(target.Name);
        }

        return 0;
    case ["repro", var name, var file] when FuzzTargets.Find(name) is { } target:
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var error = OwnErrors.Of(target, await File.ReadAllBytesAsync(file), out var sign);
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalMilliseconds:F1} ms, {allocated:F0} KiB"));
        Console.WriteLine(error is null ? "no exception" : $"{sign}\n{error}");
        return error is null ? 0 : 1;
    case ["cost", var name, var folder] when FuzzTargets.Find(name) is { } target:
        InputCosts.Write(target, folder);
        return 0;
    case ["run", var name]:
        // Before any code of the parser: it counts from its first branch on.
        var coverage = new Coverage();
        using (var loop = new FuzzLoop(FuzzTargets.Find(name) ?? throw new ArgumentException(name), options, folders, coverage))
        {
            loop.Run();
        }

        return 0;
    default:
        return await FuzzAsync();
}

async Task<int> FuzzAsync()
{
    var targets = options.Words.Count == 0 ? FuzzTargets.All : [.. options.Words.Select(FuzzTargets.Find).OfType<IFuzzTarget>()];
    var unknown = options.Words.Where(word => FuzzTargets.Find(word) is null).ToList();
    if (unknown.Count > 0)
    {
        Console.Error.WriteLine($"unknown target: {string.Join(", ", unknown)}\n{Usage}");
        return 2;
    }

    Instrumentation.Make(folders.Application);
    var results = await new Supervisor(options, folders).RunAsync(targets);
    var table = Supervisor.Table(results);
    Console.Write(table);
    if (options.Record)
    {
        var day = TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var path = Path.Combine(options.Root, "bench", "results", $"fuzz-{day}.md");
        var about = string.Create(
            CultureInfo.InvariantCulture,
            $"# {day}: fuzzing\n\n`./noroshi fuzz --seconds {options.Seconds} --jobs {options.Jobs}`, {Environment.ProcessorCount} cores, .NET {Environment.Version}. {(options.Fresh ? "Fresh corpus." : "With the corpus of earlier sessions.")}\n\n"
        );
        await File.WriteAllTextAsync(path, about + table);
    }

    if (results.All(result => result.Clean))
    {
        return 0;
    }

    Console.WriteLine($"\nKept in {Path.GetRelativePath(options.Root, Path.GetDirectoryName(folders.Crashes("x")) ?? "")}:");
    foreach (var result in results.Where(result => !result.Clean))
    {
        foreach (var note in Directory.EnumerateFiles(folders.Crashes(result.Target), "*.txt"))
        {
            Console.WriteLine($"{result.Target}/{Path.GetFileNameWithoutExtension(note)}: {File.ReadLines(note).FirstOrDefault()}");
        }
    }

    return 1;
}
