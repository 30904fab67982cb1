using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Structure;

/// <summary>The repository's own rules: borders of projects, the one-way flow of folders, sizes.</summary>
public sealed partial class RepositoryTests
{
    internal static readonly string Root = FindRoot();

    /// <summary>What each folder of MailAnatomy may name; the flow goes one way, so that a reader can follow it.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Findings"] = [],
        ["Text.Charsets"] = ["Findings"],
        ["Text"] = ["Findings", "Text.Charsets"],
        ["Headers"] = ["Findings", "Text", "Text.Charsets"],
        ["Indicators"] = ["Findings", "Text"],
        ["Passwords"] = ["Findings", "Text", "Text.Charsets"],
        ["Containers"] = ["Findings", "Passwords", "Text.Charsets"],
        ["FileTypes"] = ["Containers", "Findings", "Passwords", "Text", "Text.Charsets"],
        ["Files"] =
        [
            "Containers",
            "FileTypes",
            "FileTypes.Naming",
            "FileTypes.Similarity",
            "Findings",
            "Indicators",
            "Messages",
            "Passwords",
            "Text",
            "Text.Charsets",
        ],
        ["Wire"] = ["Findings", "Headers", "Indicators", "Passwords", "Text", "Text.Charsets"],
    };

    [Fact]
    public void Projects_reference_only_what_stands_left_of_them()
    {
        References("Noroshi.MailAnatomy").ShouldBeEmpty();
        References("Noroshi.Hub").ShouldBe(["Noroshi.MailAnatomy"]);
        // The rules do not know how they are kept.
        References("Noroshi.Storage").ShouldBe(["Noroshi.Hub"]);
        // Formats see what left the hub, never what came in: they know no storage.
        References("Noroshi.Exchange").ShouldBe(["Noroshi.Hub"]);
        References("Noroshi.Worker").ShouldBe(["Noroshi.MailAnatomy"]);
        // The invented world of the demo knows nothing of the hub that takes it in.
        References("Noroshi.Story").ShouldBeEmpty();
        // The worker is only built along: the server starts it as a process and uses none of its types.
        References("Noroshi.Server").ShouldBe(["Noroshi.Exchange", "Noroshi.Hub", "Noroshi.Storage", "Noroshi.Story", "Noroshi.Worker"]);
        File.ReadAllText(Path.Combine(Root, "src/Noroshi.Server/Noroshi.Server.csproj")).ShouldContain("ReferenceOutputAssembly=\"false\"");
    }

    [Fact]
    public void Folders_of_MailAnatomy_name_only_earlier_ones()
    {
        var checkedFiles = 0;
        foreach (var (file, text) in Sources("src/Noroshi.MailAnatomy"))
        {
            var space = NamespaceLine().Match(text).Groups["name"].Value;
            var own = space.StartsWith("Noroshi.MailAnatomy.", StringComparison.Ordinal) ? space["Noroshi.MailAnatomy.".Length..] : "";
            if (Rule(own) is not { } allowed)
            {
                continue;
            }

            checkedFiles++;
            foreach (Match use in UsingLine().Matches(text))
            {
                var used = use.Groups["name"].Value;
                (allowed.Any(one => Within(used, one)) || SameFolder(used, own)).ShouldBeTrue($"{file} ({own}) uses {used}");
            }
        }

        checkedFiles.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void MailAnatomy_has_no_clock_network_console_or_file_access()
    {
        foreach (var (file, text) in Sources("src/Noroshi.MailAnatomy"))
        {
            ForbiddenUse().Match(text).Value.ShouldBe("", file);
        }
    }

    [Fact]
    public void Storage_is_an_adapter_that_only_the_hub_ports_and_the_database_go_into()
    {
        foreach (var (file, text) in Sources("src/Noroshi.Hub"))
        {
            StorageUse().Match(text).Value.ShouldBe("", file);
        }

        // Every call that makes something durable goes through the one class whose failures are seen.
        foreach (
            var (file, text) in Sources("src/Noroshi.Storage").Where(source => !source.File.EndsWith("/Disk.cs", StringComparison.Ordinal))
        )
        {
            text.ShouldNotContain("FlushToDisk", Case.Sensitive, file);
            text.ShouldNotContain("Flush(true)", Case.Sensitive, file);
            text.ShouldNotContain("LibraryImport", Case.Sensitive, file);
        }
    }

    [Fact]
    public void No_source_file_has_more_than_500_lines_tables_aside()
    {
        var long_ = Sources("src")
            .Where(source => source.Text.Count(c => c == '\n') > 500 && !source.File.Contains("Table", StringComparison.Ordinal));
        long_.Select(source => source.File).ShouldBeEmpty();
    }

    [Fact]
    public void No_constructor_takes_more_than_five_parameters_records_aside()
    {
        foreach (
            var type in typeof(Dissector)
                .Assembly.GetTypes()
                .Where(type => type.GetMethod("<Clone>$") is null && !type.IsValueType && !type.IsNested)
        )
        {
            foreach (var constructor in type.GetConstructors())
            {
                constructor.GetParameters().Length.ShouldBeLessThanOrEqualTo(5, type.FullName);
            }
        }
    }

    [Fact]
    public void No_source_silences_a_warning_or_the_null_check()
    {
        foreach (var (file, text) in Sources("src"))
        {
            Silencers().Match(text).Value.ShouldBe("", file);
        }
    }

    private static string[]? Rule(string own)
    {
        for (var name = own; name.Length > 0; name = name.Contains('.', StringComparison.Ordinal) ? name[..name.LastIndexOf('.')] : "")
        {
            if (MayUse.TryGetValue(name, out var allowed))
            {
                return allowed;
            }
        }

        return null;
    }

    private static bool Within(string used, string allowed) => used == allowed;

    private static bool SameFolder(string used, string own) => used.Split('.')[0] == own.Split('.')[0];

    private static List<string> References(string project) =>
        [
            .. ProjectReference()
                .Matches(File.ReadAllText(Path.Combine(Root, "src", project, project + ".csproj")))
                .Select(match => match.Groups["name"].Value),
        ];

    private static IEnumerable<(string File, string Text)> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(Root, file), File.ReadAllText(file)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Noroshi.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run from within the repository.");
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(
        @"^using (?:static )?Noroshi\.MailAnatomy\.(?<name>[\w.]+);",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"ProjectReference\s+Include=""[^""]*/(?<name>Noroshi\.\w+)\.csproj""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProjectReference();

    [GeneratedRegex(
        @"\bConsole\.|\bTimeProvider\b|\bStopwatch\b|\bSocket\(|\bTcpClient\b|\bDns\.|HttpClient|\bFile\.(?:Open|Read|Write|Create|Exists)|Environment\.Get",
        RegexOptions.None,
        1000
    )]
    private static partial Regex ForbiddenUse();

    [GeneratedRegex(
        @"Noroshi\.Storage|Sqlite|\bFile\.(?:Open|Read|Write|Create|Exists|Move|Delete)|\bTimeProvider\b",
        RegexOptions.None,
        1000
    )]
    private static partial Regex StorageUse();

    [GeneratedRegex(@"#pragma warning disable|= null!|default!|<NoWarn>|#region", RegexOptions.None, 1000)]
    private static partial Regex Silencers();
}
