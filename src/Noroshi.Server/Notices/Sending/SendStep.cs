using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Notices.Steps;
using Noroshi.Server.Pipeline;

namespace Noroshi.Server.Notices.Sending;

/// <summary>
/// Sends what is in the outbox. A mail goes out again only when the process ends between the relay's 250 and the commit; it then has the same
/// Message-ID, which is as far as SMTP goes.
/// </summary>
internal sealed class SendStep(IHubStore store, AddressBook addresses, Community community, IMailRelay relay, SendState state)
{
    /// <summary>Kind of the documents that say what became of a mail.</summary>
    public const string DispatchKind = "dispatch";

    private static readonly TimeSpan WithoutRelay = TimeSpan.FromHours(1);

    private static readonly TimeSpan[] BackOff =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(15),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
    ];

    /// <summary>The step.</summary>
    public static Step Step { get; } = new("send", DocumentKinds.Outgoing);

    /// <summary>Sends one mail, or says when to try again.</summary>
    public async Task<Handled> HandleAsync(StepEntry entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (
            entry.Entry.Body is not { IsEmpty: false } body
            || await store.Steps.LatestAsync(DispatchKind, entry.Entry.Subject, cancellation) is not null
        )
        {
            return Handled.Nothing;
        }

        var notice = Notice.FromJson(body.Span);
        var now = state.Time.GetUtcNow();
        if (now < notice.At)
        {
            return new Handled { Later = notice.At - now, Reason = "not-yet" };
        }

        if (addresses.Find(notice.To) is not { } address)
        {
            return Failed(entry.Entry, "no-address", now);
        }

        var hub = community.Current.Hub;
        var name = (notice.Language == "ja" ? hub?.NameJa : hub?.NameEn) ?? hub?.NameJa ?? "Noroshi";
        using var mail = new NoticeMail(state.Options).Of(entry.Entry.Subject, notice, address, name);
        var result = await relay.SendAsync(mail, address, cancellation);
        state.Note(result, now);
        return result.Sent switch
        {
            Sent.Accepted => new Handled { Documents = [DocumentOf(entry.Entry, new Dispatch("sent", now))] },
            Sent.NoRelay => new Handled { Later = WithoutRelay, Reason = result.Why },
            Sent.Later when now - notice.At < TimeSpan.FromHours(state.Options.GiveUpAfterHours) => new Handled
            {
                Later = BackOff[Math.Min(entry.Attempts, BackOff.Length - 1)],
                Reason = result.Why,
            },
            Sent.Later or Sent.Never => Failed(entry.Entry, result.Why ?? "refused", now),
        };
    }

    private static Handled Failed(LogEntry entry, string why, DateTimeOffset now) =>
        new()
        {
            GivenUp = true,
            Reason = why,
            Documents = [DocumentOf(entry, new Dispatch("failed", now, why))],
            Journal = [new JournalRecord("system", JournalActions.NoticeFailed, entry.Subject, why)],
        };

    private static NewDocument DocumentOf(LogEntry entry, Dispatch dispatch) =>
        new(entry.Provision, DispatchKind, RetentionClass.Result, dispatch.ToJson(), entry.Subject);
}

/// <summary>How sending goes, for health.</summary>
internal sealed class SendState(NoticeOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset? _sentAt;
    private string? _problem;

    /// <summary>Options.</summary>
    public NoticeOptions Options => options;

    /// <summary>Clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Whether mails leave.</summary>
    public bool HasRelay => options.Relay is not null;

    /// <summary>Last mail that left, and the code of the problem since; null when there is none.</summary>
    public (DateTimeOffset? SentAt, string? Problem) Now
    {
        get
        {
            lock (_gate)
            {
                return (_sentAt, HasRelay ? _problem : "no-relay");
            }
        }
    }

    /// <summary>Takes an attempt down.</summary>
    public void Note(SendResult result, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(result);
        lock (_gate)
        {
            // One address that is refused says nothing of the relay.
            (_sentAt, _problem) = result.Sent switch
            {
                Sent.Accepted => (at, null),
                Sent.Never => (_sentAt, _problem),
                Sent.Later or Sent.NoRelay => (_sentAt, result.Why),
            };
        }
    }
}
