using Noroshi.Exchange.Texts;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Misp;

/// <summary>What lists tell of an event.</summary>
public sealed record MispHead
{
    /// <summary>Id: the item's.</summary>
    public required Guid Id { get; init; }

    /// <summary>Title, Japanese first.</summary>
    public required string Info { get; init; }

    /// <summary>Japanese day on which version 1 left.</summary>
    public required string Date { get; init; }

    /// <summary>Version as MISP compares it: seconds, greater with every version.</summary>
    public required long Timestamp { get; init; }

    /// <summary>1 high to 4 undefined.</summary>
    public required int ThreatLevel { get; init; }

    /// <summary>1 ongoing, 2 completed.</summary>
    public required int Analysis { get; init; }

    /// <summary>How far a MISP server that has it passes it on: 0 its own organisation, 1 its own users, 3 everybody.</summary>
    public required int Distribution { get; init; }

    /// <summary>The hub.</summary>
    public required HubName Hub { get; init; }

    /// <summary>Tags.</summary>
    internal IReadOnlyList<MispTag> Tags { get; init; } = [];

    /// <summary>Names of the tags.</summary>
    public IReadOnlyList<string> TagNames => [.. Tags.Select(one => one.Name)];

    /// <summary>Name of the hub as an organisation of MISP, where names stand in rules and are typed.</summary>
    public string OrganizationName => string.IsNullOrWhiteSpace(Hub.NameEn) ? Hub.NameJa : Hub.NameEn;

    /// <summary>The head of a version.</summary>
    public static MispHead Of(Release release, HubName hub)
    {
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(hub);
        var item = release.Item;
        return new MispHead
        {
            Id = item.Id,
            Info = InfoOf(item),
            Date = MarkingWords.Day(release.FirstAt),
            Timestamp = MispIds.Timestamp(release.At, item.Version),
            ThreatLevel = item.Kind switch
            {
                ItemKind.Alert or ItemKind.Case => 2,
                ItemKind.FirstNotice or ItemKind.WindowMaterial => 4,
            },
            Analysis = item is { Kind: ItemKind.FirstNotice, Retracted: false } ? 1 : 2,
            Distribution = item.Marking.Tlp switch
            {
                Tlp.Clear => 3,
                Tlp.Green => 1,
                Tlp.Amber or Tlp.AmberStrict or Tlp.Red => 0,
            },
            Hub = hub,
            Tags = [.. TagsOf(item)],
        };
    }

    private static string InfoOf(SanitisedItem item)
    {
        // MISP takes no tag away by an update: after a change of the TLP the title is where the one that counts is read.
        var state = item.Retracted ? "【撤回 / RETRACTED】" : "";
        var title = string.Join(" / ", new[] { item.Title.Ja, item.Title.En }.Where(one => !string.IsNullOrWhiteSpace(one)));
        return PlainText.Line($"[{MarkingWords.Label(item.Marking.Tlp)}] {state}{title}", 1_000);
    }

    private static IEnumerable<MispTag> TagsOf(SanitisedItem item)
    {
        yield return item.Marking.Tlp switch
        {
            Tlp.Clear => new("tlp:clear", "#FFFFFF"),
            Tlp.Green => new("tlp:green", "#33FF00"),
            Tlp.Amber => new("tlp:amber", "#FFC000"),
            Tlp.AmberStrict => new("tlp:amber+strict", "#FFC000"),
            Tlp.Red => new("tlp:red", "#FF2B2B"),
        };
        yield return item.Marking.Pap switch
        {
            Pap.Clear => new("PAP:CLEAR", "#FFFFFF"),
            Pap.Green => new("PAP:GREEN", "#33FF00"),
            Pap.Amber => new("PAP:AMBER", "#FFC000"),
            Pap.Red => new("PAP:RED", "#FF2B2B"),
        };
        if (item.Retracted)
        {
            yield return new("noroshi:state=\"retracted\"", "#808080");
        }
    }
}
