using System.Net;
using System.Net.Http.Json;
using Noroshi.Hub.Identity;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Sharing;

public sealed class SiteNoticeTests
{
    [Fact]
    public async Task Word_to_the_owner_is_written_approved_by_another_told_and_followed_until_it_stops()
    {
        await using var hub = await SharingHub.StartAsync();
        using var analyst = hub.Analyst();
        using var second = hub.Hub.As(SharingHub.AnalystActor() with { Id = "u-second" });
        const string path = "/api/v1/site-notices";
        await SharingHub.SendAsync(analyst, path, new { host = "shop.example" }, HttpStatusCode.UnprocessableEntity);
        using var registered = await analyst.PutAsJsonAsync(
            "/api/v1/destinations/shop.example",
            new { host = "shop.example", hijacked = "suspected" },
            Hubs.Token
        );
        registered.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await SharingHub.SendAsync(
            analyst,
            path,
            new { host = "shop.example", text = new { ja = "青葉電力が攻撃されました。", en = "x" } },
            HttpStatusCode.Forbidden
        );

        var made = await SharingHub.SendAsync(analyst, path, new { host = "shop.example" }, HttpStatusCode.Created);
        made.GetProperty("notice")
            .GetProperty("text")
            .GetProperty("ja")
            .GetString()
            .ShouldNotBeNull()
            .ShouldContain("悪用されていたと思われます");
        var steps = $"{path}/{made.GetProperty("id").GetString()}/steps";
        var version = made.GetProperty("version").GetInt64();
        await SharingHub.SendAsync(
            analyst,
            steps,
            new
            {
                version,
                verb = "tell",
                words = "電話",
            },
            HttpStatusCode.Forbidden
        );
        await SharingHub.SendAsync(analyst, steps, new { version, verb = "approve" }, HttpStatusCode.Forbidden);
        foreach (
            var (verb, words) in new[]
            {
                ("approve", ""),
                ("tell", "サイトの管理者に電話で伝えた。"),
                ("note", "調査中との返答。"),
                ("stop", "接続しなくなったことを確認した。"),
            }
        )
        {
            var next = await SharingHub.SendAsync(
                second,
                steps,
                new
                {
                    version,
                    verb,
                    words,
                }
            );
            version = next.GetProperty("version").GetInt64();
        }

        var list = await SharingHub.GetAsync(analyst, path);
        var notice = list.GetProperty("items")[0].GetProperty("notice");
        notice.GetProperty("state").GetString().ShouldBe("stopped");
        notice.GetProperty("log").GetArrayLength().ShouldBe(4);
    }
}
