using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Wire;
using Noroshi.Makers.Hostile;
using Noroshi.Server.Pipeline.Jail;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Hostile;

/// <summary>One pool of jailed workers for all hostile inputs: it has to outlive every one of them.</summary>
public sealed class HostilePool : IAsyncLifetime
{
    internal WorkerPool Workers { get; } = new(WorkerCommand.Find(), new WorkerLimits(), TimeProvider.System);

    internal WorkerMemory Memory { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Memory.Dispose();
        await Workers.DisposeAsync();
    }
}

/// <summary>Looks every few milliseconds how much memory each child process has had at most.</summary>
internal sealed class WorkerMemory : IDisposable
{
    private static readonly string Own = Read("/proc/self/cmdline");
    private readonly Timer _timer;
    private long _peak;

    public WorkerMemory() => _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));

    /// <summary>The most memory that any child had since the last call, bytes.</summary>
    public long TakePeak() => Interlocked.Exchange(ref _peak, 0);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        foreach (var child in Children())
        {
            var peak = PeakOf(child);
            for (var seen = Volatile.Read(ref _peak); peak > seen; seen = Volatile.Read(ref _peak))
            {
                Interlocked.CompareExchange(ref _peak, peak, seen);
            }
        }
    }

    private static IEnumerable<string> Children()
    {
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            foreach (var child in Read(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return child;
            }
        }
    }

    private static long PeakOf(string process)
    {
        // Between fork and exec a child still shows this process's own memory.
        var worker = !Read($"/proc/{process}/cmdline").StartsWith(Own, StringComparison.Ordinal);
        foreach (var line in Read($"/proc/{process}/status").Split('\n'))
        {
            if (worker && line.StartsWith("VmHWM:", StringComparison.Ordinal))
            {
                return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) << 10;
            }
        }

        return 0;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // The process or thread is gone.
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}

