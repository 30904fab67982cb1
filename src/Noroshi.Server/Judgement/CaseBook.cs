using System.Security.Cryptography;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>A title or a comment of a case.</summary>
/// <param name="Text">The words.</param>
/// <param name="About">Ids of the provisions that they are about.</param>
internal sealed record CaseWords(string Text, IReadOnlyList<string> About);

/// <summary>
/// Cases as they are read. The documents of a case hold ids only; its words are documents of their own, one copy under each provision that they
/// are about. So they open as long as one of these provisions is there, and end with the last of them (decision 16). Where a document of a case
/// names words it says <see cref="Mark"/> and their id.
/// </summary>
internal sealed class CaseBook(
    Register<CaseFile> cases,
    Register<CaseWords> words,
    IHubStore store,
    HubSituation situation,
    HubRecords records
)
{
    /// <summary>Kind of the documents.</summary>
    public const string WordsKind = "case-words";

    /// <summary>Copies at most. The words of a case over more provisions end with the newest of them, which leave last.</summary>
    public const int MostCopies = 16;

    private const string Mark = "words:";
    private const string Fresh = "new:";

    /// <summary>Words that were written now, as <see cref="PutAsync"/> takes them.</summary>
    public static string New(string text) => Fresh + text;

    /// <summary>All cases, by id; their words are references.</summary>
    public IReadOnlyList<Registered<CaseFile>> All => cases.All;

    /// <summary>The case of an id, its words as references; null when there is none.</summary>
    public Registered<CaseFile>? Find(string id) => cases.Find(id);

    /// <summary>A case with its words. Of a title that was erased nothing is left, and a comment that was erased is not there.</summary>
    public CaseFile Open(CaseFile stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored with { Title = TextOf(stored.Title) ?? "", Comments = [.. stored.Comments.Select(Open).OfType<CaseComment>()] };
    }

    /// <summary>A case as analysts see it.</summary>
    public CaseView View(Registered<CaseFile> one) => new(one.Id, one.Version, one.At, Open(one.Value));

    /// <summary>All versions, oldest first; a removal has no value.</summary>
    public Task<IReadOnlyList<(CaseFile? Value, long Version, DateTimeOffset At)>> HistoryAsync(
        string id,
        CancellationToken cancellation
    ) => cases.HistoryAsync(store, id, cancellation);

    /// <summary>The words of a reference; null when they were erased.</summary>
    public string? TextOf(string reference) => reference.StartsWith(Mark, StringComparison.Ordinal) ? Found(reference)?.Text : reference;

    /// <summary>
    /// The change of a case, with the copies of its words. What is given in plain is put under the provisions that the case is over, or under the
    /// one that it is about; a title also covers what came into the case later. To be called where a change is decided.
    /// </summary>
    /// <param name="id">The case.</param>
    /// <param name="value">The case; old words stand in it as references, new ones as <see cref="New"/> gives them.</param>
    /// <param name="seen">The version that the change rests on.</param>
    /// <param name="about">The mail or provision that the new comments are about; null: the case as a whole.</param>
    public async Task<IReadOnlyList<Change>> PutAsync(string id, CaseFile value, long seen, string? about = null)
    {
        var changes = new List<Change>();
        var over = await LivingAsync(ProvisionsOf(value));
        var narrow = about is null
            ? over
            : await LivingAsync(
                ProvisionsOf(
                    new CaseFile
                    {
                        Title = "",
                        Mails = [about],
                        Provisions = [about],
                    }
                )
            );
        var covers = Found(value.Title)?.About ?? [];
        // A title that was erased stays so: there is nothing that could be written again.
        var grown = Found(value.Title) is not null && over.Any(one => !covers.Contains(one.ToString(), StringComparer.Ordinal));
        var title = !IsReference(value.Title) || grown ? Write(TextOf(value.Title) ?? "", over, changes) : value.Title;
        var comments = value
            .Comments.Select(one => IsReference(one.Text) ? one : one with { Text = Write(one.Text, narrow, changes) })
            .ToList();
        changes.Add(cases.Put(id, value with { Title = title, Comments = comments }, seen));
        return changes;
    }

    private static bool IsReference(string text) => text.StartsWith(Mark, StringComparison.Ordinal);

    private CaseComment? Open(CaseComment stored) => TextOf(stored.Text) is { } text ? stored with { Text = text } : null;

    private CaseWords? Found(string reference)
    {
        for (var copy = 0; IsReference(reference) && copy < MostCopies; copy++)
        {
            if (words.Find(SubjectOf(reference, copy)) is { } found)
            {
                return found.Value;
            }
        }

        return null;
    }

    private string Write(string given, IReadOnlyList<ProvisionId> about, List<Change> changes)
    {
        var text = given.StartsWith(Fresh, StringComparison.Ordinal) ? given[Fresh.Length..] : given;
        var reference = Mark + RandomNumberGenerator.GetHexString(32, lowercase: true);
        var value = new CaseWords(text, [.. about.Select(one => one.ToString())]);
        for (var copy = 0; copy < Math.Max(1, about.Count); copy++)
        {
            var subject = SubjectOf(reference, copy);
            changes.Add(words.Put(subject, value, RetentionClass.PersonalData, copy < about.Count ? about[copy] : null));
        }

        return reference;
    }

    private static string SubjectOf(string reference, int copy) => $"{reference[Mark.Length..]}.{copy}";

    /// <summary>Provisions of the mails, of the mails of the conversations, and those that were named.</summary>
    private HashSet<ProvisionId> ProvisionsOf(CaseFile value)
    {
        var provisions = new HashSet<ProvisionId>();
        var current = situation.Current;
        foreach (var mail in value.Mails.Concat(value.Conversations.SelectMany(current.MailsOf)))
        {
            if (situation.ProvisionOf(mail) is { } provision)
            {
                provisions.Add(provision);
            }
        }

        foreach (var id in value.Provisions)
        {
            if (Guid.TryParseExact(id, "N", out var guid))
            {
                provisions.Add(new ProvisionId(guid));
            }
        }

        return provisions;
    }

    /// <summary>Those that were not erased, the newest first, no more than copies are made.</summary>
    private async Task<IReadOnlyList<ProvisionId>> LivingAsync(IReadOnlyCollection<ProvisionId> provisions)
    {
        var known = new List<(long Number, ProvisionId Id)>();
        foreach (var one in provisions)
        {
            if (await store.Intake.FindAsync(one) is { } stored)
            {
                known.Add((stored.Number, one));
            }
        }

        var living = new List<ProvisionId>();
        foreach (var (_, one) in known.OrderByDescending(one => one.Number))
        {
            if (living.Count < MostCopies && await records.AboutAsync(one.ToString()) is { } lives)
            {
                living.Add(lives);
            }
        }

        return living;
    }
}
