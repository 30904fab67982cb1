using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;
using Noroshi.Server.Tests.Hosting;

namespace Noroshi.Server.Tests.Statistics;

/// <summary>
/// What the story says was shared, as the book of releases would hold it. The approvals that led there need people; figures ask only for time,
/// origin and audience.
/// </summary>
internal static class PastShares
{
    public static Task PutAsync(TestHub hub, IEnumerable<string> lines)
    {
        var releases = hub.Get<Register<ReleaseFile>>();
        return hub.Get<HubRecords>().ChangeAsync([], [.. lines.Select(line => Of(line, releases))]);
    }

    private static Change Of(string line, Register<ReleaseFile> releases)
    {
        using var read = JsonDocument.Parse(line);
        var share = read.RootElement;
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(share.GetProperty("item").GetString() ?? "")).AsSpan(0, 16));
        var at = share.GetProperty("sharedAt").GetDateTimeOffset();
        var item = new SanitisedItem
        {
            Id = id,
            Version = 1,
            Kind = ItemKind.Alert,
            Origin = share.GetProperty("origin").GetString() == "hub" ? ItemOrigin.Hub : ItemOrigin.Provisions,
            Title = BothLanguages.Empty,
            Summary = BothLanguages.Empty,
            Countermeasure = BothLanguages.Empty,
            Contact = BothLanguages.Empty,
            Marking = new Marking
            {
                Tlp = Tlp.Amber,
                Pap = Pap.Amber,
                ExpiresAt = at.AddYears(1),
                Redistribution = Redistribution.OwnOrganizationOnly,
            },
            Audience = new Audience { Reach = AudienceReach.AllGroups },
        };
        var release = new Release
        {
            Item = item,
            FirstAt = at,
            At = at,
        };
        return releases.Put(
            ReleaseBook.IdOf(id, 1),
            new ReleaseFile(release, "story", [], [], new Dictionary<string, string>(StringComparer.Ordinal), "system")
        );
    }
}
