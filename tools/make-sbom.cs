#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property RunAnalyzers=false

// Writes docs/sbom.cdx.json (CycloneDX 1.6) from the lock files and the restored packages. No network, no clock: the same packages give the
// same bytes. `./noroshi sbom [FILE]`
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("usage: noroshi sbom [FILE]");
    return 2;
}

var root = args[0];
var target = args.Length == 2 ? args[1] : Path.Combine(root, "docs/sbom.cdx.json");
var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
    ? set
    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
try
{
    var packages = LockFiles.Read(root);
    File.WriteAllText(target, Bom.Write(packages, folder, Bom.Version(root)));
    Console.Error.WriteLine($"{packages.Count} packages: {target}");
    return 0;
}
catch (Exception error) when (error is IOException or JsonException or XmlException or InvalidDataException)
{
    Console.Error.WriteLine($"noroshi: {error.Message}");
    Console.Error.WriteLine("Nothing was written. Restore first: dotnet restore Noroshi.slnx");
    return 1;
}

/// <summary>A package at one version, as the lock files of all projects have it.</summary>
sealed class Package(string name, string version, string contentHash)
{
    public string Name { get; } = name;
    public string Version { get; } = version;

    /// <summary>NuGet's digest of the package without its signature; what restore compares.</summary>
    public string ContentHash { get; } = contentHash;

    /// <summary>In the dependencies of a project below src/: part of the product unless it is a tool of the build.</summary>
    public bool Ships { get; set; }
    public SortedSet<string> DependsOn { get; } = new(StringComparer.Ordinal);
    public string Url => $"pkg:nuget/{Name}@{Version}";
}

static class LockFiles
{
    public static IReadOnlyList<Package> Read(string root)
    {
        var found = new SortedDictionary<string, Package>(StringComparer.OrdinalIgnoreCase);
        foreach (var top in new[] { "src", "tests", "bench", "tools" })
        {
            var files = Directory.EnumerateFiles(Path.Combine(root, top), "packages.lock.json", SearchOption.AllDirectories);
            foreach (var file in files.Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                ReadOne(file, top == "src", found);
            }
        }

        return [.. found.Values];
    }

    private static void ReadOne(string file, bool product, SortedDictionary<string, Package> found)
    {
        var frameworks = JsonNode.Parse(File.ReadAllText(file))?["dependencies"]?.AsObject() ?? throw Broken(file);
        foreach (var (_, framework) in frameworks)
        {
            var here = new Dictionary<string, Package>(StringComparer.OrdinalIgnoreCase);
            var entries = framework?.AsObject().Where(entry => (string?)entry.Value?["type"] != "Project").ToList() ?? throw Broken(file);
            foreach (var (name, entry) in entries)
            {
                var version = (string?)entry?["resolved"] ?? throw Broken(file);
                var hash = (string?)entry?["contentHash"] ?? throw Broken(file);
                var key = $"{name}@{version}";
                if (!found.TryGetValue(key, out var package))
                {
                    found[key] = package = new Package(name, version, hash);
                }
                else if (package.ContentHash != hash)
                {
                    throw new InvalidDataException($"{file}: {key} has another content than in an earlier lock file.");
                }

                package.Ships |= product;
                here[name] = package;
            }

            foreach (var (name, entry) in entries)
            {
                foreach (var (needed, _) in entry?["dependencies"]?.AsObject() ?? [])
                {
                    if (here.TryGetValue(needed, out var other))
                    {
                        here[name].DependsOn.Add(other.Url);
                    }
                }
            }
        }
    }

    private static InvalidDataException Broken(string file) => new($"{file} is not a lock file as NuGet writes it.");
}

static class Bom
{
    // The JSON is read by people too: no \u002B in names and versions.
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Version(string root) =>
        XDocument.Load(Path.Combine(root, "Directory.Build.props")).Descendants("Version").First().Value;

