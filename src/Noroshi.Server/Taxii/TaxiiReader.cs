using Noroshi.Exchange.Taxii;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Taxii;

/// <summary>An API root that a reader has.</summary>
/// <param name="Name">Name in the address.</param>
/// <param name="Title">Title.</param>
/// <param name="Collection">Its one collection.</param>
internal sealed record TaxiiRoot(string Name, string Title, TaxiiCollectionInfo Collection)
{
    /// <summary>Address, below the hub's own.</summary>
    public string Path => $"{TaxiiErrors.Root}/{Uri.EscapeDataString(Name)}/";
}

/// <summary>Who reads and writes which roots: the streams of the audiences that an organisation belongs to, and its own inbox.</summary>
internal sealed class TaxiiReaders(Community community, IReleaseSource source)
{
    /// <summary>Name of the root with a member's inbox.</summary>
    public const string Inbox = "inbox";

    /// <summary>The roots of an actor, in a fixed order.</summary>
    public async Task<IReadOnlyList<TaxiiRoot>> RootsAsync(Actor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var hub = source.Hub;
        var members = community.Current;
        var organization = community.Find(actor.Organization);
        var schemes = members.Schemes.Where(one => organization is not null && one.Relay == organization.Id).Select(one => one.Id);
        var roots = Channels
            .For(organization?.Group, schemes, body: null)
            .Select(channel => new TaxiiRoot(
                channel,
                TitleOf(channel, members),
                new TaxiiCollectionInfo(
                    TaxiiAccess.CollectionId(hub.Id, "stream", channel),
                    TitleOf(channel, members),
                    "情報ハブが共有した情報(STIX 2.1) / What the hub shared (STIX 2.1)",
                    CanRead: true,
                    CanWrite: false
                )
            ))
            .ToList();
        if (organization is not null)
        {
            roots.Add(
                new TaxiiRoot(
                    Inbox,
                    "情報提供の受付 / Inbox",
                    new TaxiiCollectionInfo(
                        TaxiiAccess.CollectionId(hub.Id, "inbox", organization.Id),
                        "情報提供の受付 / Inbox",
                        "提供した情報は共有の承認を経るまで誰にも渡りません。 / What is handed in reaches nobody before it was approved.",
                        CanRead: false,
                        CanWrite: true
                    )
                )
            );
        }

        return roots;
    }

    /// <summary>A root of the actor: of one that he has not the answer is that of none.</summary>
    /// <exception cref="ProblemException">He has none of that name.</exception>
    public async Task<TaxiiRoot> RootAsync(Actor actor, string name, CancellationToken cancellation) =>
        (await RootsAsync(actor, cancellation)).FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal))
        ?? throw new ProblemException(ProblemKind.NotFound);

    /// <summary>The collection of a root.</summary>
    /// <exception cref="ProblemException">There is none, or it does not allow the deed.</exception>
    public async Task<TaxiiRoot> CollectionAsync(
        Actor actor,
        string root,
        string collection,
        TaxiiDeed? deed,
        CancellationToken cancellation
    )
    {
        var found = await RootAsync(actor, root, cancellation);
        if (!string.Equals(collection, found.Collection.Id.ToString("D"), StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(ProblemKind.NotFound);
        }

        return deed is { } asked && TaxiiAccess.Refusal(found.Collection.CanRead, found.Collection.CanWrite, asked) is { } status
            ? throw new ProblemException(status == StatusCodes.Status403Forbidden ? ProblemKind.Forbidden : ProblemKind.NotFound)
            : found;
    }

    private static string TitleOf(string channel, Members members)
    {
        if (channel == Channels.All)
        {
            return "全業界 / All groups";
        }

        if (channel == Channels.Public)
        {
            return "公開 / Public";
        }

        var group = members.Groups.FirstOrDefault(one => Channels.Group(one.Id) == channel);
        return group?.NameJa is { Length: > 0 } ja ? $"{ja} / {group.NameEn ?? group.Id}" : channel;
    }
}
