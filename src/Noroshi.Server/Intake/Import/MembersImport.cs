using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Server.Identity;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Intake.Import;

/// <summary>Puts a members file into the registers: what is new or differs. What the file leaves out stays as it is.</summary>
internal sealed class MembersImport(
    HubRecords records,
    Register<Organization> organizations,
    Register<IndustryGroup> groups,
    Register<AffiliatedScheme> schemes,
    Register<HubRecord> hub
)
{
    /// <summary>Takes the file over.</summary>
    /// <returns>How many records changed.</returns>
    public async Task<int> ApplyAsync(Members members)
    {
        var count = 0;
        await records.ChangeAsync(() =>
        {
            var changes = new List<Change>();
            var journal = new List<JournalRecord>();
            if (members.Hub is { } own)
            {
                Put(hub, CommunityJson.Default.HubRecord, (Community.HubId, own), JournalActions.SettingChanged);
            }

            members
                .Groups.ToList()
                .ForEach(one => Put(groups, CommunityJson.Default.IndustryGroup, (one.Id, one), JournalActions.GroupChanged));
            members
                .Schemes.ToList()
                .ForEach(one => Put(schemes, CommunityJson.Default.AffiliatedScheme, (one.Id, one), JournalActions.SchemeChanged));
            members
                .Organizations.ToList()
                .ForEach(one => Put(organizations, CommunityJson.Default.Organization, (one.Id, one), JournalActions.OrganizationChanged));
            count = changes.Count;
            return (changes, journal);

            void Put<T>(Register<T> register, JsonTypeInfo<T> json, (string Id, T Value) one, string action)
                where T : class
            {
                var old = register.Find(one.Id)?.Value;
                if (
                    old is null
                    || !JsonSerializer
                        .SerializeToUtf8Bytes(old, json)
                        .AsSpan()
                        .SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(one.Value, json))
                )
                {
                    changes.Add(register.Put(one.Id, one.Value));
                    journal.Add(new JournalRecord(Actor.System.Id, action, one.Id, "import"));
                }
            }
        });
        return count;
    }
}
