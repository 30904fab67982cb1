using System.Text.Json;
using Noroshi.Server.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Hosting;

public sealed class ApiDescriptionTests
{
    [Fact]
    public async Task Every_route_says_in_both_languages_what_it_does_and_in_which_form_it_says_no()
    {
        await using var hub = await TestHub.StartAsync();
        using var client = hub.Anonymous();
        var text = await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        root.GetProperty("openapi").GetString().ShouldStartWith("3.1");
        var seen = new List<string>();
        var silent = new List<string>();
        foreach (var path in root.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var name = $"{operation.Name.ToUpperInvariant()} {path.Name}";
                seen.Add(name);
                if (!operation.Value.TryGetProperty("summary", out var summary) || string.IsNullOrWhiteSpace(summary.GetString()))
                {
                    silent.Add(name);
                }

                var problems = operation
                    .Value.GetProperty("responses")
                    .EnumerateObject()
                    .Where(one =>
                        one.Name[0] is '4' or '5'
                        && one.Value.TryGetProperty("content", out var content)
                        && content.TryGetProperty("application/problem+json", out _)
                    )
                    .ToList();
                problems.ShouldNotBeEmpty(name);
            }
        }

        silent.ShouldBeEmpty();
        ApiSummaryTable.Rows.Keys.Except(seen, StringComparer.Ordinal).ShouldBeEmpty();
        foreach (var words in ApiSummaryTable.Rows.Values)
        {
            words.Ja.ShouldEndWith("。");
            words.En.ShouldEndWith(".");
        }

        foreach (var reference in References(root))
        {
            var found = root;
            foreach (var part in reference["#/".Length..].Split('/'))
            {
                found.TryGetProperty(part.Replace("~1", "/", StringComparison.Ordinal), out found).ShouldBeTrue(reference);
            }
        }
    }

    [Fact]
    public async Task The_page_of_the_description_brings_everything_itself()
    {
        await using var hub = await TestHub.StartAsync();
        using var client = hub.Anonymous();
        using var answer = await client.GetAsync("/scalar/", TestContext.Current.CancellationToken);
        var policy = answer.Content.Headers.Concat(answer.Headers).First(one => one.Key == "Content-Security-Policy").Value.Single();
        policy.ShouldNotContain("http");
        policy.Split(';').First(one => one.Contains("script-src", StringComparison.Ordinal)).ShouldNotContain("unsafe");
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldNotContain("src=\"http");
        page.ShouldNotContain("href=\"http");
    }

    private static IEnumerable<string> References(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(one =>
                    one is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [one.Value.GetString() ?? ""] : References(one.Value)
                ),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            _ => [],
        };
}
