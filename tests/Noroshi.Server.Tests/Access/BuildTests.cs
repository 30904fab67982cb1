using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Noroshi.Hub.Identity;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Access;

/// <summary>The compiler of the SDK over the real Routes.cs, RoutePolicy.cs and list of banned symbols.</summary>
public sealed class BuildTests
{
    private const string Head = """
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Routing;
        namespace Noroshi.Server.Access;
        internal static class Some
        {
            public static void Map(Routes routes, WebApplication app)
            {
        """;

    [Fact]
    public async Task A_route_with_a_policy_builds()
    {
        var (code, output) = await BuildAsync("""routes.Get("/x", Policies.Self, () => 1);""");
        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task Taking_the_policy_away_from_a_route_makes_the_build_fail()
    {
        var (code, output) = await BuildAsync("""routes.Get("/x", () => 1);""");
        code.ShouldNotBe(0);
        output.ShouldContain("error CS");
    }

    [Fact]
    public async Task Every_way_of_the_framework_around_the_policies_makes_the_build_fail()
    {
        string[] ways =
        [
            """app.MapGet("/x", () => 1);""",
            """app.MapPost("/x", () => 1);""",
            """app.MapMethods("/x", new[] { "GET" }, () => 1);""",
            """app.Map("/x", () => 1);""",
            """app.Map("/x", branch => { });""",
            """app.MapGroup("/x");""",
            """app.MapFallback(() => 1);""",
            """app.MapFallback((HttpContext context) => Task.CompletedTask);""",
            """app.MapFallbackToFile("index.html");""",
            """app.MapStaticAssets();""",
            """app.MapControllers();""",
            """app.MapControllerRoute("x", "x");""",
            """app.MapRazorPages();""",
            """app.MapHealthChecks("/x");""",
            """app.MapShortCircuit(404, "x");""",
            """app.MapWhen(context => true, branch => { });""",
            """app.UseWhen(context => true, branch => { });""",
            """app.UseEndpoints(endpoints => { });""",
            """app.UseStaticFiles();""",
            """app.UseFileServer();""",
            """app.UseHttpMethodOverride();""",
            """app.UseHealthChecks("/x");""",
            """app.UseRouter(router => { });""",
            """((IApplicationBuilder)app).Run(context => Task.CompletedTask);""",
            """((IEndpointRouteBuilder)app).DataSources.Clear();""",
        ];
        var (code, output) = await BuildAsync(string.Join('\n', ways));
        code.ShouldNotBe(0);
        var first = Head.ReplaceLineEndings("\n").Split('\n').Length + 1;
        for (var i = 0; i < ways.Length; i++)
        {
            output.ShouldContain($"Some.cs({first + i},", customMessage: $"{ways[i]} is not banned\n{output}");
        }

        output.ShouldNotContain("error CS");
    }

    private static async Task<(int Code, string Output)> BuildAsync(string body)
    {
        var folder = Directory.CreateTempSubdirectory("noroshi-build-").FullName;
        try
        {
            var root = RepositoryRoot();
            await File.WriteAllTextAsync(
                Path.Combine(folder, "Some.cs"),
                $"{Head.ReplaceLineEndings("\n")}\n{body}\n    }}\n}}\n",
                Browsed
            );
            await File.WriteAllTextAsync(
                Path.Combine(folder, "Usings.cs"),
                "global using System; global using System.Collections.Generic; global using System.Linq; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Http; global using Microsoft.AspNetCore.Routing;",
                Browsed
            );
            await File.WriteAllTextAsync(
                Path.Combine(folder, ".editorconfig"),
                "root = true\n[Some.cs]\ndotnet_diagnostic.RS0030.severity = error\n",
                Browsed
            );
            var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location).ShouldNotBeNull();
            var web = Path.GetDirectoryName(typeof(WebApplication).Assembly.Location).ShouldNotBeNull();
            var server = Path.Combine(root, "src", "Noroshi.Server");
            var arguments = new List<string>
            {
                Compiler(runtime),
                "-noconfig",
                "-nostdlib+",
                "-target:library",
                "-nullable:enable",
                "-langversion:latest",
                "-nowarn:CS1591",
                $"-out:{Path.Combine(folder, "some.dll")}",
                $"-analyzerconfig:{Path.Combine(folder, ".editorconfig")}",
                $"-additionalfile:{Path.Combine(server, "BannedSymbols.Routes.txt")}",
                $"-r:{typeof(Actor).Assembly.Location}",
            };
            arguments.AddRange(References(runtime).Concat(References(web)).Select(file => $"-r:{file}"));
            arguments.AddRange(Analyzers().Select(file => $"-a:{file}"));
            arguments.AddRange([Path.Combine(folder, "Some.cs"), Path.Combine(folder, "Usings.cs")]);
            arguments.AddRange([Path.Combine(server, "Access", "Routes.cs"), Path.Combine(server, "Access", "RoutePolicy.cs")]);
            return await RunAsync(arguments);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static CancellationToken Browsed => TestContext.Current.CancellationToken;

    private static async Task<(int Code, string Output)> RunAsync(List<string> arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true } };
        process.Start();
        var output = await process.StandardOutput.ReadToEndAsync(Browsed);
        await process.WaitForExitAsync(Browsed);
        return (process.ExitCode, output);
    }

    private static IEnumerable<string> References(string folder) =>
        Directory.EnumerateFiles(folder, "*.dll").Where(file => IsManaged(file));

    private static bool IsManaged(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new System.Reflection.PortableExecutable.PEReader(stream);
        return reader.HasMetadata;
    }

    private static string Compiler(string runtime)
    {
        var sdks = Path.Combine(Path.GetFullPath(Path.Combine(runtime, "..", "..", "..")), "sdk");
        return Directory
            .EnumerateDirectories(sdks)
            .Order(StringComparer.Ordinal)
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))
            .Last(File.Exists);
    }

    private static IEnumerable<string> Analyzers()
    {
        var packages =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var versions = Directory.EnumerateDirectories(Path.Combine(packages, "microsoft.codeanalysis.bannedapianalyzers"));
        return Directory.EnumerateFiles(Path.Combine(versions.Order(StringComparer.Ordinal).Last(), "analyzers", "dotnet", "cs"), "*.dll");
    }

    internal static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Noroshi.slnx")))
        {
            folder = Path.GetDirectoryName(folder).ShouldNotBeNull("the tests run inside the repository");
        }

        return folder;
    }
}
