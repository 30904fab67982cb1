using System.Text.Json;
using Noroshi.Makers.Story;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Cli;

/// <summary>The executable on a part of the story world: the attacker's cases and the organisations' other mails of two months.</summary>
public sealed class StoryTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly StoryWorld _world = StoryWorld.Build();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Analyze_prints_table_1_and_the_findings_that_no_organisation_has_alone()
    {
        var (manifest, members) = Write();
        var result = Cli.Run(
            "analyze",
            "--manifest",
            manifest,
            "--members",
            members,
            "--json",
            "--password-budget",
            "200",
            "--fail-on",
            "conversation"
        );
        result.Code.ShouldBe(7, result.Error);
        ContractShape.Walk(result.Json, "analysis").ShouldBeGreaterThan(1_000);
        var campaign = result.Json.GetProperty("campaigns").EnumerateArray().ShouldHaveSingleItem();
        campaign.GetProperty("conversations").GetArrayLength().ShouldBe(15);
        campaign.GetProperty("confidence").GetString().ShouldBe("strong");
        Detail(campaign, "parallel", "windows").ShouldBe(3);
        Detail(campaign, "parallel", "minutes").ShouldBeLessThanOrEqualTo(4);
        Detail(campaign, "sequential", "organizations").ShouldBe(5);
        foreach (var link in campaign.GetProperty("links").EnumerateArray())
        {
            link.GetProperty("evidence")
                .EnumerateArray()
                .Sum(row => row.GetProperty("bits").GetDecimal())
                .ShouldBe(link.GetProperty("bits").GetDecimal());
        }

        var table = Conversations(result).Single(one => one.GetProperty("messages").GetArrayLength() == 9);
        var messages = table.GetProperty("messages").EnumerateArray().ToList();
        string.Join(' ', messages.Select(message => message.GetProperty("label").GetString()))
            .ShouldBe("#4-1 #4-2 #4-3 #4-4 #4-5 #4-6 #4-7 #4-8 #4-9");
        string.Join(' ', messages.Select(message => message.GetProperty("role").GetString()))
            .ShouldBe("reconnaissance reply attack reply attack reply reconnaissance reply attack");
        (messages[6].GetProperty("gapSeconds").GetInt64() / 60).ShouldBe(13);
        (messages[8].GetProperty("gapSeconds").GetInt64() / 60).ShouldBe(51);
        Lhaplus(result, messages[4]).ShouldBe(false);
        Lhaplus(result, messages[8]).ShouldBe(true);
        result.Json.GetProperty("onlyTogether").EnumerateArray().ShouldContain(one => one.GetProperty("kind").GetString() == "parallel");
    }

    [Fact]
    public void A_report_replaces_the_pages_of_the_one_before_and_leaves_other_files()
    {
        var (manifest, members) = Write();
        var report = _folder["report"];
        Cli.Run("analyze", "--manifest", manifest, "--members", members, "--report", report, "--password-budget", "200").Code.ShouldBe(0);
        Directory.GetFiles(report, "conversation-*.html").Length.ShouldBeGreaterThan(20);
        _folder.Add("report/mine.html", "mine");
        var single = _folder.Add("single/a.eml", Mails.Plain("one"));
        Cli.Run("analyze", single, "--report", report).Code.ShouldBe(0);
        Directory.GetFiles(report, "conversation-*.html").ShouldBeEmpty();
        File.ReadAllText(_folder["report/index.html"]).ShouldContain("<html");
        File.ReadAllText(_folder["report/mine.html"]).ShouldBe("mine");
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_said_and_the_result_stands()
    {
        var mail = _folder.Add("a.eml", Mails.Plain("one"));
        var result = Cli.Run("analyze", mail, "--json", "--report", _folder.Add("file", "in the way"), "--lang", "en");
        result.Code.ShouldBe(1);
        result.Error.ShouldContain("the report cannot be written");
        result.Mails.Count.ShouldBe(1);
    }

    private (string Manifest, string Members) Write()
    {
        _world.WriteTo(_folder["story"]);
        var kept = _world
            .Cases.Where(one => one.Key.StartsWith("case-", StringComparison.Ordinal))
            .SelectMany(one => one.Value)
            .ToHashSet(StringComparer.Ordinal);
        var lines = File.ReadAllLines(_folder["story/manifest.jsonl"])
            .Where((line, at) => at % 8 == 0 || kept.Contains(FileOf(line) ?? ""));
        File.WriteAllLines(_folder["story/part.jsonl"], lines);
        return (_folder["story/part.jsonl"], _folder["story/members.json"]);
    }

    private static string? FileOf(string line) =>
        JsonDocument.Parse(line).RootElement.TryGetProperty("file", out var file) ? file.GetString() : null;

    private static IEnumerable<JsonElement> Conversations(CliResult result) => result.Json.GetProperty("conversations").EnumerateArray();

    private static double Detail(JsonElement campaign, string kind, string name) =>
        campaign
            .GetProperty("patterns")
            .EnumerateArray()
            .First(pattern => pattern.GetProperty("kind").GetString() == kind)
            .GetProperty("detail")
            .GetProperty(name)
            .GetDouble();

    private static bool? Lhaplus(CliResult result, JsonElement message) =>
        result
            .Mail(message.GetProperty("mail").GetString() ?? "")
            .GetProperty("attachments")[0]
            .GetProperty("opensIn")
            .EnumerateArray()
            .Where(one => one.GetProperty("program").GetString()?.StartsWith("Lhaplus", StringComparison.Ordinal) == true)
            .Select(one => one.GetProperty("opens"))
            .Select(opens => opens.ValueKind == JsonValueKind.Null ? (bool?)null : opens.GetBoolean())
            .FirstOrDefault();
}
