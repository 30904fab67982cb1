using System.Globalization;
using System.Text.Json.Nodes;

namespace Noroshi.Makers.Story;

/// <summary>Which provisions were merged into which shared item, and when; a share itself needs an approval, which is no part of the mails.</summary>
internal static class ShareBook
{
    /// <summary>Shared items of a year.</summary>
    public static IEnumerable<JsonObject> Of(YearPlan plan, IEnumerable<Letter> letters, ProvisionBook provisions)
    {
        // What is mass, spam or harmless is normally not shared (and so is what came to the help desk).
        var given = letters
            .Where(letter => Clock.FiscalYear(provisions.ProvidedAt(letter)) == plan.Year && letter.Intake is "member" or "hub")
            .Where(letter => letter.Verdict is "targeted" or "unknown")
            .Select(letter => (letter.Intake, Number: provisions.Number(letter), At: provisions.ProvidedAt(letter)))
            .Where(one => Clock.FiscalYear(one.At) == plan.Year)
            .Distinct()
            .OrderBy(one => one.At)
            .ThenBy(one => one.Number, StringComparer.Ordinal)
            .ToList();
        var items = given
            .Where(one => one.Intake == "hub")
            .Select(one => (Origin: "hub", List: new List<string> { one.Number }, one.At))
            .ToList();
        var members = given.Where(one => one.Intake == "member").ToList();
        var merges = members.Count + items.Count - plan.Shared;
        var dice = new Dice($"shares/{plan.Year}");
        var merged = dice.Shuffled(Enumerable.Range(1, members.Count - 1)).Take(merges).ToHashSet();
        for (var at = 0; at < members.Count; at++)
        {
            if (merged.Contains(at))
            {
                var last = items[^1];
                last.List.Add(members[at].Number);
                items[^1] = last with { At = members[at].At };
                continue;
            }

            items.Add(("member", [members[at].Number], members[at].At));
        }

        return items
            .OrderBy(item => item.At)
            .ThenBy(item => item.List[0], StringComparer.Ordinal)
            .Select((item, number) => Line(plan, item, number + 1, dice));
    }

    private static JsonObject Line(YearPlan plan, (string Origin, List<string> List, DateTimeOffset At) item, int number, Dice dice)
    {
        var end = plan.Start.AddYears(1).AddMinutes(-number % 50 - 1);
        var shared = item.At.AddMinutes(240 + dice.Below(2_600));
        return new JsonObject
        {
            ["item"] = string.Create(CultureInfo.InvariantCulture, $"S-{plan.Year}-{number:000}"),
            ["sharedAt"] = Clock.Text(shared < end ? shared : end),
            ["origin"] = item.Origin,
            ["provisions"] = new JsonArray([.. item.List.Select(one => (JsonNode)one)]),
        };
    }
}
