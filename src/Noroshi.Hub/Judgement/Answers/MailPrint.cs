using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement.Answers;

/// <summary>
/// As much of a mail as it takes to find the mails that belong together with another one: hashes only, about a kilobyte.
/// </summary>
public sealed record MailPrint
{
    private const int MostIds = 32;

    /// <summary>Key of the mail.</summary>
    public required string Key { get; init; }

    /// <summary>When it was received; null when unknown.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Same text, sender and attachments.</summary>
    public required ulong UniqueId { get; init; }

    /// <summary>Outsiders and message ids: what ties the mails of one exchange.</summary>
    internal ulong[] Ties { get; private init; } = [];

    /// <summary>Values that another attack of the same hand may share.</summary>
    internal ulong[] Values { get; private init; } = [];

    /// <summary>Sketch of the text.</summary>
    internal ulong[] Sketch { get; private init; } = [];

    /// <summary>The print of a mail.</summary>
    /// <param name="known">The mail.</param>
    /// <param name="organization">Its organisation, so that own addresses tie nothing.</param>
    public static MailPrint Of(KnownMail known, Organization? organization)
    {
        ArgumentNullException.ThrowIfNull(known);
        var facts = known.Mail.Facts;
        var estate = Estates.Of(organization);
        var ties = Outsiders
            .Of(known.Mail, estate)
            .Select(one => "p" + one.Address)
            .Concat(facts.ReplyTo.Where(one => !estate.Holds(one.Address)).Select(one => "p" + one.Address.Trim().ToLowerInvariant()))
            .Concat(new[] { facts.MessageId, facts.InReplyTo }.OfType<string>().Select(id => "m" + id))
            .Concat(facts.References.TakeLast(MostIds).Select(id => "m" + id))
            .Take(2 * MostIds);
        return new MailPrint
        {
            Key = known.Mail.Key,
            At = known.Mail.ReceivedAt,
            UniqueId = known.Features.UniqueId,
            Ties = [.. ties.Select(Hash).Distinct()],
            Values = [.. known.Features.Features.Where(CandidateSearch.Says).Select(feature => feature.Id)],
            Sketch = [.. known.Features.Sketch],
        };
    }

    private static ulong Hash(string text) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>
/// Finds, among the prints of one side, the mails that matter to the answer about some mails: those of the same exchanges, those that share a
/// rare value or much of the text, and the exchanges of these. Bounded: an organisation's answer must not wait for its whole history.
/// </summary>
public static class Related
{
    /// <summary>Mails found at most.</summary>
    public const int Most = 300;

    /// <summary>A value that more of one's own mails have finds nobody.</summary>
    private const int Rare = 50;
    private const int SharedSketch = 6;
    private const int TieWeight = 100;
    private const int ValueWeight = 10;

    /// <summary>Keys of the mails, the closest first; the given ones are not among them.</summary>
    /// <param name="given">The mails that are asked about.</param>
    /// <param name="prints">The side's prints.</param>
    public static IReadOnlyList<string> To(IReadOnlyList<MailPrint> given, IReadOnlyList<MailPrint> prints)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(prints);
        var asked = given.Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        var others = prints.Where(one => !asked.Contains(one.Key)).ToList();
        var near = Closest(others, Scorer.For(given, others, tiesOnly: false), Most / 2);
        var taken = near.Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        var rest = others.Where(one => !taken.Contains(one.Key)).ToList();
        // What belongs to their exchanges: an attack that followed a first mail like this one.
        var beyond = Closest(rest, Scorer.For(near, rest, tiesOnly: true), Most - near.Count);
        return [.. near.Concat(beyond).Select(one => one.Key)];
    }

    private static List<MailPrint> Closest(List<MailPrint> prints, Scorer scorer, int most) =>
        [
            .. prints
                .Select(one => (Print: one, Score: scorer.Of(one)))
                .Where(one => one.Score > 0)
                .OrderByDescending(one => one.Score)
                .ThenByDescending(one => one.Print.At ?? DateTimeOffset.MinValue)
                .ThenBy(one => one.Print.Key, StringComparer.Ordinal)
                .Take(most)
                .Select(one => one.Print),
        ];

    private sealed class Scorer
    {
        private readonly HashSet<ulong> _ties = [];
        private readonly Dictionary<ulong, int> _values = [];
        private readonly HashSet<ulong> _sketch = [];

        public static Scorer For(IReadOnlyList<MailPrint> given, List<MailPrint> others, bool tiesOnly)
        {
            var scorer = new Scorer();
            foreach (var one in given)
            {
                scorer._ties.UnionWith(one.Ties);
                if (tiesOnly)
                {
                    continue;
                }

                scorer._sketch.UnionWith(one.Sketch);
                foreach (var value in one.Values)
                {
                    scorer._values[value] = 0;
                }
            }

            foreach (var value in tiesOnly ? [] : others.SelectMany(one => one.Values))
            {
                if (scorer._values.TryGetValue(value, out var count))
                {
                    scorer._values[value] = count + 1;
                }
            }

            return scorer;
        }

        public int Of(MailPrint one)
        {
            var score = 0;
            foreach (var tie in one.Ties)
            {
                score += _ties.Contains(tie) ? TieWeight : 0;
            }

            foreach (var value in one.Values)
            {
                score += _values.TryGetValue(value, out var count) && count <= Rare ? ValueWeight : 0;
            }

            var shared = 0;
            foreach (var hash in one.Sketch)
            {
                shared += _sketch.Contains(hash) ? 1 : 0;
            }

            return score + (shared >= SharedSketch ? shared : 0);
        }
    }
}
