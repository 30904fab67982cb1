using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.Server.Identity;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Notices.Answering;

/// <summary>
/// Prints of the mails of each organisation by itself, in memory: where an answer looks for what belongs to it. Each organisation has a book
/// of its own with a limit of its own, so that neither what is found nor how long it takes depends on what others provided.
/// </summary>
internal sealed class OwnBooks(IHubStore store, Community community) : IForgets
{
    /// <summary>Mails of one organisation that are remembered: the newest.</summary>
    public const int MostOfOne = 5_000;

    /// <summary>How long a mail is remembered: attackers come back after months.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(400);

    /// <summary>The approval that lets a provision warn others.</summary>
    public const string EarlyWarning = "early-warning";

    private const int ReadAtOnce = 1_024;
    private readonly Dictionary<string, List<Printed>> _books = new(StringComparer.Ordinal);
    private readonly HashSet<ProvisionId> _gone = [];
    private readonly Lock _gate = new();
    private long _position;
    private long _withdrawals;

    private sealed record Printed(MailPrint Print, ProvisionId? Provision, long Position);

    /// <inheritdoc/>
    public Task ForgetAsync(Erased erased, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(erased);
        Forget(erased.Provisions);
        return Task.CompletedTask;
    }

    /// <summary>Reads what the log has gained. One caller at a time.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await ReadMailsAsync(cancellation);
        // What was withdrawn counts no more from that moment on, erased or not.
        IReadOnlyList<LogEntry> withdrawn;
        do
        {
            withdrawn = await store.Steps.ReadKindAsync(DocumentKinds.Withdrawal, _withdrawals, ReadAtOnce, cancellation);
            Forget([.. withdrawn.Select(entry => entry.Provision).OfType<ProvisionId>()]);
            _withdrawals = withdrawn.Count > 0 ? withdrawn[^1].Position : _withdrawals;
        } while (withdrawn.Count > 0);
    }

    private void Forget(IReadOnlyCollection<ProvisionId> provisions)
    {
        if (provisions.Count == 0)
        {
            return;
        }

        lock (_gate)
        {
            _gone.UnionWith(provisions);
            foreach (var book in _books.Values)
            {
                book.RemoveAll(one => one.Provision is { } provision && _gone.Contains(provision));
            }
        }
    }

    private async Task ReadMailsAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var entries = await store.Steps.ReadKindAsync(DocumentKinds.Mail, _position, ReadAtOnce, cancellation);
            if (entries.Count == 0)
            {
                return;
            }

            foreach (var entry in entries)
            {
                Add(entry);
                _position = entry.Position;
            }
        }
    }

    /// <summary>Everything that an answer about some mails may rest on.</summary>
    /// <param name="given">The mails.</param>
    /// <param name="organization">Id of their organisation.</param>
    /// <param name="through">Position of the newest of them: what came later does not count, whenever the answer is worked out.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<OwnMaterial> MaterialAsync(
        IReadOnlyList<KnownMail> given,
        string? organization,
        long through,
        CancellationToken cancellation
    )
    {
        var record = community.Find(organization);
        var prints = given.Select(one => MailPrint.Of(one, record)).ToList();
        var own = Related.To(prints, Book(organization, through));
        var approved = community
            .Current.Organizations.Where(one =>
                one.Id != organization && one.StandingApproval.Contains(EarlyWarning, StringComparer.Ordinal)
            )
            .SelectMany(one => Book(one.Id, through))
            .ToList();
        var warned = approved.Count == 0 ? [] : Related.To(prints, approved);
        return new OwnMaterial
        {
            Given = given,
            Own = await LoadAsync(own, cancellation),
            Warned = await LoadAsync(warned, cancellation),
            Organization = record,
            Hub = community.Current.Hub,
        };
    }

    /// <summary>The organisation's own earlier provision that held one of the mails; null when there is none.</summary>
    public ProvisionId? SameBefore(IReadOnlyList<KnownMail> given, string? organization, ProvisionId asked, long through)
    {
        var unique = given.Where(one => one.Mail.Direction != MailDirection.Provision).Select(one => one.Features.UniqueId).ToHashSet();
        lock (_gate)
        {
            return organization is not null && _books.TryGetValue(organization, out var book)
                ? book.Where(one => one.Position <= through && one.Provision is { } provision && provision != asked)
                    .Where(one => unique.Contains(one.Print.UniqueId))
                    .OrderBy(one => one.Position)
                    .FirstOrDefault()
                    ?.Provision
                : null;
        }
    }

    private List<MailPrint> Book(string? organization, long through)
    {
        lock (_gate)
        {
            return organization is not null && _books.TryGetValue(organization, out var book)
                ? [.. book.Where(one => one.Position <= through).Select(one => one.Print)]
                : [];
        }
    }

    private void Add(LogEntry entry)
    {
        var read = MailDocument.Read(entry);
        lock (_gate)
        {
            if (read is not { Held: false, Mail.Organization: { } organization } || (entry.Provision is { } from && _gone.Contains(from)))
            {
                return;
            }

            if (!_books.TryGetValue(organization, out var book))
            {
                _books[organization] = book = [];
            }

            book.RemoveAll(one => one.Print.Key == entry.Subject);
            book.Add(new Printed(MailPrint.Of(read.Known, community.Find(organization)), entry.Provision, entry.Position));
            if (book.Count > MostOfOne + (MostOfOne / 10))
            {
                Forget(book);
            }
        }
    }

    private static void Forget(List<Printed> book)
    {
        var newest = book.Max(one => one.Print.At) ?? DateTimeOffset.MaxValue;
        var kept = book.Where(one => one.Print.At is not { } at || newest - at <= Remembered)
            .OrderByDescending(one => one.Print.At ?? DateTimeOffset.MinValue)
            .ThenByDescending(one => one.Position)
            .Take(MostOfOne)
            .ToList();
        book.Clear();
        book.AddRange(kept);
    }

    private async Task<IReadOnlyList<KnownMail>> LoadAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var mails = new List<KnownMail>(keys.Count);
        foreach (var key in keys)
        {
            if (
                await store.Steps.LatestAsync(DocumentKinds.Mail, key, cancellation) is { } entry
                && MailDocument.Read(entry) is { Held: false } read
            )
            {
                mails.Add(read.Known);
            }
        }

        return mails;
    }
}
