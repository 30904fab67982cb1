using System.Globalization;
using System.Text.Json.Serialization;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Server.Identity;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Pipeline;

/// <summary>
/// Notes at the start which numbers judge from now on. The situation is worked out from the whole log at each start, so that changed numbers
/// judge everything anew; the journal says since when.
/// </summary>
internal sealed class RulesInUse(Community community, Register<CommunityRules> register, HubRecords records) : IHostedService
{
    /// <summary>Kind of the documents.</summary>
    public const string Kind = "rules";

    private const string Subject = "rules";

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var (before, now) = (register.Find(Subject)?.Value ?? CommunityRules.Usual, community.Current.Rules);
        if (before != now)
        {
            var detail = string.Create(
                CultureInfo.InvariantCulture,
                $"MassMailedFrom {before.MassMailedFrom} -> {now.MassMailedFrom}, AlikePercent {before.AlikePercent} -> {now.AlikePercent}"
            );
            await records.ChangeAsync(
                [new JournalRecord(Actor.System.Id, JournalActions.SettingChanged, "Rules", detail)],
                register.Put(Subject, now)
            );
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>How they are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommunityRules))]
internal sealed partial class RulesJson : JsonSerializerContext;
