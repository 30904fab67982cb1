using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Hub.Campaigns;

/// <summary>What happened to the campaigns of the last state.</summary>
/// <param name="Campaigns">The campaigns now, ordered by id.</param>
/// <param name="Redirects">Ids that are no longer used, with the id that stands for them.</param>
public sealed record CampaignState(IReadOnlyList<Campaign> Campaigns, IReadOnlyDictionary<string, string> Redirects)
{
    /// <summary>Names given so far: none is given twice, also when what had it fell apart.</summary>
    public int Named { get; init; } = Campaigns.Count + Redirects.Count;

    /// <summary>No campaigns yet.</summary>
    public static CampaignState Empty { get; } = new([], new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The campaign of an id, redirects followed; null when there is none.</summary>
    public Campaign? Find(string id)
    {
        for (var hops = 0; hops <= Redirects.Count && Redirects.TryGetValue(id, out var other); hops++)
        {
            id = other;
        }

        return Campaigns.FirstOrDefault(campaign => campaign.Id == id);
    }
}

/// <summary>Keeps ids stable: a campaign keeps the id of the one with which it shares most, and what merges leaves a redirect.</summary>
public static class CampaignRegistry
{
    /// <summary>Gives ids, versions and aliases.</summary>
    /// <param name="before">The last state.</param>
    /// <param name="now">Campaigns as clustered.</param>
    public static CampaignState Assign(CampaignState before, IEnumerable<Campaign> now)
    {
        ArgumentNullException.ThrowIfNull(before);
        var redirects = new Dictionary<string, string>(before.Redirects, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var used = before.Campaigns.Select(campaign => campaign.Id).Concat(redirects.Keys).ToHashSet(StringComparer.Ordinal);
        var named = before.Named;
        var ofMail = ByMail(before.Campaigns);
        var result = new List<Campaign>();
        foreach (var campaign in now.OrderByDescending(one => one.Mails.Count).ThenBy(one => one.Exchanges[0], StringComparer.Ordinal))
        {
            if (Nearest(campaign, ofMail, old => !taken.Contains(old.Id)) is { } heir)
            {
                taken.Add(heir.Id);
                var same = heir.Mails.SequenceEqual(campaign.Mails, StringComparer.Ordinal);
                result.Add(campaign with { Id = heir.Id, Alias = heir.Alias, Version = same ? heir.Version : heir.Version + 1 });
            }
            else
            {
                var id = NewId(campaign, used);
                taken.Add(id);
                result.Add(campaign with { Id = id, Version = 1, Alias = AliasOf(named++) });
            }
        }

        var nowOfMail = ByMail(result);
        foreach (var old in before.Campaigns.Where(old => !taken.Contains(old.Id)))
        {
            // A campaign that fell apart altogether has no heir: its id ends with it.
            if (Nearest(old, nowOfMail, _ => true) is { } heir)
            {
                redirects[old.Id] = heir.Id;
            }
        }

        return new CampaignState([.. result.OrderBy(one => one.Id, StringComparer.Ordinal)], redirects) { Named = named };
    }

    private static Dictionary<string, Campaign> ByMail(IEnumerable<Campaign> campaigns) =>
        campaigns
            .SelectMany(campaign => campaign.Mails, (campaign, mail) => (campaign, mail))
            .ToDictionary(pair => pair.mail, pair => pair.campaign, StringComparer.Ordinal);

    /// <summary>Of campaigns of another state, the one that shares most mails.</summary>
    private static Campaign? Nearest(Campaign campaign, Dictionary<string, Campaign> ofMail, Func<Campaign, bool> may) =>
        campaign
            .Mails.Select(mail => ofMail.GetValueOrDefault(mail))
            .OfType<Campaign>()
            .Where(may)
            .GroupBy(one => one.Id, StringComparer.Ordinal)
            .OrderByDescending(shared => shared.Count())
            .ThenBy(shared => shared.Key, StringComparer.Ordinal)
            .Select(shared => shared.First())
            .FirstOrDefault();

    /// <summary>X, Y, Z, then X2, Y2, …: names that name nobody.</summary>
    private static string AliasOf(int number) => number < 3 ? $"{(char)('X' + number)}" : $"{(char)('X' + (number % 3))}{(number / 3) + 1}";

    /// <summary>An id drawn from an exchange, so that a stateless run gives the same one each time, whatever the files are called.</summary>
    private static string NewId(Campaign campaign, HashSet<string> used)
    {
        for (var salt = 0; ; salt++)
        {
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}\n{campaign.Exchanges[0]}"));
            var id = $"c-{Convert.ToHexStringLower(digest)[..10]}";
            if (used.Add(id))
            {
                return id;
            }
        }
    }
}
