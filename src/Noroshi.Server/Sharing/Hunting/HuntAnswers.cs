using System.Net.Http.Json;
using Noroshi.Hub.Sharing;

namespace Noroshi.Server.Sharing.Hunting;

/// <summary>An answer to the hub: 受信あり of an indicator, or 受信なし of an item. Nothing of a log stands in it.</summary>
/// <param name="Item">Id of the item.</param>
/// <param name="Order">What the hub is told.</param>
internal sealed record HuntAnswer(Guid Item, SightingOrder Order);

/// <summary>Turns the outcome of a hunt into answers, and sends them when asked to.</summary>
internal static class HuntAnswers
{
    /// <summary>
    /// 受信あり for each indicator found. 受信なし for items of which nothing was found, only when who hunts says what range and period the logs
    /// cover and every log was read to its end: otherwise nobody knows.
    /// </summary>
    /// <param name="outcome">What was found.</param>
    /// <param name="looked">Range and period; null to say nothing about what was not found.</param>
    public static IReadOnlyList<HuntAnswer> Of(HuntOutcome outcome, string? looked)
    {
        var seen = outcome.Found.Select(one => new HuntAnswer(one.Item, new SightingOrder(SightingKind.Seen, one.Indicator)));
        if (string.IsNullOrWhiteSpace(looked) || outcome.UnreadLogs.Count > 0)
        {
            return [.. seen];
        }

        var found = outcome.Found.Select(one => one.Item).ToHashSet();
        var partly = outcome.NotLookedFor.Select(one => one.Item).ToHashSet();
        return
        [
            .. seen,
            .. outcome
                .NotFound.Select(one => one.Item)
                .Distinct()
                .Where(item => !found.Contains(item) && !partly.Contains(item))
                .Select(item => new HuntAnswer(item, new SightingOrder(SightingKind.NotSeen, null, looked.Trim()))),
        ];
    }

    /// <summary>Sends answers; the same answer sent again changes nothing.</summary>
    /// <returns>How many arrived, and what the hub said of the others.</returns>
    /// <exception cref="HttpRequestException">The hub cannot be reached.</exception>
    public static async Task<(int Sent, IReadOnlyList<string> Refused)> SendAsync(
        HttpClient hub,
        IReadOnlyList<HuntAnswer> answers,
        CancellationToken cancellation
    )
    {
        var (sent, refused) = (0, new List<string>());
        foreach (var answer in answers)
        {
            using var reply = await hub.PostAsJsonAsync(
                $"/api/v1/items/{answer.Item:D}/sightings",
                answer.Order,
                SharingDocumentsJson.Default.SightingOrder,
                cancellation
            );
            if (reply.IsSuccessStatusCode)
            {
                sent++;
            }
            else
            {
                refused.Add($"{answer.Item:D}: {(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync(cancellation)}");
            }
        }

        return (sent, refused);
    }
}
