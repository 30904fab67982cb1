using System.Text.Json;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>What the script builds for use: <c>out/app</c>, of which <c>noroshi publish</c> makes one file.</summary>
public sealed class PublishedFilesTests
{
    [Fact]
    public void What_is_published_holds_the_program_and_nothing_else()
    {
        var app = Path.Combine(Repository.Root, "out/app");
        Assert.SkipUnless(File.Exists(Path.Combine(app, "noroshi.dll")), "./noroshi has not built the program");
        using var bill = JsonDocument.Parse(Repository.Read("docs/sbom.cdx.json"));
        var shipped = bill
            .RootElement.GetProperty("components")
            .EnumerateArray()
            .Where(one => one.GetProperty("scope").GetString() == "required")
            .Select(one => one.GetProperty("name").GetString() ?? "")
            .ToHashSet(StringComparer.Ordinal);
        foreach (var list in Directory.EnumerateFiles(app, "*.deps.json", SearchOption.AllDirectories))
        {
            using var parts = JsonDocument.Parse(File.ReadAllText(list));
            foreach (var library in parts.RootElement.GetProperty("libraries").EnumerateObject())
            {
                var own = library.Value.GetProperty("type").GetString() == "project";
                (own || shipped.Contains(library.Name.Split('/')[0])).ShouldBeTrue($"{list}: {library.Name}");
            }
        }

        string[] endings = [".dll", ".so", ".json", "/noroshi", "/noroshi-worker"];
        var files = Directory.EnumerateFileSystemEntries(app, "*", SearchOption.AllDirectories).Where(File.Exists).ToList();
        files.Count.ShouldBeGreaterThan(20);
        foreach (var file in files)
        {
            endings.ShouldContain(ending => file.EndsWith(ending, StringComparison.Ordinal), file);
            Path.GetFileName(file).ShouldNotContain("Test", Case.Sensitive);
        }
    }
}
