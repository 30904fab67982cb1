using System.Net;
using Noroshi.Server.Tests.Sharing;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Judgement;

/// <summary>Lists are asked with the words that stand in their answers; other words are refused with the known ones named.</summary>
public sealed class QueryWordTests
{
    [Fact]
    public async Task Words_of_the_answers_are_taken_and_others_are_refused()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var list = await SharingHub.GetAsync(analyst, "/api/v1/intake-list?cursor=");
        var rows = list.GetProperty("items");
        rows.GetArrayLength().ShouldBeGreaterThan(0);
        foreach (
            var chip in rows.EnumerateArray()
                .SelectMany(row => row.GetProperty("chips").EnumerateArray())
                .Select(chip => chip.GetString())
                .Distinct(StringComparer.Ordinal)
        )
        {
            (await SharingHub.GetAsync(analyst, $"/api/v1/intake-list?chip={chip}"))
                .GetProperty("items")
                .GetArrayLength()
                .ShouldBeGreaterThan(0);
        }

        foreach (var path in new[] { "intake-list?chip=locked-archive", "cases?state=open", "approvals?state=pending" })
        {
            await SharingHub.GetAsync(analyst, "/api/v1/" + path);
        }

        using var refused = await analyst.GetAsync("/api/v1/intake-list?chip=LockedArchive", Hubs.Token);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(Hubs.Token)).ShouldContain("locked-archive");
        await SharingHub.GetAsync(analyst, "/api/v1/intake-list?cursor=gone", HttpStatusCode.BadRequest);
    }
}
