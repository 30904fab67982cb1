using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Misp;
using Noroshi.Server.Notices;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>
/// For each release: one notice to each address of each receiver and one webhook to each target, handed in together with the mark that the release is
/// dealt with. What was committed once is never handed in again, also after a crash.
/// </summary>
internal sealed class ShareQueue(IHubStore store, IReleaseSource source, ShareReceivers receivers, NoticeOptions options, TimeProvider time)
{
    /// <summary>Kind of the notices.</summary>
    public const string MailKind = "share-mail";

    /// <summary>Kind of the webhooks.</summary>
    public const string HookKind = "share-hook";

    /// <summary>Kind of the marks. Subject: item and version.</summary>
    public const string MarkKind = "share-queued";

    private const int ReadAtOnce = 4_096;
    private const int MostReferences = 20;
    private readonly HashSet<string> _marked = new(StringComparer.Ordinal);
    private long _position;
    private int _done;

    /// <summary>Hands in what is new.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (_done == source.All.Count)
        {
            return;
        }

        var all = source.All.Select(one => one.Release).ToList();
        await ReadMarksAsync(cancellation);
        for (; _done < all.Count; _done++)
        {
            var release = all[_done];
            var subject = SubjectOf(release.Item.Id, release.Item.Version);
            if (_marked.Contains(subject))
            {
                continue;
            }

            try
            {
                await store.Steps.AppendAsync(
                    new HubChange
                    {
                        Documents =
                        [
                            new NewDocument(null, MarkKind, RetentionClass.Result, "{}"u8.ToArray(), subject),
                            .. await MailsAsync(release, all, cancellation),
                            .. Hooks(release, all),
                        ],
                        Expected = [new ExpectedVersion(MarkKind, subject, 0)],
                    },
                    cancellation
                );
            }
            catch (ChangedMeanwhileException)
            {
                // Somebody else handed it in.
            }

            _marked.Add(subject);
        }
    }

    /// <summary>Subject of a release's mark.</summary>
    public static string SubjectOf(Guid item, int version) => string.Create(CultureInfo.InvariantCulture, $"{item:N}.{version}");

    private async Task ReadMarksAsync(CancellationToken cancellation)
    {
        while (await store.Steps.ReadKindAsync(MarkKind, _position, ReadAtOnce, cancellation) is { Count: > 0 } entries)
        {
            _marked.UnionWith(entries.Select(one => one.Subject));
            _position = entries[^1].Position;
        }
    }

    private async Task<List<NewDocument>> MailsAsync(Release release, IReadOnlyList<Release> all, CancellationToken cancellation)
    {
        var mails = new List<NewDocument>();
        var domain = options.From[(options.From.IndexOf('@', StringComparison.Ordinal) + 1)..];
        foreach (var address in receivers.AddressesOf(receivers.Of(release, all)))
        {
            var references = new List<string>();
            for (var version = Math.Max(1, release.Item.Version - MostReferences); version < release.Item.Version; version++)
            {
                if (
                    await store.Steps.LatestAsync(MailKind, $"{SubjectOf(release.Item.Id, version)}.{address.Id}", cancellation) is
                    { Body: { IsEmpty: false } body }
                )
                {
                    references.Add(JsonSerializer.Deserialize(body.Span, ShareJson.Default.ShareMail)?.MessageId ?? "");
                }
            }

            var mail = new ShareMail(
                release.Item.Id,
                release.Item.Version,
                address.Id,
                $"{receivers.Ids.Next()}@{domain}",
                receivers.Ids.Next(),
                references,
                release.At
            );
            var bytes = JsonSerializer.SerializeToUtf8Bytes(mail, ShareJson.Default.ShareMail);
            mails.Add(new NewDocument(null, MailKind, RetentionClass.Result, bytes, $"{SubjectOf(mail.Item, mail.Version)}.{address.Id}"));
        }

        return mails;
    }

    private IEnumerable<NewDocument> Hooks(Release release, IReadOnlyList<Release> all)
    {
        foreach (var (organization, channel) in receivers.Of(release, all))
        {
            if (receivers.HasTarget(organization.Id))
            {
                var hook = new ShareHook(
                    release.Item.Id,
                    release.Item.Version,
                    organization.Id,
                    channel,
                    receivers.Ids.Next(),
                    time.GetUtcNow()
                );
                yield return new NewDocument(
                    null,
                    HookKind,
                    RetentionClass.Result,
                    JsonSerializer.SerializeToUtf8Bytes(hook, ShareJson.Default.ShareHook),
                    $"{SubjectOf(hook.Item, hook.Version)}.{organization.Id}"
                );
            }
        }
    }
}

/// <summary>Who gets a release, and where it is announced to them.</summary>
internal sealed class ShareReceivers(
    Community community,
    ReleaseShelf shelf,
    Register<ShareAddress> addresses,
    DeliveryOptions options,
    SecurityClock clock
)
{
    private readonly HashSet<string> _targets = options.Targets().Select(one => one.Organization).ToHashSet(StringComparer.Ordinal);

    /// <summary>Random ids of what leaves.</summary>
    public OutgoingIds Ids { get; init; } = new();

    /// <summary>Whether an organisation has a target of webhooks.</summary>
    public bool HasTarget(string organization) => _targets.Contains(organization);

    /// <summary>
    /// The organisations that have a release, each with the channel in which it has it. A retraction goes to all who got any earlier version
    /// (business rule 10): it holds nothing that they did not get.
    /// </summary>
    public IReadOnlyList<(Organization Organization, string Channel)> Of(Release release, IReadOnlyList<Release> all)
    {
        ArgumentNullException.ThrowIfNull(release);
        var audiences = release.Item.Retracted
            ? all.Where(one => one.Item.Id == release.Item.Id && one.Item.Version <= release.Item.Version).Select(one => one.Item.Audience)
            : [release.Item.Audience];
        var channels = audiences.SelectMany(Channels.Of).Distinct(StringComparer.Ordinal).ToList();
        var today = DateOnly.FromDateTime(clock.Now.ToOffset(TimeSpan.FromHours(9)).DateTime);
        return
        [
            .. community
                .Current.Organizations.Where(one => !(one.LeftOn < today))
                .Select(one =>
                    (
                        Organization: one,
                        Channel: shelf.ChannelsOf(one.Id, one.Group).FirstOrDefault(own => channels.Contains(own, StringComparer.Ordinal))
                    )
                )
                .Where(one => one.Channel is not null)
                .Select(one => (one.Organization, one.Channel ?? ""))
                .OrderBy(one => one.Organization.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The addresses on file of organisations.</summary>
    public IReadOnlyList<ShareAddress> AddressesOf(IReadOnlyList<(Organization Organization, string Channel)> organizations)
    {
        var ids = organizations.Select(one => one.Organization.Id).ToHashSet(StringComparer.Ordinal);
        return [.. addresses.All.Select(one => one.Value).Where(one => ids.Contains(one.Organization))];
    }
}
