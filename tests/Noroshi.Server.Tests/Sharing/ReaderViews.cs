using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MimeKit;
using Noroshi.Server.Tests.Steps;

namespace Noroshi.Server.Tests.Sharing;

/// <summary>One answer of the hub: all of it that a reader can see.</summary>
internal sealed record ReaderView(string Path, string Headers, byte[] Body)
{
    /// <summary>The body as text; a mail with its parts decoded.</summary>
    public string Decoded()
    {
        var text = Encoding.UTF8.GetString(Body);
        if (!Headers.Contains("message/rfc822", StringComparison.Ordinal))
        {
            return text;
        }

        using var stream = new MemoryStream(Body);
        using var mail = MimeMessage.Load(stream, Hubs.Token);
        var parts = mail
            .BodyParts.OfType<MimePart>()
            .Select(part =>
            {
                using var content = new MemoryStream();
                part.Content?.DecodeTo(content, Hubs.Token);
                return Encoding.UTF8.GetString(content.ToArray());
            });
        return $"{text}\n{mail.Subject}\n{string.Join('\n', parts)}";
    }
}

/// <summary>Walks every way by which a member reads what was shared, as a member's machines do: lists, forms, versions, feeds, pages, refusals.</summary>
internal static class ReaderViews
{
    private static readonly string[] Formats = ["json", "stix", "misp", "csv", "mail", "none-such"];

    public static async Task<IReadOnlyList<ReaderView>> OfAsync(HttpClient reader)
    {
        var views = new List<ReaderView>();
        async Task<string> SeeAsync(string path, HttpMethod? method = null, string? body = null, string? accept = null)
        {
            using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", accept ?? "*/*");
            if (body is not null)
            {
                request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            }

            using var answer = await reader.SendAsync(request, Hubs.Token);
            var bytes = await answer.Content.ReadAsByteArrayAsync(Hubs.Token);
            var headers = answer
                .Headers.Concat(answer.Content.Headers)
                .Where(one => one.Key is not "Date")
                .OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => $"{one.Key}: {string.Join(", ", one.Value)}");
            var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
            views.Add(new ReaderView($"{request.Method} {path}", $"{status}\n{string.Join('\n', headers)}", bytes));
            return Encoding.UTF8.GetString(bytes);
        }

        var ids = await ItemsAsync(SeeAsync);
        foreach (var path in ids.SelectMany(PathsOf))
        {
            await SeeAsync(path);
        }

        foreach (
            var path in (string[])
                ["indicators.csv", "indicators.csv?lang=en", "block-lists/host.txt", "block-lists/sender.txt", "block-lists/sha256.txt"]
        )
        {
            await SeeAsync("/api/v1/shares/" + path);
        }

        await MispAsync(SeeAsync, ids);
        await TaxiiAsync(SeeAsync);
        foreach (var path in (string[])["/api/v1/drafts", "/api/v1/approvals", "/api/v1/approvals/none", "/api/v1/provisions"])
        {
            await SeeAsync(path);
        }

        return views;
    }

    private static IEnumerable<string> PathsOf(string id) =>
        [
            .. Formats.SelectMany(format => (string[])[$"/api/v1/items/{id}/{format}", $"/api/v1/items/{id}/{format}?version=1"]),
            $"/api/v1/items/{id}/json?version=2",
            $"/api/v1/items/{id}/json?version=99",
            $"/api/v1/items/{id}/sightings",
            $"/api/v1/items/{id}/receivers",
            $"/api/v1/items/{id}/sightings/all",
            $"/api/v1/shares/indicators.csv?item={id}",
        ];

    private static async Task<IReadOnlyList<string>> ItemsAsync(Func<string, HttpMethod?, string?, string?, Task<string>> see)
    {
        var ids = new List<string>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = JsonDocument
                .Parse(await see("/api/v1/items" + (cursor.Length == 0 ? "" : $"?cursor={Uri.EscapeDataString(cursor)}"), null, null, null))
                .RootElement;
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString() ?? ""));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        ids.Add("00000000-0000-4000-8000-000000000000");
        return ids;
    }

    private static async Task MispAsync(Func<string, HttpMethod?, string?, string?, Task<string>> see, IReadOnlyList<string> ids)
    {
        foreach (var channel in (string[])["all", "public", "group-power", "group-gas"])
        {
            await see($"/misp/feed/{channel}/manifest.json", null, null, null);
            await see($"/misp/feed/{channel}/hashes.csv", null, null, null);
            foreach (var id in ids)
            {
                await see($"/misp/feed/{channel}/{id}.json", null, null, null);
            }
        }

        await see("/events/index", null, null, null);
        await see("/events/index", HttpMethod.Post, "{\"minimal\":1}", null);
        await see("/events/index", HttpMethod.Post, "{", null);
        foreach (var id in ids)
        {
            await see($"/events/view/{id}", HttpMethod.Post, "{\"deleted\":[0,1]}", null);
            await see($"/events/view/{id}/deleted:1", null, null, null);
        }

        await see("/servers/getVersion", null, null, null);
    }

    private static async Task TaxiiAsync(Func<string, HttpMethod?, string?, string?, Task<string>> see)
    {
        const string type = "application/taxii+json;version=2.1";
        foreach (var root in (string[])["all", "public", "group-power", "group-gas", "inbox"])
        {
            var collections = JsonDocument.Parse(await see($"/taxii2/{root}/collections/", null, null, type)).RootElement;
            if (!collections.TryGetProperty("collections", out var list))
            {
                continue;
            }

            foreach (var id in list.EnumerateArray().Select(one => one.GetProperty("id").GetString()))
            {
                var path = $"/taxii2/{root}/collections/{id}";
                foreach (
                    var part in (string[])
                        ["/objects/?match[version]=all", "/manifest/?match[version]=all", "/objects/", "/objects/?limit=5"]
                )
                {
                    var next = "";
                    for (var pages = 0; pages < 20; pages++)
                    {
                        var glue = part.Contains('?', StringComparison.Ordinal) ? "&" : "?";
                        var answer = JsonDocument
                            .Parse(await see(path + part + (next.Length == 0 ? "" : $"{glue}next={next}"), null, null, type))
                            .RootElement;
                        if (!answer.TryGetProperty("next", out var more))
                        {
                            break;
                        }

                        next = more.GetString() ?? "";
                    }
                }
            }
        }

        await see("/taxii2/", null, null, type);
        await see("/taxii2/", null, null, "text/html");
    }
}
