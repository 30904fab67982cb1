using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>What members say to what was shared. No answer is not 受信なし.</summary>
internal sealed class SightingWork(Register<Sighting> sightings, SharingTools tools) : ISightingSink
{
    private const int LongestText = 1_000;
    private const int FewestGroups = 3;
    private const int MostCounted = 1_000_000;

    /// <summary>A member says something; its newest word counts.</summary>
    public async Task SayAsync(Actor by, SharedItem shared, SightingOrder order)
    {
        var item = shared.File.Release.Item;
        if (by.Organization is not { } organization)
        {
            throw new ProblemException(Problem.Forbidden);
        }

        ProblemException.ThrowIf(
            order.Indicator is { } indicator && !item.Indicators.Any(one => one.Id == indicator),
            "その指標は、この情報にはありません。",
            "The item has no such indicator."
        );
        ProblemException.ThrowIf(
            order.Kind == SightingKind.NotSeen && string.IsNullOrWhiteSpace(order.Looked),
            "受信なしの場合は、確認した範囲と期間を書いてください。",
            "For 'not seen', say what range and period you looked at."
        );
        ProblemException.ThrowIf(
            order.Looked?.Length > LongestText,
            $"確認範囲・期間は{LongestText}文字までです。",
            $"Range and period have at most {LongestText} characters."
        );
        ProblemException.ThrowIf(
            order.Received is < 0 or > MostCounted || order.Positive is < 0 or > MostCounted || order.Positive > order.Received,
            "配布数と受信あり数が正しくありません。",
            "The totals are not possible."
        );
        var said = new Sighting(
            item.Id,
            order.Indicator,
            organization,
            by.Id,
            order.Kind,
            order.Looked?.Trim(),
            tools.Now,
            order.Received,
            order.Positive
        );
        await tools.Records.ChangeAsync(
            [new JournalRecord(by.Id, JournalActions.SightingGiven, item.Id.ToString("N"), order.Kind.ToString())],
            sightings.Put(IdOf(item.Id, order.Indicator, organization), said)
        );
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TakeAsync(Actor by, GivenSighting sighting, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sighting);
        // A STIX id is a type, two hyphens and a UUID; an indicator has the one under which it was shared.
        const string indicator = "indicator--";
        if (
            !sighting.Of.StartsWith(indicator, StringComparison.Ordinal)
            || !Guid.TryParse(sighting.Of.AsSpan(indicator.Length), out var id)
            || tools.Book.All.FirstOrDefault(one => one.Release.Item.Indicators.Any(other => other.Id == id)) is not { } release
        )
        {
            return false;
        }

        var item = release.Release.Item.Id;
        var said = new Sighting(
            item,
            id,
            sighting.Organization,
            by.Id,
            sighting.Count == 0 ? SightingKind.NotSeen : SightingKind.Seen,
            Period(sighting),
            tools.Now
        );
        await tools.Records.ChangeAsync(
            [new JournalRecord(by.Id, JournalActions.SightingGiven, item.ToString("N"), said.Kind.ToString())],
            sightings.Put(IdOf(item, id, sighting.Organization), said)
        );
        return true;
    }

    private static string? Period(GivenSighting sighting) =>
        sighting.FirstSeen is null && sighting.LastSeen is null
            ? null
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{sighting.FirstSeen:O} - {sighting.LastSeen:O}");

    /// <summary>What a member sees: its own word, and a band of how many saw it, hidden below three corporate groups.</summary>
    public SightingView For(Actor actor, Guid item)
    {
        var all = Of(item);
        var membership = new Membership(tools.Community.Current);
        var groups = all.Where(one => one.Kind is SightingKind.Seen or SightingKind.Blocked)
            .Select(one => membership.CountsAs(one.Organization))
            .Distinct(StringComparer.Ordinal)
            .Count();
        return new SightingView(
            actor.Organization is { } own ? sightings.Find(IdOf(item, null, own))?.Value.Kind : null,
            groups switch
            {
                < FewestGroups => null,
                < 10 => "3-9",
                _ => "10+",
            }
        );
    }

    /// <summary>All sightings of an item. For the hub.</summary>
    public IReadOnlyList<Sighting> Of(Guid item) => [.. sightings.All.Select(one => one.Value).Where(one => one.Item == item)];

    private static string IdOf(Guid item, Guid? indicator, string organization) =>
        $"{item:N}.{indicator?.ToString("N") ?? "item"}.{organization}";
}
