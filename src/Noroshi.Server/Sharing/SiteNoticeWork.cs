using System.Security.Cryptography;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>Begin word to the owner of a hijacked site.</summary>
/// <param name="Host">A host of the register of destinations that is suspected or confirmed to be hijacked.</param>
/// <param name="Text">Words; null: as suggested.</param>
internal sealed record SiteNoticeOrder(string Host, BothLanguages? Text = null);

/// <summary>A step with it.</summary>
internal sealed record SiteNoticeStep(long Version, SiteNoticeVerb Verb, string Words = "", BothLanguages? Text = null);

/// <summary>As analysts see it.</summary>
internal sealed record SiteNoticeView(string Id, long Version, SiteNotice Notice);

/// <summary>Word to owners of hijacked sites: it leaves by hand, after a second person and the gate agreed to its words.</summary>
internal sealed class SiteNoticeWork(Register<SiteNotice> notices, Register<Destination> destinations, SharingTools tools)
{
    private const int LongestText = 4_000;

    /// <summary>Begins one.</summary>
    public async Task<SiteNoticeView> BeginAsync(Actor by, SiteNoticeOrder order)
    {
        var host = order.Host.Trim().ToLowerInvariant();
        ProblemException.ThrowIf(
            destinations.Find(host)?.Value.Hijacked is not ("suspected" or "confirmed"),
            "このホストは、悪用された正規サイトとして登録されていません。先に接続先として登録してください。",
            "The host is not registered as a hijacked site; register it as a destination first."
        );
        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var notice = new SiteNotice
        {
            Host = host,
            Text = order.Text ?? SiteNotice.Suggested(host, tools.Book.Today),
            By = by.Id,
        };
        Check(notice.Text);
        await tools.Records.ChangeAsync(
            [new JournalRecord(by.Id, JournalActions.DestinationChanged, id, "site notice begun")],
            notices.Put(id, notice, seen: 0)
        );
        return View(id);
    }

    /// <summary>Takes a step.</summary>
    public async Task<SiteNoticeView> StepAsync(Actor by, string id, SiteNoticeStep step)
    {
        var old = notices.Find(id)?.Value ?? throw new ProblemException(Problem.NotFound);
        ProblemException.ThrowIf(
            step.Words.Length > LongestText || (step.Verb is SiteNoticeVerb.Note or SiteNoticeVerb.Tell && step.Words.Trim().Length == 0),
            $"何をしたかを1文字から{LongestText}文字で書いてください。",
            $"Say what was done, in 1 to {LongestText} characters."
        );
        if (step.Text is { } text)
        {
            Check(text);
        }

        var next =
            old.Step(step.Verb, by.Id, step.Words.Trim(), tools.Now, step.Text)
            ?? throw new ProblemException(
                ProblemKind.PolicyRefused,
                "今の状態ではできないか、書いた本人が承認しようとしています。",
                "The state does not allow it, or who wrote it would approve it."
            );
        await tools.Records.ChangeAsync(
            [new JournalRecord(by.Id, JournalActions.DestinationChanged, id, $"site notice {step.Verb}")],
            notices.Put(id, next, step.Version)
        );
        return View(id);
    }

    /// <summary>All of them, those to be followed first.</summary>
    public Page<SiteNoticeView> Of(string? cursor) =>
        Paging.Of(notices.All, one => one.Id, one => new SiteNoticeView(one.Id, one.Version, one.Value), cursor, limit: null);

    private SiteNoticeView View(string id) =>
        notices.Find(id) is { } one ? new SiteNoticeView(one.Id, one.Version, one.Value) : throw new ProblemException(Problem.NotFound);

    private void Check(BothLanguages text)
    {
        ProblemException.ThrowIf(
            text.Ja.Length is 0 or > LongestText || text.En.Length > LongestText,
            $"文は1文字から{LongestText}文字までです。",
            $"A text has 1 to {LongestText} characters."
        );
        if (tools.Identities.Current.Gate.Inspect($"{text.Ja}\n{text.En}").Verdict == GateVerdict.Blocked)
        {
            throw new ProblemException(
                ProblemKind.PolicyRefused,
                "漏えい検査で、参加組織を示す語が見つかりました。",
                "The leak gate found words that name a member."
            );
        }
    }
}
