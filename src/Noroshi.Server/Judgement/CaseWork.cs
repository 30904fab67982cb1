using System.Security.Cryptography;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>Something that cannot be done as asked; the words are for the analyst.</summary>
internal sealed class WorkRefusedException : Exception
{
    public WorkRefusedException() { }

    public WorkRefusedException(string message)
        : base(message) { }

    public WorkRefusedException(string message, Exception cause)
        : base(message, cause) { }
}

/// <summary>What analysts do with verdicts and cases. Every change is a version that names the one it rests on, and stands in the journal.</summary>
internal sealed class CaseWork(
    Register<GivenVerdict> verdicts,
    Register<CaseFile> cases,
    HubRecords records,
    IHubStore store,
    TimeProvider time
)
{
    private const int LongestTitle = 200;
    private const int LongestText = 10_000;
    private const int MostMails = 1_000;

    /// <summary>Judges mails; the newest verdict of a mail counts.</summary>
    public async Task JudgeAsync(Actor by, VerdictOrder order)
    {
        Refuse(order.Mails.Count is 0 or > MostMails, $"One order judges 1 to {MostMails} mails.");
        Refuse(order.Note?.Length > LongestText, $"A note has at most {LongestText} characters.");
        foreach (var mail in order.Mails)
        {
            Refuse(
                await store.Steps.LatestAsync(Pipeline.DocumentKinds.Mail, mail) is null,
                $"There is no mail '{mail}'; none of the mails was judged."
            );
        }

        await records.ChangeAsync(
            [.. order.Mails.Select(mail => new JournalRecord(by.Id, JournalActions.VerdictGiven, mail, order.Verdict.ToString()))],
            [.. order.Mails.Select(mail => verdicts.Put(mail, new GivenVerdict(order.Verdict, order.Reason, by.Id, order.Note)))]
        );
    }

    /// <summary>Opens a case.</summary>
    public async Task<Registered<CaseFile>> OpenAsync(Actor by, CaseOrder order)
    {
        CheckTitle(order.Title);
        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var made = new CaseFile
        {
            Title = order.Title.Trim(),
            Mails = CaseFile.Union(order.Mails ?? [], []),
            Conversations = CaseFile.Union(order.Conversations ?? [], []),
            Provisions = CaseFile.Union(order.Provisions ?? [], []),
        };
        await Write(by, "opened", (id, made, 0));
        return Find(id);
    }

    /// <summary>Changes a case.</summary>
    public async Task<Registered<CaseFile>> ChangeAsync(Actor by, string id, CaseChange change)
    {
        var old = Find(id);
        Refuse(old.Value.State == CaseState.Merged, $"The case is part of {old.Value.MergedInto} now; change that one.");
        Refuse(change.Comment?.Length > LongestText, $"A comment has at most {LongestText} characters.");
        var value = old.Value;
        if (change.Title is { } title)
        {
            CheckTitle(title);
            value = value with { Title = title.Trim() };
        }

        if (change.Verb is { } verb)
        {
            Refuse(
                verb == CaseVerb.Exclude && string.IsNullOrWhiteSpace(change.Comment),
                "A case is excluded with a reason: add a comment."
            );
            value = value with
            {
                State = CaseFile.After(value.State, verb) ?? throw new WorkRefusedException($"A case that is {value.State} cannot {verb}."),
            };
        }

        value = value with
        {
            Assignee = change.Assignee is { } assignee ? (assignee.Length == 0 ? null : assignee) : value.Assignee,
            Mails =
            [
                .. CaseFile
                    .Union(value.Mails, change.AddMails ?? [])
                    .Except(change.RemoveMails ?? [], StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            Conversations = CaseFile.Union(value.Conversations, change.AddConversations ?? []),
            Comments = string.IsNullOrWhiteSpace(change.Comment)
                ? value.Comments
                : [.. value.Comments, new CaseComment(by.Id, time.GetUtcNow(), change.Comment.Trim())],
        };
        Refuse(value.Mails.Count > CaseFile.Most || value.Comments.Count > CaseFile.Most, $"A case holds at most {CaseFile.Most} mails.");
        await Write(by, change.Verb?.ToString() ?? "changed", (id, value, change.Version));
        return Find(id);
    }

    /// <summary>Puts one case into another, both as they were seen.</summary>
    public async Task<Registered<CaseFile>> MergeAsync(Actor by, (string Id, long Version) kept, (string Id, long Version) gone)
    {
        Refuse(kept.Id == gone.Id, "A case cannot be merged with itself.");
        CaseFile one;
        CaseFile other;
        try
        {
            (one, other) = Find(kept.Id).Value.Merge(Find(gone.Id).Value, kept.Id);
        }
        catch (InvalidOperationException error)
        {
            throw new WorkRefusedException(error.Message, error);
        }

        await Write(by, "merged", (kept.Id, one, kept.Version), (gone.Id, other, gone.Version));
        return Find(kept.Id);
    }

    /// <summary>
    /// Takes the last change of a case back by writing the version before it anew; nothing is lost, the undone version stays in the history.
    /// A merge is undone on both cases: the other one is told by its own undo.
    /// </summary>
    public async Task<Registered<CaseFile>> UndoAsync(Actor by, string id, long version)
    {
        Find(id);
        var history = await cases.HistoryAsync(store, id, CancellationToken.None);
        var before = history.Where(one => one.Version < version && one.Value is not null).OrderBy(one => one.Version).LastOrDefault();
        var value = before.Value ?? throw new WorkRefusedException("This is the first version; there is nothing to undo.");
        await Write(by, "undone", (id, value, version));
        return Find(id);
    }

    /// <summary>All versions, oldest first.</summary>
    public async Task<IReadOnlyList<CaseVersion>> HistoryAsync(string id, CancellationToken cancellation)
    {
        Find(id);
        var versions = new List<CaseVersion>();
        foreach (var (value, version, at) in await cases.HistoryAsync(store, id, cancellation))
        {
            if (value is not null)
            {
                versions.Add(new CaseVersion(version, at, value));
            }
        }

        return versions;
    }

    private Registered<CaseFile> Find(string id) => cases.Find(id) ?? throw new KeyNotFoundException($"There is no case '{id}'.");

    private Task Write(Actor by, string what, params (string Id, CaseFile Value, long Seen)[] changes) =>
        records.ChangeAsync(
            [.. changes.Select(one => new JournalRecord(by.Id, JournalActions.CaseChanged, one.Id, what))],
            [.. changes.Select(one => cases.Put(one.Id, one.Value, one.Seen))]
        );

    private static void CheckTitle(string title) =>
        Refuse(string.IsNullOrWhiteSpace(title) || title.Length > LongestTitle, $"A case has a title of 1 to {LongestTitle} characters.");

    private static void Refuse(bool when, string why)
    {
        if (when)
        {
            throw new WorkRefusedException(why);
        }
    }
}
