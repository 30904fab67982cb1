using System.Security.Cryptography;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>What analysts do with cases. Every change is a version that names the one it rests on, and stands in the journal.</summary>
internal sealed class CaseWork(CaseBook book, HubRecords records, TimeProvider time)
{
    private const int LongestTitle = 200;
    private const int LongestText = 10_000;

    /// <summary>Opens a case.</summary>
    public async Task<Registered<CaseFile>> OpenAsync(Actor by, CaseOrder order)
    {
        CheckTitle(order.Title);
        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var made = new CaseFile
        {
            Title = CaseBook.New(order.Title.Trim()),
            Mails = CaseFile.Union(order.Mails ?? [], []),
            Conversations = CaseFile.Union(order.Conversations ?? [], []),
            Provisions = CaseFile.Union(order.Provisions ?? [], []),
        };
        await WriteAsync(by, "opened", null, (id, made, 0));
        return Find(id);
    }

    /// <summary>Changes a case.</summary>
    public async Task<Registered<CaseFile>> ChangeAsync(Actor by, string id, CaseChange change)
    {
        var old = Find(id);
        ProblemException.ThrowIf(
            old.Value.State == CaseState.Merged,
            $"この案件は {old.Value.MergedInto} に統合されています。そちらを変更してください。",
            $"The case is part of {old.Value.MergedInto} now; change that one."
        );
        ProblemException.ThrowIf(
            change.Comment?.Length > LongestText,
            $"コメントは{LongestText}文字までです。",
            $"A comment has at most {LongestText} characters."
        );
        var value = old.Value;
        if (change.Title is { } title)
        {
            CheckTitle(title);
            value = value with { Title = CaseBook.New(title.Trim()) };
        }

        if (change.Verb is { } verb)
        {
            ProblemException.ThrowIf(
                verb == CaseVerb.Exclude && string.IsNullOrWhiteSpace(change.Comment),
                "案件を除外するには理由が必要です。コメントを書いてください。",
                "A case is excluded with a reason: add a comment."
            );
            value = value with
            {
                State =
                    CaseFile.After(value.State, verb)
                    ?? throw new ProblemException(
                        ProblemKind.Unprocessable,
                        $"状態が {value.State} の案件に {verb} は行えません。",
                        $"A case that is {value.State} cannot {verb}."
                    ),
            };
        }

        ProblemException.ThrowIf(
            change.CommentAbout is { } about
                && !value.Mails.Contains(about, StringComparer.Ordinal)
                && !value.Provisions.Contains(about, StringComparer.Ordinal),
            "commentAbout は、この案件のメールか提供のIDです。何も変更していません。",
            "'commentAbout' is a mail or a provision of this case; nothing was changed."
        );
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
                : [.. value.Comments, new CaseComment(by.Id, time.GetUtcNow(), CaseBook.New(change.Comment.Trim()))],
        };
        ProblemException.ThrowIf(
            value.Mails.Count > CaseFile.Most || value.Comments.Count > CaseFile.Most,
            $"1つの案件に入るメールとコメントはそれぞれ{CaseFile.Most}件までです。",
            $"A case holds at most {CaseFile.Most} mails and as many comments."
        );
        await WriteAsync(by, change.Verb?.ToString() ?? "changed", change.CommentAbout, (id, value, change.Version));
        return Find(id);
    }

    /// <summary>Puts one case into another, both as they were seen.</summary>
    public async Task<Registered<CaseFile>> MergeAsync(Actor by, (string Id, long Version) kept, (string Id, long Version) gone)
    {
        ProblemException.ThrowIf(kept.Id == gone.Id, "案件を自分自身に統合することはできません。", "A case cannot be merged with itself.");
        CaseFile one;
        CaseFile other;
        try
        {
            (one, other) = Find(kept.Id).Value.Merge(Find(gone.Id).Value, kept.Id);
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(
                ProblemKind.Unprocessable,
                "どちらかの案件が統合済みか、合わせると上限を超えます。",
                "One of the cases is merged already, or together they hold more than fits."
            );
        }

        await WriteAsync(by, "merged", null, (kept.Id, one, kept.Version), (gone.Id, other, gone.Version));
        return Find(kept.Id);
    }

    /// <summary>
    /// Takes the last change of a case back by writing the version before it anew; nothing is lost, the undone version stays in the history.
    /// A merge is undone on both cases: the other one is told by its own undo.
    /// </summary>
    public async Task<Registered<CaseFile>> UndoAsync(Actor by, string id, long version)
    {
        Find(id);
        var history = await book.HistoryAsync(id, CancellationToken.None);
        var before = history.Where(one => one.Version < version && one.Value is not null).OrderBy(one => one.Version).LastOrDefault();
        var value =
            before.Value
            ?? throw new ProblemException(
                ProblemKind.Unprocessable,
                "最初の版なので、戻せる変更はありません。",
                "This is the first version; there is nothing to undo."
            );
        await WriteAsync(by, "undone", null, (id, value, version));
        return Find(id);
    }

    /// <summary>All versions, oldest first.</summary>
    public async Task<IReadOnlyList<CaseVersion>> HistoryAsync(string id, CancellationToken cancellation)
    {
        Find(id);
        var versions = new List<CaseVersion>();
        foreach (var (value, version, at) in await book.HistoryAsync(id, cancellation))
        {
            if (value is not null)
            {
                versions.Add(new CaseVersion(version, at, book.Open(value)));
            }
        }

        return versions;
    }

    private Registered<CaseFile> Find(string id) => book.Find(id) ?? throw new ProblemException(Problem.NotFound);

    private Task WriteAsync(Actor by, string what, string? about, params IReadOnlyList<(string Id, CaseFile Value, long Seen)> changed) =>
        records.ChangeAsync(async () =>
        {
            var changes = new List<Change>();
            foreach (var (id, value, seen) in changed)
            {
                changes.AddRange(await book.PutAsync(id, value, seen, about));
            }

            return (changes, [.. changed.Select(one => new JournalRecord(by.Id, JournalActions.CaseChanged, one.Id, what))]);
        });

    private static void CheckTitle(string title) =>
        ProblemException.ThrowIf(
            string.IsNullOrWhiteSpace(title) || title.Length > LongestTitle,
            $"案件の題名は1文字から{LongestTitle}文字までです。",
            $"A case has a title of 1 to {LongestTitle} characters."
        );
}
