using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Noroshi.Exchange.Reports.Site;
using Noroshi.Hub;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Reports.Outputs;

/// <summary>The public site over HTTP: what was published and the lists of it, nothing else; no sign-in, no script, no cookie.</summary>
internal sealed class PublicPages(Publications publications, Community community)
{
    private const string Root = "/public";
    private const string FirstPage = "index.html";

    // The page's own policy narrows the style sheets further; images are those beside it.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private readonly Lock _gate = new();
    private Shelf? _shelf;

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.Get($"{Root}/{{**path}}", Policies.Anybody, AnswerAsync).ExcludeFromDescription();
    }

    /// <summary>Every file of the site as it stands: for a folder that somebody else serves.</summary>
    public async IAsyncEnumerable<SiteFile> AllAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var shelf = Current();
        foreach (var file in shelf.Files.Values)
        {
            yield return new SiteFile(file.Path, file.MediaType, await publications.ReadAsync(file, cancellation));
        }

        foreach (var index in shelf.Indexes.Values)
        {
            yield return index;
        }
    }

    private async Task<IResult> AnswerAsync(HttpContext context, string? path, CancellationToken cancellation)
    {
        var name = path ?? "";
        var shelf = Current();
        if (
            name.Length > 0 && !name.EndsWith('/') && shelf.Has($"{name}/{FirstPage}")
            || (name.Length == 0 && context.Request.Path == Root)
        )
        {
            // Links of a page start at its folder.
            return TypedResults.Redirect($"{context.Request.PathBase}{Root}/{(name.Length == 0 ? "" : name + "/")}", permanent: true);
        }

        name = name.Length == 0 || name.EndsWith('/') ? name + FirstPage : name;
        byte[] bytes;
        string media;
        if (shelf.Files.TryGetValue(name, out var file))
        {
            (bytes, media) = (await publications.ReadAsync(file, cancellation), file.MediaType);
        }
        else if (shelf.Indexes.TryGetValue(name, out var index))
        {
            (bytes, media) = (index.Content.ToArray(), index.MediaType);
        }
        else
        {
            return Problem.NotFound;
        }

        var hash = SHA256.HashData(bytes);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "public, max-age=300";
        headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(hash)}:";
        return TypedResults.Bytes(bytes, media, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(hash)}\""));
    }

    private Shelf Current()
    {
        var all = publications.All;
        lock (_gate)
        {
            return _shelf is { } shelf && ReferenceEquals(shelf.Of, all) ? shelf : _shelf = Shelf.Made(all, Issuer(all));
        }
    }

    private Words Issuer(IReadOnlyList<Registered<Publication>> all) =>
        all.MaxBy(one => one.Value.At)?.Value.Issuer
        ?? new Words(community.Current.Hub?.NameJa ?? "情報ハブ", community.Current.Hub?.NameEn ?? "Information hub");

    /// <summary>What can be asked for.</summary>
    private sealed record Shelf(
        IReadOnlyList<Registered<Publication>> Of,
        IReadOnlyDictionary<string, PublishedFile> Files,
        IReadOnlyDictionary<string, SiteFile> Indexes
    )
    {
        public static Shelf Made(IReadOnlyList<Registered<Publication>> all, Words issuer) =>
            new(
                all,
                all.SelectMany(one => one.Value.Files).ToDictionary(file => file.Path, StringComparer.Ordinal),
                PublicSite
                    .Indexes(
                        issuer,
                        [
                            .. all.Select(one => new SiteEntry(
                                one.Id,
                                one.Value.FiscalYear,
                                one.Value.Form,
                                one.Value.Title,
                                one.Value.Date,
                                one.Value.Revision
                            )),
                        ]
                    )
                    .ToDictionary(file => file.Path, StringComparer.Ordinal)
            );

        public bool Has(string path) => Files.ContainsKey(path) || Indexes.ContainsKey(path);
    }
}
