using System.Text.Json;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Pipeline;

/// <summary>Rarities as they were counted once (kind <see cref="DocumentKinds.Rarity"/>).</summary>
/// <param name="Number">Number of the epoch.</param>
/// <param name="UniqueMails">Unique mails counted.</param>
/// <param name="Mails">Mails held then.</param>
/// <param name="Background">Version of the background table.</param>
/// <param name="Values">Hashes of values that two mails or more had.</param>
/// <param name="Counts">How many had each.</param>
internal sealed record RarityDocument(
    int Number,
    int UniqueMails,
    int Mails,
    string Background,
    IReadOnlyList<ulong> Values,
    IReadOnlyList<int> Counts
);

/// <summary>What keeps a campaign's name over restarts (kind <see cref="DocumentKinds.Campaign"/>).</summary>
/// <param name="Version">Version; 0 when it is no more.</param>
/// <param name="Alias">Neutral name.</param>
/// <param name="Mails">Keys of its mails.</param>
/// <param name="Heir">Id that stands for it now.</param>
internal sealed record CampaignDocument(int Version, string Alias, IReadOnlyList<string> Mails, string? Heir = null);

/// <summary>Keeps what the situation rests on besides the mails, in the log.</summary>
internal static class SituationMemories
{
    private const string Epoch = "epoch";

    /// <summary>What was kept last.</summary>
    public static async Task<SituationMemory> LoadAsync(IStepLog log, CancellationToken cancellation)
    {
        var campaigns = new Dictionary<string, CampaignDocument>(StringComparer.Ordinal);
        var position = 0L;
        IReadOnlyList<LogEntry> entries;
        do
        {
            entries = await log.ReadKindAsync(DocumentKinds.Campaign, position, 4_096, cancellation);
            foreach (var entry in entries)
            {
                position = entry.Position;
                if (entry.Body is { } body && JsonSerializer.Deserialize(body.Span, PipelineJson.Default.CampaignDocument) is { } read)
                {
                    campaigns[entry.Subject] = read;
                }
            }
        } while (entries.Count > 0);

        var rarity = await log.LatestAsync(DocumentKinds.Rarity, Epoch, cancellation) is { Body: { } kept }
            ? JsonSerializer.Deserialize(kept.Span, PipelineJson.Default.RarityDocument)
            : null;

        // Under another background table the old counts mean nothing: they are made anew.
        var epoch =
            rarity is null || rarity.Background != BackgroundRarity.Shipped.Version
                ? null
                : new RarityEpoch(
                    rarity.Number,
                    rarity.UniqueMails,
                    rarity.Values.Zip(rarity.Counts).ToDictionary(one => one.First, one => one.Second),
                    BackgroundRarity.Shipped
                );
        return new SituationMemory(new SituationState(epoch, StateOf(campaigns), []), epoch is null ? 0 : rarity?.Mails ?? 0);
    }

    /// <summary>Documents of what a situation changed.</summary>
    public static IEnumerable<NewDocument> DocumentsOf(WorkedSituation worked)
    {
        if (worked.Frozen is { State.Epoch: { } epoch } memory)
        {
            var values = epoch.Frequencies.OrderBy(one => one.Key).ToList();
            var document = new RarityDocument(
                epoch.Number,
                epoch.UniqueMails,
                memory.Mails,
                epoch.Background.Version,
                [.. values.Select(one => one.Key)],
                [.. values.Select(one => one.Value)]
            );
            yield return Of(
                DocumentKinds.Rarity,
                Epoch,
                JsonSerializer.SerializeToUtf8Bytes(document, PipelineJson.Default.RarityDocument)
            );
        }

        foreach (var campaign in worked.Change.Changes.Campaigns)
        {
            yield return Of(campaign.Id, new CampaignDocument(campaign.Version, campaign.Alias, campaign.Mails));
        }

        foreach (var (id, heir) in worked.Change.Changes.EndedCampaigns)
        {
            yield return Of(id, new CampaignDocument(0, "", [], heir));
        }
    }

    private static CampaignState StateOf(Dictionary<string, CampaignDocument> campaigns) =>
        new(
            [
                .. campaigns
                    .Where(one => one.Value.Version > 0)
                    .OrderBy(one => one.Key, StringComparer.Ordinal)
                    .Select(one => new Campaign
                    {
                        Id = one.Key,
                        Version = one.Value.Version,
                        Alias = one.Value.Alias,
                        Exchanges = [],
                        Mails = one.Value.Mails,
                        Organizations = [],
                        Confidence = default,
                        Bits = 0,
                        Links = [],
                        Without = [],
                    }),
            ],
            campaigns
                .Where(one => one.Value.Heir is not null)
                .ToDictionary(one => one.Key, one => one.Value.Heir ?? "", StringComparer.Ordinal)
        );

    private static NewDocument Of(string id, CampaignDocument document) =>
        Of(DocumentKinds.Campaign, id, JsonSerializer.SerializeToUtf8Bytes(document, PipelineJson.Default.CampaignDocument));

    private static NewDocument Of(string kind, string subject, byte[] body) => new(null, kind, RetentionClass.Result, body, subject);
}
