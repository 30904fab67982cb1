using System.Globalization;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Conversations;

/// <summary>Cases that are only told of: joined to the exchange they belong to, or an exchange of their own.</summary>
internal static class StatedCases
{
    private static readonly TimeSpan After = TimeSpan.FromDays(3);

    /// <summary>The exchanges with what is stated.</summary>
    public static IReadOnlyList<DraftExchange> Join(IReadOnlyList<DraftExchange> drafts, IReadOnlyList<ManifestLine> stated, OwnSide side)
    {
        if (stated.Count == 0)
        {
            return drafts;
        }

        var spans = drafts.Select(SpanOf).ToList();
        var byProvision = ByProvision(drafts);
        var byWindow = ByWindow(drafts);
        var alone = new Dictionary<string, DraftExchange>(StringComparer.Ordinal);
        var joined = new Dictionary<int, List<(ManifestLine Line, string? Reason)>>();
        foreach (var line in stated.OrderBy(Statements.Earliest).ThenBy(Key, StringComparer.Ordinal))
        {
            var (at, reason) = Find(line, spans, byProvision, byWindow);
            if (at < 0)
            {
                var id = OrganizationExchanges.IdOf(side.Id, Key(line));
                alone.TryAdd(id, new DraftExchange(id, side.Id, [], OrganizationExchanges.InOrder(Statements.Of(line)), []));
            }
            else if (joined.TryGetValue(at, out var lines))
            {
                lines.Add((line, reason));
            }
            else
            {
                joined[at] = [(line, reason)];
            }
        }

        return [.. drafts.Select((draft, i) => joined.TryGetValue(i, out var lines) ? With(draft, lines) : draft), .. alone.Values];
    }

    private static string Key(ManifestLine line) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Provision}\n{line.Window}\n{line.ReceivedAt?.UtcTicks}\n{string.Join('\n', line.StatedEvents.Select(Statements.Name))}"
        );

    private static (int At, string? Reason) Find(
        ManifestLine line,
        List<(DateTimeOffset From, DateTimeOffset To)> spans,
        Dictionary<string, int> byProvision,
        ILookup<string, int> byWindow
    )
    {
        if (line.Provision is { } provision && byProvision.TryGetValue(provision, out var at))
        {
            return (at, null);
        }

        var time = Statements.Earliest(line);
        if (line.Window is not { } window || time == DateTimeOffset.MaxValue || line.Provision is not null)
        {
            return (-1, null);
        }

        var running = byWindow[window].Where(one => spans[one].From <= time && time <= spans[one].To).Take(2).ToList();
        return running is [var only] ? (only, $"same-window-and-time: {window}") : (-1, null);
    }

    /// <summary>Exchange of each provision; one that stands in several tells of none.</summary>
    private static Dictionary<string, int> ByProvision(IReadOnlyList<DraftExchange> drafts)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < drafts.Count; i++)
        {
            foreach (
                var provision in drafts[i]
                    .Entries.Select(entry => entry.Mail?.Stated?.Provision)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal)
            )
            {
                found[provision] = found.ContainsKey(provision) ? -1 : i;
            }
        }

        return found.Where(one => one.Value >= 0).ToDictionary(StringComparer.Ordinal);
    }

    private static ILookup<string, int> ByWindow(IReadOnlyList<DraftExchange> drafts) =>
        drafts
            .SelectMany(
                (draft, i) =>
                    draft
                        .Entries.Select(entry => entry.Window)
                        .OfType<string>()
                        .Distinct(StringComparer.Ordinal)
                        .Select(window => (window, i))
            )
            .ToLookup(one => one.window, one => one.i, StringComparer.Ordinal);

    /// <summary>From the first mail to some days after the last; the end of time where no time is known.</summary>
    private static (DateTimeOffset From, DateTimeOffset To) SpanOf(DraftExchange draft)
    {
        var times = draft.Entries.Where(entry => entry.Mail is not null).Select(entry => entry.At).OfType<DateTimeOffset>().ToList();
        return times.Count == 0 ? (DateTimeOffset.MaxValue, DateTimeOffset.MaxValue) : (times.Min(), times.Max().Plus(After));
    }

    /// <summary>What stands already keeps its order; a statement goes after the last message that is not later.</summary>
    private static DraftExchange With(DraftExchange draft, List<(ManifestLine Line, string? Reason)> lines)
    {
        var latest = DateTimeOffset.MinValue;
        var placed = new List<PlacedEntry>();
        foreach (var entry in draft.Entries)
        {
            latest = entry.At > latest ? entry.At.Value.ToUniversalTime() : latest;
            placed.Add(new PlacedEntry(entry, latest, placed.Count, ""));
        }

        var known = draft
            .Entries.Select(entry => entry.Stated)
            .OfType<StatedEvent>()
            .Select(Statements.Name)
            .ToHashSet(StringComparer.Ordinal);
        placed.AddRange(
            lines
                .SelectMany(one => Statements.Of(one.Line))
                .Where(one => one.Entry.Stated is { } stated && known.Add(Statements.Name(stated)))
                .Select(one => one with { Rank = int.MaxValue })
        );
        return draft with
        {
            Entries = OrganizationExchanges.InOrder(placed),
            Probable = [.. draft.Probable, .. lines.Select(one => one.Reason).OfType<string>().Distinct(StringComparer.Ordinal)],
        };
    }
}
