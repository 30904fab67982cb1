using System.Net;
using System.Text;
using System.Text.Json;
using Noroshi.Server.Sharing;
using Noroshi.Server.Tests.Identity;
using Noroshi.Server.Tests.Sharing;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Taxii;

/// <summary>What the hub itself released, as others read it through TAXII.</summary>
public sealed class TaxiiSharesTests
{
    [Fact]
    public async Task A_case_that_left_is_read_without_its_provider_and_a_sighting_of_it_is_an_answer()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        using var analyst = hub.Analyst();
        var (draft, version) = await hub.DraftAsync(analyst, null, "aoba");
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version }, HttpStatusCode.NoContent);
        await hub.DecideAsync(draft, "aoba");
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/release", new { version }, HttpStatusCode.Created);

        using var kitano = hub.Member("kitano");
        var collection = await CollectionAsync(kitano, "all");
        var text = await kitano.GetStringAsync($"/taxii2/all/collections/{collection}/objects/", Browser.Cancellation);
        foreach (var word in new[] { "青葉", "aoba", "太郎", "お客様窓口" })
        {
            text.ShouldNotContain(word);
        }

        text.ShouldContain("13分後");
        using var envelope = JsonDocument.Parse(text);
        var indicator = envelope
            .RootElement.GetProperty("objects")
            .EnumerateArray()
            .First(one => one.GetProperty("type").GetString() == "indicator")
            .GetProperty("id")
            .GetString();

        var body =
            $$"""{"objects":[{"type":"sighting","id":"sighting--3f1c3d0a-98c4-4a52-8f41-5f1f3f6e9b10","spec_version":"2.1","sighting_of_ref":"{{indicator}}"}]}""";
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", TaxiiHub.Type);
        using var answer = await kitano.PostAsync(
            $"/taxii2/inbox/collections/{await CollectionAsync(kitano, "inbox")}/objects/",
            content,
            Browser.Cancellation
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var book = hub.Hub.Get<ReleaseBook>();
        var said = hub.Hub.Get<SightingWork>().Of(book.Items().Single().File.Release.Item.Id).Single();
        (said.Organization, said.Kind).ShouldBe(("kitano", SightingKind.Seen));
    }

    private static async Task<string?> CollectionAsync(HttpClient client, string root)
    {
        var text = await client.GetStringAsync($"/taxii2/{root}/collections/", Browser.Cancellation);
        return JsonElement.Parse(text).GetProperty("collections")[0].GetProperty("id").GetString();
    }
}
