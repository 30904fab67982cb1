using System.Globalization;
using System.Text;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>A range of an original text that was replaced.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="Shown">What stands there instead.</param>
public sealed record ReplacedSpan(int Start, int Length, string Shown);

/// <summary>
/// The words of all members while an item is being made: whether a value names somebody, and a text without the names. The gate looks at the
/// result once more; this only makes results that pass it.
/// </summary>
public sealed class IdentityGuard
{
    private const int MostPlaces = 1_000;
    private readonly LeakGate _gate;
    private readonly GateWords _words;

    /// <summary>Makes the guard.</summary>
    /// <param name="terms">The union of all members' dictionaries, given and harvested.</param>
    public IdentityGuard(IEnumerable<IdentityTerm> terms)
    {
        var all = terms.ToList();
        _gate = new LeakGate(all);
        _words = new GateWords(all);
    }

    /// <summary>The gate over the same words.</summary>
    public LeakGate Gate => _gate;

    /// <summary>Whether a value, however it is written, holds a word of any member; words too short to be sure count.</summary>
    public bool Names(string value) => _gate.Inspect(value).Verdict != GateVerdict.Clear;

    /// <summary>The text with every word of a member replaced by what kind of word it was.</summary>
    /// <returns>The text, and the ranges that were replaced; the whole text when a word is hidden in it in a way that has no place.</returns>
    public (string Text, IReadOnlyList<ReplacedSpan> Spans) Pseudonymised(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var spans = Spans(text);
        var replaced = Replaced(text, spans);
        if (!Names(replaced))
        {
            return (replaced, spans);
        }

        const string all = "＜匿名化＞";
        return (all, [new ReplacedSpan(0, text.Length, all)]);
    }

    private List<ReplacedSpan> Spans(string text)
    {
        var (view, origins) = GateText.Mapped(text);
        var found = _words
            .Places(view)
            .Take(MostPlaces)
            .Select(place => (From: origins[place.Range.Start.Value], To: EndOf(text, origins[place.Range.End.Value - 1]), place.Term.Kind))
            .OrderBy(place => place.From)
            .ThenByDescending(place => place.To);
        var spans = new List<ReplacedSpan>();
        foreach (var (from, to, kind) in found)
        {
            if (spans is [.., var last] && from < last.Start + last.Length)
            {
                // Overlapping words are one range under the name of the first.
                spans[^1] = last with
                {
                    Length = Math.Max(last.Length, to - last.Start),
                };
                continue;
            }

            spans.Add(new ReplacedSpan(from, to - from, Shown(kind)));
        }

        return spans;
    }

    private static int EndOf(string text, int start) => start + StringInfo.GetNextTextElementLength(text, start);

    private static string Replaced(string text, List<ReplacedSpan> spans)
    {
        var made = new StringBuilder(text.Length);
        var at = 0;
        foreach (var span in spans)
        {
            made.Append(text, at, span.Start - at).Append(span.Shown);
            at = span.Start + span.Length;
        }

        return UnicodeForms.Whole(made.Append(text, at, text.Length - at).ToString());
    }

    /// <summary>What stands for a word: its kind, the same everywhere, so that nothing is told by which pseudonym it got.</summary>
    private static string Shown(IdentityKind kind) =>
        kind switch
        {
            IdentityKind.NameJa
            or IdentityKind.NameKana
            or IdentityKind.NameRomaji
            or IdentityKind.NameEn
            or IdentityKind.Abbreviation
            or IdentityKind.FormerName => "＜組織名＞",
            IdentityKind.Brand or IdentityKind.Project => "＜製品・事業名＞",
            IdentityKind.Domain or IdentityKind.Host or IdentityKind.Network or IdentityKind.Tenant => "＜組織のシステム＞",
            IdentityKind.Address => "＜組織の宛先＞",
            IdentityKind.Phone => "＜電話番号＞",
            IdentityKind.PostalAddress => "＜所在地＞",
            IdentityKind.Staff => "＜氏名＞",
            IdentityKind.CorporateNumber or IdentityKind.Word => "＜組織の情報＞",
        };
}