/// <summary>
/// Every hostile input goes through the jail like mail from outside. Expected of each: raw bytes kept, a finding recorded where one must
/// be, the pool alive, within 30 seconds, each worker within 1 GiB.
/// </summary>
public sealed class HostileInputTests(HostilePool pool, ITestOutputHelper output) : IClassFixture<HostilePool>
{
    private const long MaxMemory = 1L << 30;
    private const int SmallBytes = 64 << 10;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);

    private static readonly IReadOnlyList<(HostileInput Input, InputKind Kind)> Everything =
    [
        .. HostileSet.All.Select(one =>
            (
                one.Input,
                one.Way switch
                {
                    HostileWay.Mail => InputKind.Mail,
                    HostileWay.Alone => InputKind.Auto,
                    HostileWay.Attached => InputKind.File,
                }
            )
        ),
    ];

    public static TheoryData<string> Groups => [.. Everything.Select(one => one.Input.Group).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Hostile_bytes_are_kept_and_remarked_on_and_harm_nobody(string group)
    {
        var inputs = Everything.Where(one => one.Input.Group == group).ToList();
        var faults = new ConcurrentBag<string>();
        pool.Memory.TakePeak();
        await Parallel.ForEachAsync(
            inputs,
            new ParallelOptions { MaxDegreeOfParallelism = pool.Workers.Workers, CancellationToken = Token },
            async (one, token) =>
            {
                foreach (var fault in await Faults(one.Input, one.Kind, token))
                {
                    faults.Add($"{one.Input.Name}: {fault}");
                }
            }
        );
        var peak = pool.Memory.TakePeak();
        output.WriteLine($"{group}: {inputs.Count} inputs, largest worker {peak >> 20} MiB");
        faults.Order(StringComparer.Ordinal).ShouldBeEmpty();
        peak.ShouldBeLessThan(MaxMemory);
        await Alive();
    }

    [Fact]
    public void Each_class_has_three_variants_and_every_name_is_its_own()
    {
        Everything.Count.ShouldBeGreaterThan(500);
        Everything.Select(one => one.Input.Name).Distinct(StringComparer.Ordinal).Count().ShouldBe(Everything.Count);
        Everything
            .GroupBy(one => one.Input.Group, StringComparer.Ordinal)
            .Where(group => group.Count() < 3)
            .Select(group => group.Key)
            .ShouldBeEmpty();
    }

    [Fact]
    public void An_archive_that_holds_itself_does_so_to_the_byte()
    {
        var zip = Everything.Single(one => one.Input.Name == "archive/quine/zip").Input.Make();
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(zip));
        using var entry = archive.Entries.ShouldHaveSingleItem().Open();
        Whole(entry).ShouldBe(zip);
        var gzip = Everything.Single(one => one.Input.Name == "archive/quine/gz").Input.Make();
        using var stream = new System.IO.Compression.GZipStream(new MemoryStream(gzip), System.IO.Compression.CompressionMode.Decompress);
        Whole(stream).ShouldBe(gzip);
    }

    private static bool Heavy(string group) =>
        group
            is "mime/nesting"
                or "mime/count"
                or "archive/zeros"
                or "archive/overlap"
                or "archive/nested"
                or "archive/quine"
                or "archive/key-cost";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<List<string>> Faults(HostileInput input, InputKind kind, CancellationToken token)
    {
        var bytes = input.Make();
        var request = new DissectionRequest { Name = "hostile", Kind = kind };
        var watch = Stopwatch.StartNew();
        // The many small ones go through recycled workers, as a bulk import does: the next input meets what the last one left behind.
        var recycle = !Heavy(input.Group) && bytes.Length < SmallBytes;
        var outcome = await pool.Workers.DissectAsync(bytes, request, recycle ? "inputs" : null, token);
        var elapsed = watch.Elapsed;
        var codes = outcome
            .Findings.Concat(outcome.Frames.SelectMany(In))
            .Select(finding => finding.Code)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        output.WriteLine($"{elapsed.TotalMilliseconds, 7:f0} ms {bytes.Length, 9} bytes {input.Name}: {string.Join(' ', codes.Take(8))}");
        var faults = new List<string>();
        if (elapsed > MaxTime)
        {
            faults.Add($"took {elapsed.TotalSeconds:f1} s");
        }

        if (outcome.Frames.Count == 0 && outcome.Findings.Count == 0)
        {
            faults.Add("gave neither facts nor findings");
        }

        if (outcome.Findings.Count > 0)
        {
            faults.Add($"cost a worker: {string.Join(", ", outcome.Findings)}");
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (outcome.Frames.FirstOrDefault(frame => frame.Member.Length == 0) is { } top && (top.Mail?.Sha256 ?? top.File?.Sha256) != hash)
        {
            faults.Add("the raw bytes are not those handed in");
        }

        if (input.Finding is { } expected && !codes.Exists(code => code.StartsWith(expected, StringComparison.Ordinal)))
        {
            faults.Add($"no finding \"{expected}…\", but [{string.Join(", ", codes)}]");
        }

        return faults;
    }

    private async Task Alive()
    {
        var mail = "Subject: alive\r\n\r\nbody\r\n"u8.ToArray();
        var outcome = await pool.Workers.DissectAsync(mail, new DissectionRequest { Kind = InputKind.Mail }, group: null, Token);
        outcome.Findings.ShouldBeEmpty();
        outcome.Frames.ShouldHaveSingleItem().Mail.ShouldNotBeNull().Subject.ShouldBe("alive");
    }

    private static IEnumerable<Finding> In(AnatomyFrame frame) =>
        [.. frame.Mail is { } mail ? In(mail) : [], .. frame.File is { } file ? In(file) : []];

    private static IEnumerable<Finding> In(MailFacts mail) => [.. mail.Findings, .. mail.Attachments.SelectMany(In)];

    private static IEnumerable<Finding> In(FileFacts file) =>
        [.. file.Findings, .. file.Children.SelectMany(In), .. file.Mail is { } mail ? In(mail) : []];

    private static byte[] Whole(Stream stream)
    {
        using var target = new MemoryStream();
        stream.CopyTo(target);
        return target.ToArray();
    }
}
