using System.Globalization;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Search;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Intake;

namespace Noroshi.Server.Search;

/// <summary>Answers searches: who asks decides what is looked at; what was shown to whom stands in the journal before it is shown.</summary>
internal sealed class SearchDesk(SearchFeed feed, MailLibrary library, ProvisionIndex index, Scope scope, IHubStore store)
{
    /// <summary>Runs a search for an actor.</summary>
    public async Task<(SearchPage Page, SearchAnswer Answer)> RunAsync(Actor actor, SearchRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        var found = await feed.IndexAsync(cancellation);
        var provisions = library.Provisions();
        var opened = new Dictionary<string, FoundMail>(StringComparer.Ordinal);
        var gone = new List<string>();
        var searcher = ActorOf(actor);
        var page = await new Searcher(found).RunAsync(
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

        var hits = await VisibleAsync(actor, [.. page.Hits.Select(hit => opened[hit.Id])], cancellation);
        if (page.Problem is null)
        {
            await NoteAsync(actor, request, hits);
        }

        var hub = searcher.Scopes is null;
        return (page, new SearchAnswer([.. hits.Select(mail => SearchHit.Of(mail, hub))], page.Cursor, page.Notices));
    }

    /// <summary>What an actor may search: analysts and coordinators everything, others what is their organisation's.</summary>
    private SearchActor ActorOf(Actor actor) =>
        scope.ExtentOf<IndexedProvision>(actor, Verb.Read) switch
        {
            Extent.All => SearchActor.Hub,
            Extent.Own when actor.Organization is { } organization => SearchActor.Member(FoundMail.ScopeOf(organization)) with
            {
                Window = actor.Window,
            },
            Extent.Own or Extent.None => SearchActor.Member(),
        };

    /// <summary>Hits whose provisions the scope lets through: the index narrows down, it does not decide.</summary>
    private async Task<List<FoundMail>> VisibleAsync(Actor actor, List<FoundMail> hits, CancellationToken cancellation)
    {
        var provisions = new List<IndexedProvision>();
        foreach (var id in hits.Select(mail => mail.Surroundings.Provision).Distinct(StringComparer.Ordinal))
        {
            if (await index.FindAsync(id, cancellation) is { } provision)
            {
                provisions.Add(provision);
            }
        }

        var visible = (await scope.VisibleAsync(actor, Verb.Read, provisions))
            .Select(one => one.Id.ToString())
            .ToHashSet(StringComparer.Ordinal);
        return [.. hits.Where(mail => visible.Contains(mail.Surroundings.Provision))];
    }

    private Task NoteAsync(Actor actor, SearchRequest request, List<FoundMail> hits)
    {
        var query = feed.QueryId(actor.Id, request.Text);
        var records = new List<JournalRecord>
        {
            new(actor.Id, JournalActions.SearchRun, query, hits.Count.ToString(CultureInfo.InvariantCulture)),
        };
        foreach (var provision in hits.Select(mail => mail.Surroundings.Provision).Distinct(StringComparer.Ordinal))
        {
            records.Add(new JournalRecord(actor.Id, JournalActions.SearchHitShown, provision, query));
        }

        return store.Steps.AppendAsync(new HubChange { Documents = [], Journal = records });
    }
}
