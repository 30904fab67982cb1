using System.Text.Json;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>The bill of materials and the notices say what the lock files say.</summary>
public sealed class SbomTests
{
    private const string Renew = "run ./noroshi sbom after a change of packages";

    private sealed record Component(string Name, string Version, string ContentHash, string Licence, bool Ships);

    private static readonly JsonElement Bom = JsonDocument.Parse(Repository.Read("docs/sbom.cdx.json")).RootElement;

    private static readonly List<Component> Components =
    [
        .. Bom.GetProperty("components").EnumerateArray().Select(Read).OrderBy(one => one.Name, StringComparer.Ordinal),
    ];

    [Fact]
    public void The_bill_lists_exactly_the_packages_of_the_lock_files_with_their_digests()
    {
        var locked = Locked(["src", "tests", "bench", "tools"]);
        locked.Count.ShouldBeGreaterThan(30);
        Components.Select(one => (one.Name, one.Version, one.ContentHash)).ToHashSet().SetEquals(locked).ShouldBeTrue(Renew);
    }

    [Fact]
    public void What_ships_is_what_the_projects_of_the_product_use_less_the_tools_of_the_build()
    {
        var tools = XDocument
            .Load(Path.Combine(Repository.Root, "Directory.Build.props"))
            .Descendants("PackageReference")
            .Select(reference => (string?)reference.Attribute("Include"))
            .Append("Microsoft.NET.ILLink.Tasks")
            .ToHashSet(StringComparer.Ordinal);
        var expected = Locked(["src"]).Where(one => !tools.Contains(one.Name)).Select(one => one.Name);
        Components.Where(one => one.Ships).Select(one => one.Name).ShouldBe(expected.Order(StringComparer.Ordinal), Renew);
    }

    [Fact]
    public void The_bill_is_of_this_version_names_no_time_and_refers_to_nothing_outside()
    {
        var self = Bom.GetProperty("metadata").GetProperty("component");
        Bom.GetProperty("specVersion").GetString().ShouldBe("1.6");
        self.GetProperty("version")
            .GetString()
            .ShouldBe(XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").First().Value, Renew);
        Bom.GetProperty("metadata").TryGetProperty("timestamp", out _).ShouldBeFalse();
        var known = Bom.GetProperty("components").EnumerateArray().Append(self).Select(one => Text(one, "bom-ref")).ToList();
        known.ShouldBeUnique(StringComparer.Ordinal);
        var dependencies = Bom.GetProperty("dependencies").EnumerateArray().ToList();
        dependencies.Select(one => Text(one, "ref")).ShouldBe(known, StringComparer.Ordinal, ignoreOrder: true);
        foreach (var needed in dependencies.SelectMany(one => one.GetProperty("dependsOn").EnumerateArray()))
        {
            known.ShouldContain(needed.GetString(), StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Every_package_is_in_the_notices_with_its_licence_and_no_row_is_left_over()
    {
        var rows = Repository
            .Read("THIRD-PARTY-NOTICES.md")
            .Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells[1] is not ("package" or "table"))
            .SelectMany(cells => cells[1].Split(", ").Select(name => (Name: name, Licence: cells[2])))
            .ToList();
        foreach (var component in Components)
        {
            rows.Where(row => Names(row.Name, component.Name)).Select(row => row.Licence).ShouldBe([component.Licence], component.Name);
        }

        foreach (var (name, _) in rows)
        {
            Components.ShouldContain(component => Names(name, component.Name), name);
        }

        var product = Repository.Read("THIRD-PARTY-NOTICES.md").Split("not in the product:")[0];
        foreach (var component in Components.Where(one => one.Ships))
        {
            product.ShouldContain(component.Name);
        }
    }

    [Fact]
    public void No_licence_asks_for_more_than_a_notice()
    {
        string[] known = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL"];
        foreach (var component in Components)
        {
            // Of licences to choose from, one is enough.
            component.Licence.Split(" OR ").ShouldContain(licence => known.Contains(licence, StringComparer.Ordinal), component.Name);
        }
    }

    private static bool Names(string cell, string package) =>
        cell.EndsWith(".*", StringComparison.Ordinal)
            ? package.StartsWith(cell[..^1], StringComparison.Ordinal)
            : string.Equals(cell, package, StringComparison.Ordinal);

    private static HashSet<(string Name, string Version, string ContentHash)> Locked(string[] folders)
    {
        var found = new HashSet<(string, string, string)>();
        foreach (var file in folders.SelectMany(folder => Repository.Files(folder, "packages.lock.json")))
        {
            using var json = JsonDocument.Parse(Repository.Read(file));
            foreach (var framework in json.RootElement.GetProperty("dependencies").EnumerateObject())
            {
                foreach (var package in framework.Value.EnumerateObject().Where(one => Text(one.Value, "type") != "Project"))
                {
                    found.Add((package.Name, Text(package.Value, "resolved"), Text(package.Value, "contentHash")));
                }
            }
        }

        return found;
    }

    private static Component Read(JsonElement component)
    {
        var licence = component.GetProperty("licenses")[0];
        return new(
            Text(component, "name"),
            Text(component, "version"),
            Text(component.GetProperty("properties")[0], "value"),
            licence.TryGetProperty("expression", out var expression)
                ? expression.GetString() ?? ""
                : Text(licence.GetProperty("license"), "id"),
            Text(component, "scope") == "required"
        );
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
