using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>What comes to a <see cref="SituationKeeper"/> at once.</summary>
public sealed record SituationBatch
{
    /// <summary>Mails; one whose key is known already replaces the earlier one.</summary>
    public IReadOnlyList<KnownMail> Mails { get; init; } = [];

    /// <summary>Manifest lines without a file (what was told by telephone) by a key of the caller's; a known key replaces the earlier line.</summary>
    public IReadOnlyDictionary<string, ManifestLine> Stated { get; init; } = new Dictionary<string, ManifestLine>(StringComparer.Ordinal);
}

/// <summary>What a change did to the situation. Numbers of cases, and with them labels, move without being told here.</summary>
public sealed record SituationChanges
{
    /// <summary>Nothing changed.</summary>
    public static SituationChanges None { get; } = new();

    /// <summary>Exchanges that are new, or tell something else than before, in the order of their cases.</summary>
    public IReadOnlyList<ExchangeChange> Exchanges { get; init; } = [];

    /// <summary>Ids of exchanges that are no more, or tell nothing any more; ordinal.</summary>
    public IReadOnlyList<string> EndedExchanges { get; init; } = [];

    /// <summary>Campaigns that are new or changed, ordered by id.</summary>
    public IReadOnlyList<Campaign> Campaigns { get; init; } = [];

    /// <summary>Ids that no longer stand for a campaign, with the id that stands for it now; null when it fell apart. Ordered by id.</summary>
    public IReadOnlyList<(string Id, string? Heir)> EndedCampaigns { get; init; } = [];

    /// <summary>Warnings that were not there before, or have another reason now; oldest first.</summary>
    public IReadOnlyList<NewWarning> Warnings { get; init; } = [];

    /// <summary>Ids of exchanges whose warning was lifted: an attack came, it lapsed, or its reason is gone; ordinal.</summary>
    public IReadOnlyList<string> LiftedWarnings { get; init; } = [];

    /// <summary>This change and the one after it as one: of what both tell of, what the later tells.</summary>
    public SituationChanges Then(SituationChanges next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var before = Exchanges.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var exchanges = next.Exchanges.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var ended = next.EndedExchanges.ToHashSet(StringComparer.Ordinal);
        var campaigns = next.Campaigns.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var endedCampaigns = next.EndedCampaigns.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var warnings = next.Warnings.Select(one => one.Warning.Conversation).ToHashSet(StringComparer.Ordinal);
        var lifted = next.LiftedWarnings.ToHashSet(StringComparer.Ordinal);
        return new SituationChanges
        {
            Exchanges =
            [
                .. Exchanges.Where(one => !exchanges.Contains(one.Id) && !ended.Contains(one.Id)),
                .. next.Exchanges.Select(one => before.TryGetValue(one.Id, out var old) ? one with { Before = old.Before } : one),
            ],
            EndedExchanges =
            [
                .. EndedExchanges.Where(id => !exchanges.Contains(id)).Union(ended, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ],
            Campaigns =
            [
                .. Campaigns
                    .Where(one => !campaigns.Contains(one.Id) && !endedCampaigns.Contains(one.Id))
                    .Concat(next.Campaigns)
                    .OrderBy(one => one.Id, StringComparer.Ordinal),
            ],
            EndedCampaigns =
            [
                .. EndedCampaigns
                    .Where(one => !campaigns.Contains(one.Id) && !endedCampaigns.Contains(one.Id))
                    .Concat(next.EndedCampaigns)
                    .OrderBy(one => one.Id, StringComparer.Ordinal),
            ],
            Warnings =
            [
                .. Warnings.Where(one => !warnings.Contains(one.Warning.Conversation) && !lifted.Contains(one.Warning.Conversation)),
                .. next.Warnings,
            ],
            LiftedWarnings =
            [
                .. LiftedWarnings.Where(id => !warnings.Contains(id)).Union(lifted, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ],
        };
    }
}

/// <summary>An exchange that changed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Organization">Its organisation.</param>
/// <param name="Mails">Keys of its mails in order.</param>
/// <param name="Before">What it was judged to be; null when it is new.</param>
/// <param name="Now">What it is judged to be.</param>
public sealed record ExchangeChange(string Id, string? Organization, IReadOnlyList<string> Mails, Assessment? Before, Assessment Now);

/// <summary>A warning that came up.</summary>
/// <param name="Warning">The warning.</param>
/// <param name="Organization">Organisation whose exchange it is about.</param>
/// <param name="CompletedBy">
/// Key of the mail that completed it: of those that came with this change the newest of the exchange itself, else of the exchanges it
/// rests on; null when no mail did, but a decision or a membership.
/// </param>
/// <param name="RestsOn">
/// Other organisations on whose mails it rests, ordinal. Where there is any, the organisation's own mails alone would not give it: what its
/// people may be told of it follows the rules of disclosure (<see cref="Answers.OwnView"/> gives what they may be told at once).
/// </param>
public sealed record NewWarning(LiveWarning Warning, string? Organization, string? CompletedBy, IReadOnlyList<string> RestsOn);
