using System.Globalization;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Search;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Search;

/// <summary>Answers searches: who asks decides what is looked at; what was shown to whom stands in the journal before it is shown.</summary>
internal sealed class SearchDesk(SearchFeed feed, MailLibrary library, IHubStore store)
{
    private static readonly Role[] SeesAll = [Role.Analyst, Role.Coordinator];

    /// <summary>Runs a search for an actor.</summary>
    public async Task<(SearchPage Page, SearchAnswer Answer)> RunAsync(Actor actor, SearchRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        var index = await feed.IndexAsync(cancellation);
        var provisions = library.Provisions();
        var opened = new Dictionary<string, FoundMail>(StringComparer.Ordinal);
        var gone = new List<string>();
        var searcher = ActorOf(actor);
        var page = await new Searcher(index).RunAsync(
            request,
            searcher,
            async (ids, stop) =>
            {
                var documents = new List<SearchDocument?>(ids.Count);
                foreach (var id in ids)
                {
                    var mail = await library.OpenAsync(id, provisions, stop);
                    if (mail is null)
                    {
                        gone.Add(id);
                    }
                    else
                    {
                        opened[id] = mail;
                    }

                    documents.Add(mail?.Document);
                }

                return documents;
            },
            cancellation
        );
        if (gone.Count > 0)
        {
            await feed.ForgetAsync(gone, cancellation);
        }

        var hits = page.Hits.Select(hit => opened[hit.Id]).ToList();
        if (page.Problem is null)
        {
            await NoteAsync(actor, request, hits);
        }

        var hub = searcher.Scopes is null;
        return (page, new SearchAnswer([.. hits.Select(mail => SearchHit.Of(mail, hub))], page.Cursor, page.Notices));
    }

    /// <summary>What an actor may search: analysts and coordinators everything, others what is their organisation's.</summary>
    public static SearchActor ActorOf(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Kind == ActorKind.System || (actor.Organization is null && SeesAll.Any(actor.Is)) ? SearchActor.Hub
            : actor.Organization is { } organization ? SearchActor.Member(FoundMail.ScopeOf(organization)) with { Window = actor.Window }
            : SearchActor.Member();
    }

    private Task NoteAsync(Actor actor, SearchRequest request, List<FoundMail> hits)
    {
        var query = feed.QueryId(actor.Id, request.Text);
        var records = new List<JournalRecord>
        {
            new(actor.Id, JournalActions.SearchRun, query, hits.Count.ToString(CultureInfo.InvariantCulture)),
        };
        var hub = actor.Kind != ActorKind.System && actor.Roles.Any(RoleTable.Hub.Contains);
        foreach (var provision in hits.Select(mail => mail.Surroundings.Provision).Distinct(StringComparer.Ordinal))
        {
            records.Add(new JournalRecord(actor.Id, JournalActions.SearchHitShown, provision, query));
            if (hub)
            {
                records.Add(new JournalRecord(actor.Id, JournalActions.IdentityRead, provision, "search"));
            }
        }

        return store.Steps.AppendAsync(new HubChange { Documents = [], Journal = records });
    }
}