    public static string Write(IReadOnlyList<Package> packages, string folder, string version)
    {
        var components = new JsonArray();
        var dependencies = new JsonArray();
        var direct = new JsonArray();
        foreach (var package in packages)
        {
            var facts = NuSpec.Read(folder, package);
            var ships = package.Ships && !facts.BuildOnly;
            components.Add((JsonNode)Component(package, facts, ships));
            var needs = new JsonArray([.. package.DependsOn.Select(url => (JsonNode)url)]);
            dependencies.Add((JsonNode)new JsonObject { ["ref"] = package.Url, ["dependsOn"] = needs });
            if (ships)
            {
                direct.Add((JsonNode)package.Url);
            }
        }

        var self = $"pkg:generic/noroshi@{version}";
        dependencies.Insert(0, new JsonObject { ["ref"] = self, ["dependsOn"] = direct });
        var bom = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = Metadata(self, version),
            ["components"] = components,
            ["dependencies"] = dependencies,
        };
        // A number that is the content's own: no random one, no time.
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(bom.ToJsonString(Layout)));
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80); // version 8: by the application's own rule
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        bom.Insert(2, "serialNumber", $"urn:uuid:{new Guid(digest.AsSpan(0, 16), bigEndian: true)}");
        return bom.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Metadata(string self, string version) =>
        new()
        {
            ["lifecycles"] = new JsonArray(new JsonObject { ["phase"] = "pre-build" }),
            ["component"] = new JsonObject
            {
                ["type"] = "application",
                ["bom-ref"] = self,
                ["name"] = "noroshi",
                ["version"] = version,
                ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = "Apache-2.0" } }),
                ["purl"] = self,
            },
        };

    private static JsonObject Component(Package package, NuSpec facts, bool ships)
    {
        var licence = facts.Licence.Contains(' ', StringComparison.Ordinal)
            ? new JsonObject { ["expression"] = facts.Licence }
            : new JsonObject { ["license"] = new JsonObject { ["id"] = facts.Licence } };
        var component = new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = package.Url,
            ["authors"] = new JsonArray(new JsonObject { ["name"] = facts.Authors }),
            ["name"] = package.Name,
            ["version"] = package.Version,
            ["scope"] = ships ? "required" : "excluded",
            ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = facts.Sha512 }),
            ["licenses"] = new JsonArray(licence),
            ["purl"] = package.Url,
        };
        if (facts.Source is { } source)
        {
            component["externalReferences"] = new JsonArray(new JsonObject { ["url"] = source, ["type"] = "website" });
        }

        component["properties"] = new JsonArray(new JsonObject { ["name"] = "nuget:contentHash", ["value"] = package.ContentHash });
        return component;
    }
}

/// <summary>What a restored package says about itself.</summary>
sealed record NuSpec(string Licence, string Authors, string? Source, bool BuildOnly, string Sha512)
{
    public static NuSpec Read(string folder, Package package)
    {
        var id = package.Name.ToLowerInvariant();
        var place = Path.Combine(folder, id, package.Version.ToLowerInvariant());
        if (!Directory.Exists(place))
        {
            throw new InvalidDataException($"{package.Name} {package.Version} is not restored in {folder}.");
        }

        using (var metadata = JsonDocument.Parse(File.ReadAllText(Path.Combine(place, ".nupkg.metadata"))))
        {
            if (metadata.RootElement.GetProperty("contentHash").GetString() != package.ContentHash)
            {
                throw new InvalidDataException($"{package.Name} {package.Version} in {folder} is not the package of the lock file.");
            }
        }

        var sheet = XDocument.Load(Path.Combine(place, id + ".nuspec")).Root ?? throw new InvalidDataException($"{id}.nuspec is empty.");
        string? Value(string name) => sheet.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim();
        var licence = sheet.Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        if ((string?)licence?.Attribute("type") != "expression")
        {
            throw new InvalidDataException(
                $"{package.Name} {package.Version} states no licence as an expression: look at it by hand first."
            );
        }

        var digest = File.ReadAllText(Path.Combine(place, $"{id}.{package.Version.ToLowerInvariant()}.nupkg.sha512")).Trim();
        return new NuSpec(
            licence.Value.Trim(),
            Value("authors") ?? package.Name,
            Value("projectUrl"),
            Value("developmentDependency") == "true" || id == "microsoft.net.illink.tasks",
            Convert.ToHexStringLower(Convert.FromBase64String(digest))
        );
    }
}
