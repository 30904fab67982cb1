using System.Text.Json;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Sharing.Sanitising;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>Brings together what the hub knows of what a draft shall be about.</summary>
internal sealed class DraftMaterials(IHubStore store, HubSituation situation, Register<Destination> destinations, Community community)
{
    /// <summary>The provision's header; null when it was erased or withdrawn, or there is none.</summary>
    public async Task<ProvisionHeader?> HeaderAsync(string provision, CancellationToken cancellation)
    {
        if (
            !Guid.TryParseExact(provision, "N", out var id)
            || await store.Intake.FindAsync(new ProvisionId(id), cancellation) is null
            || await store.Steps.LatestAsync(DocumentKinds.Withdrawal, provision, cancellation) is not null
        )
        {
            return null;
        }

        var headers = await store.Steps.OfProvisionAsync(new ProvisionId(id), IStepLog.ProvisionKind, cancellation);
        return headers is [{ Body: { } body }, ..] ? ProvisionHeader.FromJson(body.Span) : null;
    }

    /// <summary>Those of a draft's provisions that the hub itself made.</summary>
    public async Task<IReadOnlyList<string>> OfHubAsync(ItemDraft draft, CancellationToken cancellation)
    {
        var own = new List<string>();
        foreach (var provision in draft.Provisions())
        {
            if (await HeaderAsync(provision, cancellation) is { Way: GivingWay.Hub })
            {
                own.Add(provision);
            }
        }

        return own;
    }

    /// <summary>What is known. Mails that were erased or withdrawn, and those that their giver allowed for analysis only, are left out.</summary>
    /// <param name="selection">What the draft is about.</param>
    /// <param name="only">Whether a provision counts: a provider's own view holds nothing of others.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<DraftMaterial> OfAsync(DraftSelection selection, Func<string, bool>? only, CancellationToken cancellation)
    {
        var now = situation.Current;
        var conversations = now.Conversations.Where(one => selection.Conversations.Contains(one.Id, StringComparer.Ordinal)).ToList();
        var keys = selection
            .Mails.Concat(conversations.SelectMany(one => one.Messages).Select(message => message.Mail).OfType<string>())
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var mails = new List<GivenMail>();
        var allowed = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (
                await store.Steps.LatestAsync(DocumentKinds.Mail, key, cancellation) is { Provision: { } id } entry
                && MailDocument.Read(entry) is { } document
                && (only is null || only(id.ToString()))
            )
            {
                if (!allowed.TryGetValue(id.ToString(), out var may))
                {
                    allowed[id.ToString()] = may = await HeaderAsync(id.ToString(), cancellation) is { Consent: not DeskConsent.Analysis };
                }

                if (may)
                {
                    mails.Add(new GivenMail(document.Mail, id.ToString()));
                }
            }
        }

        var told = mails.Select(one => one.Mail.Key).ToHashSet(StringComparer.Ordinal);
        return new DraftMaterial
        {
            Mails = mails,
            // An exchange is told of mails that may be told; one without any tells nothing that could be approved.
            Conversations =
            [
                .. conversations.Where(one => one.Messages.All(message => message.Mail is null || told.Contains(message.Mail))),
            ],
            Destinations = [.. mails.SelectMany(DestinationsOf)],
            Campaign = selection.WithCampaign ? now.Campaigns.FirstOrDefault(campaign => campaign.Mails.Any(told.Contains)) : null,
            Members = community.Current,
        };
    }

    /// <summary>Destinations that the provider stated, with what the analysts know of the host.</summary>
    private IEnumerable<GivenDestination> DestinationsOf(GivenMail given) =>
        (given.Mail.Stated?.Destinations ?? []).Select(stated => new GivenDestination(
            destinations.Find(stated.Host)?.Value is { } known
                ? stated with
                {
                    Country = known.Country ?? stated.Country,
                    CountryAsOf = known.CountryAsOf ?? stated.CountryAsOf,
                    CountrySource = known.CountrySource ?? stated.CountrySource,
                    Hijacked = known.Hijacked ?? stated.Hijacked,
                }
                : stated,
            given.Provision,
            [given.Mail.Key]
        ));
}
