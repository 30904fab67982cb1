using System.Text.Json;
using MimeKit;
using Noroshi.Exchange.Notices;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Storage;
using Noroshi.Server.Misp;
using Noroshi.Server.Notices;
using Noroshi.Server.Notices.Sending;
using Noroshi.Server.Notices.Steps;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>
/// Sends notices: encrypted when the address has a key that is good today, in the clear up to TLP:GREEN, and otherwise without content.
/// </summary>
internal sealed class ShareMailStep(
    IHubStore store,
    IReleaseSource source,
    Register<ShareAddress> addresses,
    IMailRelay relay,
    SendState state
)
{
    private static readonly TimeSpan WithoutRelay = TimeSpan.FromHours(1);

    /// <summary>The step.</summary>
    public static Step Step { get; } = new("share-mail", ShareQueue.MailKind);

    /// <summary>Sends one notice, or says when to try again.</summary>
    public async Task<Handled> HandleAsync(StepEntry entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (
            entry.Entry.Body is not { IsEmpty: false } body
            || JsonSerializer.Deserialize(body.Span, ShareJson.Default.ShareMail) is not { } queued
            || await store.Steps.LatestAsync(SendStep.DispatchKind, entry.Entry.Subject, cancellation) is not null
        )
        {
            return Handled.Nothing;
        }

        var now = state.Time.GetUtcNow();
        if (addresses.Find(queued.Address)?.Value is not { } to)
        {
            return Failed(entry, "no-address", now);
        }

        if (source.Find(queued.Item, queued.Version) is not { } release)
        {
            return Failed(entry, "no-release", now);
        }

        using var mail = Of(release, queued, to, now);
        var result = await relay.SendAsync(mail, to.Address, cancellation);
        state.Note(result, now);
        return result.Sent switch
        {
            Sent.Accepted => new Handled
            {
                Documents = [DocumentOf(entry, new Dispatch("sent", now))],
                Journal =
                [
                    new JournalRecord(
                        "system",
                        JournalActions.ItemDelivered,
                        queued.Item.ToString("D"),
                        $"{to.Organization} {to.Id} v{queued.Version}"
                    ),
                ],
            },
            Sent.NoRelay => new Handled { Later = WithoutRelay, Reason = result.Why },
            Sent.Later when now - entry.Entry.WrittenAt < TimeSpan.FromHours(state.Options.GiveUpAfterHours) => new Handled
            {
                Later = ShareRetries.After(entry.Attempts),
                Reason = result.Why,
            },
            Sent.Later or Sent.Never => Failed(entry, result.Why ?? "refused", now),
        };
    }

    private MimeMessage Of(Release release, ShareMail queued, ShareAddress to, DateTimeOffset now)
    {
        var envelope = new NoticeEnvelope
        {
            From = state.Options.From,
            FromName = source.Hub.NameJa,
            To = to.Address,
            MessageId = queued.MessageId,
            References = [.. queued.References.Where(one => one.Length > 0)],
            Date = queued.At,
            Boundary = queued.Boundary,
        };
        var key = to.Key is null ? null : NoticeKey.Read(to.Key, to.Address, now);
        if (key is { Problem: KeyProblem.None })
        {
            var whole = ShareNotice.Whole(release, envelope);
            SealedNotice.Seal(whole, key);
            return whole;
        }

        // Which key is missing or bad is said to its owner only; what may be read by anybody on the way goes as it is.
        return ShareNotice.MayGoPlain(release.Item.Marking)
            ? ShareNotice.Whole(release, envelope)
            : ShareNotice.Pointer(
                release,
                envelope,
                key is null ? PointerReason.NoKey
                    : key.Problem == KeyProblem.Expired ? PointerReason.KeyExpired
                    : PointerReason.KeyUnusable
            );
    }

    private static Handled Failed(StepEntry entry, string why, DateTimeOffset now) =>
        new()
        {
            GivenUp = true,
            Reason = why,
            Documents = [DocumentOf(entry, new Dispatch("failed", now, why))],
            Journal = [new JournalRecord("system", JournalActions.NoticeFailed, entry.Entry.Subject, why)],
        };

    private static NewDocument DocumentOf(StepEntry entry, Dispatch dispatch) =>
        new(null, SendStep.DispatchKind, RetentionClass.Result, dispatch.ToJson(), entry.Entry.Subject);
}

/// <summary>When another attempt is made.</summary>
internal static class ShareRetries
{
    private static readonly TimeSpan[] BackOff =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
    ];

    /// <summary>The wait after so many attempts.</summary>
    public static TimeSpan After(int attempts) => BackOff[Math.Clamp(attempts, 0, BackOff.Length - 1)];
}
