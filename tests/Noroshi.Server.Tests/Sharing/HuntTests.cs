using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Noroshi.Exchange.Hunting;
using Noroshi.Server.Sharing;
using Noroshi.Server.Sharing.Hunting;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Sharing;

/// <summary>A member looks for shared indicators in its own logs and answers; nothing of a log goes to the hub.</summary>
public sealed class HuntTests
{
    [Fact]
    public async Task What_stands_in_a_members_logs_becomes_its_answer_and_nothing_else_leaves()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var (draft, version) = await SharingAttackTests.ApprovedAsync(hub, analyst, "aoba");
        var item = (await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/release", new { version }, HttpStatusCode.Created))
            .GetProperty("id")
            .GetGuid();
        using var member = hub.Member("kitano");
        var csv = await member.GetByteArrayAsync($"/api/v1/items/{item:D}/csv", Hubs.Token);
        var table = IndicatorTable.Read(new MemoryStream(csv));
        table.Indicators.Count.ShouldBeGreaterThan(1);

        using var folder = new Folder();
        var sender = table.Indicators.First(one => one.Kind == Hub.Sharing.IndicatorKind.Sender);
        await File.WriteAllTextAsync(
            folder["mail.log"],
            $"Oct 17 09:00:01 mx postfix/qmgr: from=<nobody@other.example>\nOct 17 09:02:11 mx postfix/qmgr: from=<{sender.Value.ToUpperInvariant()}>, secret-of-kitano\n",
            Hubs.Token
        );
        await using (var packed = new GZipStream(File.Create(folder["old.log.gz"]), CompressionLevel.Fastest))
        {
            await packed.WriteAsync(Encoding.UTF8.GetBytes($"x from=<{sender.Value}>"), Hubs.Token);
        }

        var outcome = new HuntRun(table).Run([folder.Root], Hubs.Token);
        outcome.Files.ShouldBe(2);
        outcome.Lines.ShouldBe(3);
        outcome.UnreadLogs.ShouldBeEmpty();
        var found = outcome.Found.ShouldHaveSingleItem();
        (found.Indicator, found.Lines).ShouldBe((sender.Indicator, 2));
        found.First.ShouldNotBeNull().ShouldEndWith("mail.log:2");

        var answers = HuntAnswers.Of(outcome, "2013年10月のメールログ");
        answers.ShouldHaveSingleItem().Order.Kind.ShouldBe(SightingKind.Seen);
        (await HuntAnswers.SendAsync(member, answers, Hubs.Token)).Sent.ShouldBe(1);
        var all = await SharingHub.GetAsync(analyst, $"/api/v1/items/{item:D}/sightings/all");
        all.GetRawText().ShouldNotContain("secret-of-kitano");
        var said = all.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        said.GetProperty("indicator").GetGuid().ShouldBe(sender.Indicator);
        said.GetProperty("organization").GetString().ShouldBe("kitano");
    }

    [Fact]
    public void Nothing_found_is_told_only_with_range_and_period_and_only_when_every_log_was_read()
    {
        using var folder = new Folder();
        File.WriteAllText(folder["a.log"], "nothing\n");
        var indicator = new HuntedIndicator(Guid.NewGuid(), Guid.NewGuid(), Hub.Sharing.IndicatorKind.Ip, "203.0.113.7");
        var table = new IndicatorTableContent([indicator], 0, []);
        var outcome = new HuntRun(table).Run([folder.Root], Hubs.Token);
        HuntAnswers.Of(outcome, null).ShouldBeEmpty();
        HuntAnswers
            .Of(outcome, "全社のプロキシ 2013年10月")
            .ShouldBe([new HuntAnswer(indicator.Item, new SightingOrder(SightingKind.NotSeen, null, "全社のプロキシ 2013年10月"))]);

        using (var packed = new GZipStream(File.Create(folder["cut.gz"]), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 20_000))));
        }

        File.WriteAllBytes(folder["cut.gz"], File.ReadAllBytes(folder["cut.gz"])[..^2_000]);
        var partly = new HuntRun(table).Run([folder.Root], Hubs.Token);
        partly.UnreadLogs.Count.ShouldBe(1);
        HuntAnswers.Of(partly, "全社のプロキシ 2013年10月").ShouldBeEmpty();
    }

    [Fact]
    public void A_line_longer_than_any_buffer_is_read_whole_and_shift_jis_is_understood()
    {
        using var folder = new Folder();
        var sjis = CodePagesEncodingProvider.Instance.GetEncoding(932).ShouldNotBeNull();
        File.WriteAllBytes(
            folder["long.log"],
            [
                .. Encoding.ASCII.GetBytes(new string('a', 65_530)),
                .. " 203.0.113.7 "u8,
                .. Encoding.ASCII.GetBytes(new string('b', 200_000)),
                (byte)'\n',
                .. sjis.GetBytes("添付=御見積書.xls\r\n"),
            ]
        );
        var table = new IndicatorTableContent(
            [
                new HuntedIndicator(Guid.NewGuid(), Guid.NewGuid(), Hub.Sharing.IndicatorKind.Ip, "203.0.113.7"),
                new HuntedIndicator(Guid.NewGuid(), Guid.NewGuid(), Hub.Sharing.IndicatorKind.FileName, "御見積書.xls"),
            ],
            0,
            []
        );
        new HuntRun(table).Run([folder.Root], Hubs.Token).Found.Count.ShouldBe(2);
    }

    [Fact]
    public void The_verb_says_what_it_found_as_json_and_refuses_what_is_no_table()
    {
        using var folder = new Folder();
        File.WriteAllText(folder["a.log"], "nothing\n");
        File.WriteAllText(folder["t.csv"], "a,b\r\n");
        Cli.Cli.Run("hunt", folder["a.log"], "--indicators", folder["t.csv"]).Code.ShouldBe(1);
        Cli.Cli.Run("hunt", folder["none.log"], "--indicators", folder["t.csv"]).Code.ShouldBe(3);
        File.WriteAllText(
            folder["t.csv"],
            string.Join(',', Enumerable.Repeat("h", 18))
                + $"\r\n,,,,active,ip,203.0.113.7,,,,,,,,{Guid.NewGuid():D},1,,{Guid.NewGuid():D}\r\n"
        );
        File.WriteAllText(folder["a.log"], "dst=203.0.113.7\n");
        var run = Cli.Cli.Run("hunt", folder["a.log"], "--indicators", folder["t.csv"], "--json");
        run.Code.ShouldBe(0, run.Error);
        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("found").GetArrayLength().ShouldBe(1);
    }
}
