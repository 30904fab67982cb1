using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Statistics;
using Noroshi.Makers.Story;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Statistics;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Statistics;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Steps;

public sealed class ImportTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_story_gives_the_campaign_and_table_1_as_analyze_does_also_when_imported_twice()
    {
        var world = StoryWorld.Build();
        world.WriteTo(_folder["story"]);
        string[] call =
        [
            "import",
            _folder["story"],
            "--manifest",
            _folder["story/manifest.jsonl"],
            "--members",
            _folder["story/members.json"],
            "--data",
            _folder["hub/data"],
            "--master-key",
            _folder["hub/master-key"],
            "--password-budget",
            "200",
            "--json",
        ];
        Directory.CreateDirectory(_folder["hub"]);
        var first = Cli.Cli.Run(call);
        first.Code.ShouldBe(0, first.Error);
        var second = Cli.Cli.Run(call);
        second.Code.ShouldBe(0, second.Error);
        Number(second, "repeated").ShouldBe(Number(first, "provisions"));
        foreach (var name in new[] { "provisions", "mails", "exchanges", "campaigns", "warnings" })
        {
            Number(second, name).ShouldBe(Number(first, name), name);
        }

        Number(first, "campaigns").ShouldBe(1);
        await using var hub = await Hubs.StartAsync(_folder["hub"]);
        await hub.SettleAsync();
        var situation = hub.Get<HubSituation>().Current;
        situation.Mails.Count.ShouldBe(Number(first, "mails"));
        situation.Campaigns.ShouldHaveSingleItem().Exchanges.Count.ShouldBe(15);
        var table = situation.Conversations.Single(one =>
            one.Messages.Count == 9 && one.Messages[0].Label.StartsWith("#4-", StringComparison.Ordinal)
        );
        table
            .Messages.Select(message => message.Role)
            .ShouldBe([
                MessageRole.Reconnaissance,
                MessageRole.Reply,
                MessageRole.Attack,
                MessageRole.Reply,
                MessageRole.Attack,
                MessageRole.Reply,
                MessageRole.Reconnaissance,
                MessageRole.Reply,
                MessageRole.Attack,
            ]);
        (await hub.EntriesAsync(DocumentKinds.Warning))
            .GroupBy(entry => entry.Subject, StringComparer.Ordinal)
            .ShouldAllBe(of => of.Count() == 1);
        await PastShares.PutAsync(hub, world.Shares);
        await FiguresAreThoseOfThePressReleaseAsync(hub);
    }

    /// <summary>From the folder that was imported, through the hub that serves it.</summary>
    private async Task FiguresAreThoseOfThePressReleaseAsync(TestHub hub)
    {
        var figures = Figures(2012).Concat(Figures(2013)).ToDictionary(one => (one.Period, one.Id, one.Group));
        (string Id, long? Before, long? Now)[] counts =
        [
            ("organizations", 39, 46),
            ("groups", 5, 5),
            ("provided", 246, 385),
            ("shared", 160, 180),
            ("conversationalCases", 0, 15),
        ];
        foreach (var (id, before, now) in counts)
        {
            (figures[("FY2012", id, null)].Numerator, figures[("FY2013", id, null)].Numerator).ShouldBe((before, now), id);
        }

        (string Id, long? Before, long? Now)[] shares =
        [
            ("c2Region.JP", 7, 28),
            ("attachmentType.office", 45, 8),
            ("attachmentType.justsystems", 0, 8),
            ("attachmentType.lnk", 0, 10),
        ];
        foreach (var (id, before, now) in shares)
        {
            (figures[("FY2012", id, null)].Rounded, figures[("FY2013", id, null)].Rounded).ShouldBe((before, now), id);
        }

        string[] ratios = ["providedRatio", "sharedRatio", "freeMail"];
        ratios.Select(id => figures[("FY2013", id, null)].Rounded).ShouldBe([157, 113, 86]);
        // What a number counts is what it leads to.
        var year = Period.OfYear(2013);
        (await hub.Get<StatisticsWork>().BehindAsync("conversationalCases", year, null, Hubs.Token)).ShouldBe(
            hub.Get<HubSituation>().Current.Campaigns[0].Exchanges,
            ignoreOrder: true
        );
    }

    private List<Statistic> Figures(int year)
    {
        var result = Cli.Cli.Run(
            "stats",
            "--fiscal-year",
            year.ToString(CultureInfo.InvariantCulture),
            "--json",
            "--data",
            _folder["hub/data"],
            "--master-key",
            _folder["hub/master-key"]
        );
        result.Code.ShouldBe(0, result.Error);
        return
        [
            .. result
                .Json.GetProperty("figures")
                .EnumerateArray()
                .Select(one => one.Deserialize(StatisticsJson.Default.Statistic))
                .OfType<Statistic>(),
        ];
    }

    [Fact]
    public void An_import_that_was_killed_goes_on_from_there_and_ends_as_one_that_was_not()
    {
        const int mails = 400;
        for (var i = 0; i < mails; i++)
        {
            var at = new DateTimeOffset(2013, 10, 17, 0, 0, 0, TimeSpan.Zero).AddMinutes(i);
            var mail = Mails.Plain($"note {i}", $"p{i % 7}@firm{i % 5}.example", date: at.ToString("r"), text: $"text {i} of {i % 11}");
            _folder.Add($"in/power-a/desk/{i}.eml", mail);
        }

        Directory.CreateDirectory(_folder["hub"]);
        Directory.CreateDirectory(_folder["other"]);
        var evidence = _folder["hub/data/evidence"];
        Cli.Cli.KillWhen(() => Files(evidence) >= mails / 4, Call("hub")).ShouldBeTrue();
        var again = Cli.Cli.Run(Call("hub"));
        var whole = Cli.Cli.Run(Call("other"));
        again.Code.ShouldBe(0, again.Error);
        whole.Code.ShouldBe(0, whole.Error);
        Number(again, "repeated").ShouldBeInRange(1, mails - 1);
        foreach (var name in new[] { "provisions", "mails", "exchanges", "campaigns", "warnings", "quarantined" })
        {
            Number(again, name).ShouldBe(Number(whole, name), name);
        }

        Number(again, "mails").ShouldBe(mails);
        var check = Cli.Cli.Run("fsck", "--data", _folder["hub/data"], "--master-key", _folder["hub/master-key"], "--json");
        check.Code.ShouldBe(0, check.Out + check.Error);
        var seconds = again.Json.GetProperty("seconds");
        seconds.GetProperty("linked").GetDouble().ShouldBeGreaterThanOrEqualTo(seconds.GetProperty("takenIn").GetDouble());
        again.Json.GetProperty("cpuSeconds").GetProperty("workers").GetDouble().ShouldBeGreaterThan(0);

        string[] Call(string hub) =>
            ["import", _folder["in"], "--data", _folder[$"{hub}/data"], "--master-key", _folder[$"{hub}/master-key"], "--json"];
    }

    [Fact]
    public void Lines_that_cannot_be_read_are_listed_with_what_to_do_and_the_rest_is_taken_in()
    {
        _folder.Add("in/a.eml", Mails.Plain("one"));
        _folder.Add("in/b.eml", Mails.Plain("two"));
        var manifest = _folder.Add(
            "in/m.jsonl",
            """
            {"file":"a.eml","organization":"power-a","provision":"P-1","providedAt":"2013-10-18T09:00:00+09:00"}
            {"file":"gone.eml","organization":"power-a"}
            {"file":"../outside.eml","organization":"power-a"}
            {not json
            {"file":"b.eml","organization":"power-a","provision":"P-1"}
            {"organization":"power-a","statedEvents":[{"kind":"phone","at":"2013-10-18T10:00:00+09:00","text":"asked"}]}
            """
        );
        _folder.Add("outside.eml", Mails.Plain("outside"));
        var result = Import(manifest);
        result.Code.ShouldBe(5, result.Error);
        result.Json.GetProperty("problems").EnumerateArray().Select(one => one.GetProperty("line").GetInt32()).ShouldBe([2, 3, 4]);
        (Number(result, "provisions"), Number(result, "mails")).ShouldBe((2, 2));
        result.Error.ShouldContain("run the import again");
    }

    [Fact]
    public async Task A_folder_that_a_hub_serves_is_refused_with_a_sentence()
    {
        await using var hub = await Hubs.StartAsync(_folder["hub"]);
        _folder.Add("in/a.eml", Mails.Plain("one"));
        var manifest = _folder.Add("in/m.jsonl", """{"file":"a.eml","organization":"power-a"}""");
        var result = Import(manifest);
        result.Code.ShouldBe(1);
        result.Error.ShouldContain("serve");
    }

    private CliResult Import(string manifest)
    {
        Directory.CreateDirectory(_folder["hub"]);
        return Cli.Cli.Run(
            "import",
            _folder["in"],
            "--manifest",
            manifest,
            "--data",
            _folder["hub/data"],
            "--master-key",
            _folder["hub/master-key"],
            "--json",
            "--lang",
            "en"
        );
    }

    private static int Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories).Count() : 0;

    private static int Number(CliResult result, string name) => result.Json.GetProperty(name).GetInt32();
}
