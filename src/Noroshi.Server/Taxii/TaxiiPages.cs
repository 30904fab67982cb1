using Noroshi.Exchange.Taxii;
using Noroshi.Hub.Identity;
using Noroshi.Server.Hosting;
using Noroshi.Server.Intake;

namespace Noroshi.Server.Taxii;

/// <summary>In which form a page is answered.</summary>
internal enum TaxiiForm
{
    /// <summary>The objects.</summary>
    Envelope,

    /// <summary>What is known of the objects.</summary>
    Manifest,

    /// <summary>The versions of one object.</summary>
    Versions,
}

/// <summary>What is asked of a collection.</summary>
/// <param name="Root">API root.</param>
/// <param name="Collection">Id of the collection.</param>
/// <param name="Form">Form of the answer.</param>
/// <param name="Object">Id of the one object; null: any.</param>
internal sealed record TaxiiQuestion(string Root, string Collection, TaxiiForm Form, string? Object);

/// <summary>Reads pages of collections for those who may.</summary>
internal sealed class TaxiiPages(TaxiiReaders readers, TaxiiBooks books, KeyedMarks marks)
{
    /// <summary>A page, and what leads to the next one.</summary>
    /// <exception cref="ProblemException">There is no such collection for the actor, or the query cannot be used.</exception>
    public async Task<(TaxiiPage Page, string? Next)> ReadAsync(
        Actor actor,
        TaxiiQuestion question,
        IEnumerable<KeyValuePair<string, string>> query,
        CancellationToken cancellation
    )
    {
        var root = await readers.CollectionAsync(actor, question.Root, question.Collection, TaxiiDeed.Read, cancellation);
        var filter =
            FilterOf(question, query) ?? throw Wrong("絞り込みの指定が正しくありません。", "A filter of the query cannot be used.");
        var cursor = new TaxiiCursor(Convert.FromHexString(await marks.OfAsync(cancellation, "taxii-next")));
        var reader = actor.Organization ?? actor.Id;
        var place = $"{root.Name} {question.Form} {question.Object}";
        var after = filter.Next is { } next
            ? cursor.Open(next, reader, place, filter)
                ?? throw Wrong("next が正しくありません。", "This next was not handed out for this request.")
            : (DateTimeOffset?)null;
        var collection = await books.OfAsync(root.Name, cancellation);
        if (question.Object is { } id && !collection.Has(id))
        {
            throw new ProblemException(ProblemKind.NotFound);
        }

        var page = collection.Read(filter, after);
        return (page, page.More ? cursor.Seal(page.Entries[^1].AddedAt, reader, place, filter) : null);
    }

    private static TaxiiFilter? FilterOf(TaxiiQuestion question, IEnumerable<KeyValuePair<string, string>> query)
    {
        var filter = (question.Object, question.Form) switch
        {
            (null, _) => TaxiiFilter.Read(query, "id", "type", "version", "spec_version"),
            (_, TaxiiForm.Versions) => TaxiiFilter.Read(query, "spec_version") is { } read ? read with { All = true } : null,
            _ => TaxiiFilter.Read(query, "version", "spec_version"),
        };
        return filter is null || question.Object is not { } id
            ? filter
            : filter with
            {
                Ids = new HashSet<string>(StringComparer.Ordinal) { id },
            };
    }

    private static ProblemException Wrong(string ja, string en) => new(ProblemKind.BadRequest, ja, en);
}
