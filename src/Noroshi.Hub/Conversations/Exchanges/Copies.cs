using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Conversations;

/// <summary>A mail and the other copies of it.</summary>
/// <param name="Mail">The copy that stands for all: the first that came.</param>
/// <param name="Others">The others, by time, then key.</param>
internal sealed record CopiedMail(ProvidedMail Mail, IReadOnlyList<ProvidedMail> Others);

/// <summary>The same mail handed in twice, or by two windows, is one message.</summary>
internal static class Copies
{
    /// <summary>Mails of one organisation, each once, by time, then key.</summary>
    public static IReadOnlyList<CopiedMail> Of(IEnumerable<ProvidedMail> mails)
    {
        var kept = new List<List<ProvidedMail>>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var mail in mails.OrderBy(TimeOf).ThenBy(mail => mail.Key, StringComparer.Ordinal))
        {
            var names = Names(mail).ToList();
            var at = names
                .Select(name => places.TryGetValue(name, out var place) ? place : -1)
                .Where(place => place >= 0)
                .DefaultIfEmpty(-1)
                .First();
            if (at < 0)
            {
                at = kept.Count;
                kept.Add([]);
            }

            kept[at].Add(mail);
            foreach (var name in names)
            {
                places.TryAdd(name, at);
            }
        }

        return [.. kept.Select(copies => new CopiedMail(copies[0], copies[1..]))];
    }

    /// <summary>When it came or went: the end of time when nothing tells.</summary>
    internal static DateTimeOffset TimeOf(ProvidedMail mail) =>
        (mail.ReceivedAt ?? mail.Facts.SentAt ?? DateTimeOffset.MaxValue).ToUniversalTime();

    /// <summary>
    /// What two copies have in common: the bytes, or the Message-ID together with sender and date. The id alone would do for honest mail
    /// only.
    /// </summary>
    private static IEnumerable<string> Names(ProvidedMail mail)
    {
        var facts = mail.Facts;
        if (facts.Sha256.Length > 0)
        {
            yield return $"bytes {facts.Sha256}";
        }

        if (facts is { MessageId: { Length: > 0 } id, SentAt: { } sent })
        {
            yield return $"id {id}\n{facts.From?.Address}\n{sent.UtcTicks}\n{facts.Subject}";
        }
    }
}
