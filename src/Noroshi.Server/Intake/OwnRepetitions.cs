using System.Text;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Intake;

/// <summary>An item that the same organisation has given before.</summary>
/// <param name="Item">Place in the new provision, from 1.</param>
/// <param name="Earlier">The earlier provision.</param>
internal sealed record EarlierGiving(int Item, StoredProvision Earlier);

/// <summary>
/// Which items an organisation has given before. The answer rests on marks of this organisation alone: neither what it says nor how long it takes
/// depends on what others gave. A mark is a document of the provision, so that it ends with it.
/// </summary>
internal sealed class OwnRepetitions(IHubStore store, KeyedMarks marks)
{
    /// <summary>Kind of the marks in the log. Subject: the keyed hash, which ends with the document.</summary>
    public const string Kind = "given";

    private static readonly byte[] Given = [1];

    /// <summary>Items that were given before, and the marks of all.</summary>
    public async Task<(IReadOnlyList<EarlierGiving> Earlier, IReadOnlyList<string> Marks)> FindAsync(
        string? organization,
        IReadOnlyList<ReadOnlyMemory<byte>> contents,
        CancellationToken cancellation
    )
    {
        var owner = Encoding.UTF8.GetBytes(organization ?? "");
        var earlier = new List<EarlierGiving>();
        var all = new List<string>(contents.Count);
        for (var i = 0; i < contents.Count; i++)
        {
            var mark = "#" + await marks.OfAsync(cancellation, "given"u8.ToArray(), owner, contents[i]);
            all.Add(mark);
            if (
                await store.Steps.LatestAsync(Kind, mark, cancellation) is { Body.IsEmpty: false, Provision: { } provision }
                && await store.Intake.FindAsync(provision, cancellation) is { } found
            )
            {
                earlier.Add(new EarlierGiving(i + 1, found));
            }
        }

        return (earlier, all);
    }

    /// <summary>Documents of a new provision by which its items are known again. Of an item that was given before, the first provision stays the one that is named.</summary>
    public static IEnumerable<NewDocument> Documents(IReadOnlyList<string> all, IReadOnlyList<EarlierGiving> earlier)
    {
        var known = earlier.Select(one => one.Item - 1).ToHashSet();
        return all.Where((_, i) => !known.Contains(i))
            .Distinct(StringComparer.Ordinal)
            .Select(mark => new NewDocument(null, Kind, RetentionClass.PersonalData, Given, mark));
    }
}
