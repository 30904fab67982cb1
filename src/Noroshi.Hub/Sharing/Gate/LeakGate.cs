using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>What the gate says of an artefact.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateVerdict>))]
public enum GateVerdict
{
    /// <summary>Nothing was found.</summary>
    [JsonStringEnumMemberName("clear")]
    Clear,

    /// <summary>Words too short to be sure were found: a person decides.</summary>
    [JsonStringEnumMemberName("review")]
    Review,

    /// <summary>It must not leave.</summary>
    [JsonStringEnumMemberName("blocked")]
    Blocked,
}

/// <summary>A word that was found. For the hub only: the word may be another member's.</summary>
/// <param name="Term">Which word.</param>
/// <param name="Blocks">Whether it blocks; otherwise a person looks at it.</param>
/// <param name="Path">How it was hidden: the decoders that were undone, outermost first; empty when it stood in the open.</param>
public sealed record GateHit(IdentityTerm Term, bool Blocks, string Path);

/// <summary>The gate's report.</summary>
/// <param name="Verdict">Verdict.</param>
/// <param name="Hits">Words found, each word and path once.</param>
/// <param name="Incomplete">The artefact holds more layers or bytes than can be looked through: it is blocked for that reason.</param>
public sealed record GateReport(GateVerdict Verdict, IReadOnlyList<GateHit> Hits, bool Incomplete);

/// <summary>
/// The last look at what leaves: the final bytes of an artefact, in every reading that a decoder gives, against the words of all members. Fails
/// closed: what could not be looked through whole does not leave. Made once for a set of dictionaries; safe for use by many at once.
/// </summary>
public sealed class LeakGate
{
    private const int MostHits = 1_000;
    private readonly GateWords _words;
    private readonly NetworkWords _networks;
    private readonly NumberWords _numbers;

    /// <summary>Makes the gate.</summary>
    /// <param name="terms">The union of all members' dictionaries, given and harvested.</param>
    public LeakGate(IEnumerable<IdentityTerm> terms)
    {
        var all = terms.ToList();
        _words = new GateWords(all);
        _networks = new NetworkWords(all);
        _numbers = new NumberWords(all);
    }

    /// <summary>Looks through an artefact.</summary>
    /// <param name="artefact">The bytes exactly as a receiver would get them.</param>
    public GateReport Inspect(ReadOnlyMemory<byte> artefact) => Inspect(artefact, new KnownReadings());

    /// <summary>
    /// Looks through artefacts that leave together, or not at all: what stands in several of them is looked at once, and told of the first. The worst
    /// verdict counts for all.
    /// </summary>
    /// <param name="artefacts">The bytes exactly as receivers would get them.</param>
    /// <returns>A report for each.</returns>
    public IReadOnlyList<GateReport> Inspect(IReadOnlyList<ReadOnlyMemory<byte>> artefacts)
    {
        var known = new KnownReadings();
        return [.. artefacts.Select(one => Inspect(one, known))];
    }

    private GateReport Inspect(ReadOnlyMemory<byte> artefact, KnownReadings known)
    {
        var hits = new Dictionary<(IdentityTerm, string), GateHit>();
        var blocks = 0;
        var closure = new DecoderClosure(known);
        foreach (var view in closure.Views(artefact))
        {
            foreach (var hit in HitsOf(view))
            {
                var met = hits.TryGetValue((hit.Term, hit.Path), out var before);
                if (met ? hit.Blocks && before is { Blocks: false } : hit.Blocks || hits.Count < MostHits)
                {
                    hits[(hit.Term, hit.Path)] = hit;
                    blocks += hit.Blocks ? 1 : 0;
                }
            }

            // However many short words there are, the long one behind them is looked for.
            if (blocks >= MostHits)
            {
                break;
            }
        }

        return new GateReport(
            closure.Incomplete || hits.Values.Any(hit => hit.Blocks) ? GateVerdict.Blocked
                : hits.Count > 0 ? GateVerdict.Review
                : GateVerdict.Clear,
            [
                .. hits
                    .Values.OrderByDescending(hit => hit.Blocks)
                    .ThenBy(hit => hit.Path.Length)
                    .ThenBy(hit => hit.Path, StringComparer.Ordinal),
            ],
            closure.Incomplete
        );
    }

    /// <summary>Looks through a text, for fields that a person is still writing.</summary>
    public GateReport Inspect(string text) => Inspect(Encoding.UTF8.GetBytes(UnicodeForms.Whole(text)));

    private IEnumerable<GateHit> HitsOf(DecodedView view)
    {
        var form = UnicodeForms.Nfkc(view.Text);
        foreach (var (term, weight, turned) in _words.Find(GateText.OfForm(form)))
        {
            yield return new GateHit(term, weight == GateWeight.Block, turned.Length == 0 ? view.Path : $"{view.Path}/{turned}");
        }

        foreach (var term in _networks.Find(Shown(form)).Concat(_numbers.Find(form)))
        {
            yield return new GateHit(term, true, view.Path);
        }
    }

    /// <summary>A text in NFKC as it is seen: without zero-width characters.</summary>
    private static string Shown(string text) =>
        Ascii.IsValid(text) ? text : string.Concat(text.Where(character => char.GetUnicodeCategory(character) != UnicodeCategory.Format));
}
