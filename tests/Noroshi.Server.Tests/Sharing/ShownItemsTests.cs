using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Misp;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Sharing;

/// <summary>Who saw what stands in the journal, whatever the way, and once.</summary>
public sealed class ShownItemsTests
{
    [Fact]
    public async Task Every_way_of_reading_is_written_down_once_for_each_reader_and_version()
    {
        await using var hub = await SharedWorld.StartAsync();
        var first = hub.Releases().Leave(SharedWorld.Release(1, SharedWorld.Everyone).Item);
        var second = hub.Releases().Leave(SharedWorld.Release(2, SharedWorld.Everyone).Item);
        foreach (
            var (path, shown) in new (string, int)[]
            {
                ("/misp/feed/all/manifest.json", 0),
                ($"/misp/feed/all/{first.Item.Id:D}.json", 1),
                ($"/events/view/{second.Item.Id:D}", 2),
                ("/api/v1/shares/indicators.csv", 2),
                ("/api/v1/shares/block-lists/ip.txt", 2),
            }
        )
        {
            using var reader = path.StartsWith("/api", StringComparison.Ordinal)
                ? await KnownAsync(hub, "Bearer", "")
                : await hub.MispAsync("power-a");
            for (var again = 0; again < 3; again++)
            {
                using var answer = await reader.GetAsync(path, Hubs.Token);
                answer.EnsureSuccessStatusCode();
            }

            // Each key is a reader of its own.
            (await ShownAsync(hub))
                .GroupBy(one => one.Actor, StringComparer.Ordinal)
                .Count()
                .ShouldBeGreaterThanOrEqualTo(shown == 0 ? 0 : 1);
        }

        var records = await ShownAsync(hub);
        records.Count.ShouldBe(1 + 1 + 2 + 2);
        records.Distinct().Count().ShouldBe(records.Count);
        records.ShouldAllBe(one => one.Detail.StartsWith("v1 ") && one.Detail.EndsWith(" power-a"));
    }

    [Fact]
    public async Task A_page_of_taxii_is_written_down_too_and_a_restart_repeats_nothing()
    {
        await using var hub = await SharedWorld.StartAsync();
        var release = hub.Releases().Leave(SharedWorld.Release(1, SharedWorld.Everyone).Item);
        using var reader = await KnownAsync(hub, "Basic", "anybody:");
        reader.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/taxii+json;version=2.1");
        var path = "/taxii2/all/collections/";
        using var list = System.Text.Json.JsonDocument.Parse(await reader.GetStringAsync(path, Hubs.Token));
        var id = list.RootElement.GetProperty("collections")[0].GetProperty("id").GetString();
        await reader.GetStringAsync($"{path}{id}/objects/?limit=2", Hubs.Token);
        await reader.GetStringAsync($"{path}{id}/objects/", Hubs.Token);
        var shown = (await ShownAsync(hub)).ShouldHaveSingleItem();
        shown.Subject.ShouldBe(release.Item.Id.ToString("N"));

        // As after a restart: what was written is read back.
        using var anew = new Noroshi.Server.Sharing.ShownItems(hub.Get<IHubStore>());
        var actor = new Noroshi.Hub.Identity.Actor
        {
            Kind = Noroshi.Hub.Identity.ActorKind.Key,
            Id = shown.Actor,
            Organization = "power-a",
        };
        await anew.NoteAsync(actor, "taxii", [new(release.Item.Id, 1)]);
        (await ShownAsync(hub)).Count.ShouldBe(1);
        await anew.NoteAsync(actor, "taxii", [new(release.Item.Id, 2)]);
        (await ShownAsync(hub)).Count.ShouldBe(2);
    }

    private static async Task<HttpClient> KnownAsync(TestHub hub, string scheme, string before)
    {
        var key = await hub.KeyAsync("power-a");
        var client = hub.Anonymous();
        client.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue(
            scheme,
            scheme == "Basic" ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(before + key)) : key
        );
        return client;
    }

    private static async Task<IReadOnlyList<JournalRecord>> ShownAsync(TestHub hub) =>
        [
            .. (await hub.Get<IHubStore>().Journal.ReadAsync(new JournalFilter { Action = JournalActions.ItemShown }, Hubs.Token)).Select(
                one => one.Record
            ),
        ];
}
