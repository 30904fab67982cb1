using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>What an analyst wrote with his verdict of a mail.</summary>
internal sealed record VerdictNote(string Text);

/// <summary>
/// Verdicts and the notes with them. A verdict is a result, which figures rest on; a note is about the mail and ends with what names people.
/// </summary>
internal sealed class VerdictWork(Register<GivenVerdict> verdicts, Register<VerdictNote> notes, HubRecords records, IHubStore store)
{
    /// <summary>Kind of the notes' documents.</summary>
    public const string NoteKind = "verdict-note";

    private const int LongestText = 10_000;
    private const int MostMails = 1_000;

    /// <summary>Judges mails; the newest verdict of a mail counts, and its note with it.</summary>
    public async Task JudgeAsync(Actor by, VerdictOrder order)
    {
        ProblemException.ThrowIf(
            order.Mails.Count is 0 or > MostMails,
            $"1回に判定できるのは1通から{MostMails}通までです。",
            $"One order judges 1 to {MostMails} mails."
        );
        ProblemException.ThrowIf(
            order.Note?.Length > LongestText,
            $"メモは{LongestText}文字までです。",
            $"A note has at most {LongestText} characters."
        );
        var verdict = new GivenVerdict(order.Verdict, order.Reason, by.Id);
        var changes = new List<Change>();
        foreach (var mail in order.Mails)
        {
            var entry = await store.Steps.LatestAsync(DocumentKinds.Mail, mail);
            if (entry is null)
            {
                throw new ProblemException(
                    ProblemKind.Unprocessable,
                    $"メール {mail} はありません。どのメールの判定も変えていません。",
                    $"There is no mail '{mail}'; none of the mails was judged."
                );
            }

            changes.Add(verdicts.Put(mail, verdict, RetentionClass.Result, entry.Provision));
            if (!string.IsNullOrWhiteSpace(order.Note))
            {
                changes.Add(notes.Put(mail, new VerdictNote(order.Note.Trim()), RetentionClass.PersonalData, entry.Provision));
            }
            else if (notes.Find(mail) is not null)
            {
                changes.Add(notes.Remove(mail));
            }
        }

        await records.ChangeAsync(
            [.. order.Mails.Select(mail => new JournalRecord(by.Id, JournalActions.VerdictGiven, mail, order.Verdict.ToString()))],
            changes
        );
    }

    /// <summary>The verdict of a mail with its note; null when there is none.</summary>
    public GivenVerdict? Find(string mail) =>
        verdicts.Find(mail) is { } given ? given.Value with { Note = notes.Find(mail)?.Value.Text ?? given.Value.Note } : null;

    /// <summary>Two lists that are other objects as soon as a verdict or a note changes.</summary>
    public (object Verdicts, object Notes) State => (verdicts.All, notes.All);
}
