using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>How a found word is taken.</summary>
internal enum GateWeight
{
    /// <summary>An accident.</summary>
    None,

    /// <summary>Too short to be sure: a person decides.</summary>
    Review,

    /// <summary>Nothing leaves.</summary>
    Block,
}

/// <summary>
/// The forms in which words are looked for, and how much one of them proves. Long words block wherever they stand; short ones only where they
/// stand as words, and very short ones go to a person: a gate that cries at each "ABC" would be switched off.
/// </summary>
internal sealed class GateWords
{
    private const int SureLatin = 8;
    private const int SureHan = 3;
    private const int SureKana = 4;
    private const int ShortestTurned = 5;

    private static readonly string[] LegalForms =
    [
        "株式会社",
        "(株)",
        "有限会社",
        "(有)",
        "合同会社",
        "合資会社",
        "一般社団法人",
        "一般財団法人",
        "公益社団法人",
        "公益財団法人",
        "独立行政法人",
        "国立研究開発法人",
        "国立大学法人",
        "学校法人",
        "医療法人",
        "社会福祉法人",
        "incorporated",
        "corporation",
        "co., ltd.",
        "co.,ltd.",
        "co. ltd.",
        "company, limited",
        "company limited",
        "limited",
        "corp.",
        "inc.",
        "ltd.",
        "llc",
        "k.k.",
        "kabushiki kaisha",
    ];

    private readonly List<Form> _forms = [];
    private readonly TermAutomaton _automaton;

    public GateWords(IEnumerable<IdentityTerm> terms)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var term in terms)
        {
            foreach (var (text, gaps) in FormsOf(term))
            {
                if (text.Length >= 2 && seen.Add((text, term.Owner)))
                {
                    _forms.Add(new Form(term, text, gaps, ""));
                    if (text.Length >= ShortestTurned || (HasHan(text) && text.Length >= SureHan))
                    {
                        _forms.Add(new Form(term, Reversed(text), gaps, "reversed"));
                    }

                    if (text.Length >= ShortestTurned && Turned(term.Value) is { } turned)
                    {
                        _forms.Add(new Form(term, GateText.Word(turned), gaps, "rot13"));
                    }
                }
            }
        }

        _automaton = new TermAutomaton([.. _forms.Select(form => form.Text)]);
    }

    /// <summary>Words found, with how they are taken.</summary>
    public IEnumerable<(IdentityTerm Term, GateWeight Weight, string Turned)> Find(GateText text) =>
        Places(text).Select(found => (found.Term, found.Weight, found.Turned));

    /// <summary>Words found, with the range of the view in which each stands.</summary>
    public IEnumerable<(IdentityTerm Term, GateWeight Weight, string Turned, Range Range)> Places(GateText text)
    {
        foreach (var found in _automaton.Find(text.Characters))
        {
            var form = _forms[found.Word];
            var from = found.End - form.Text.Length;
            var weight = WeightOf(form, text, from, found.End);
            if (weight != GateWeight.None)
            {
                yield return (form.Term, weight, form.Turned, from..found.End);
            }
        }
    }

    /// <summary>Words that are too short to be looked for at all: the one who gives a dictionary is told.</summary>
    public static bool IsTooShort(IdentityTerm term) => FormsOf(term).All(form => form.Text.Length < 2);

    private static GateWeight WeightOf(Form form, GateText text, int from, int to)
    {
        var word = form.Text;
        var starts = text.StartsAt(from);
        var ends = text.EndsAt(to);
        if (word.Any(GateText.IsCjk))
        {
            var sure = HasHan(word) ? SureHan : SureKana;
            return word.Length >= sure ? GateWeight.Block
                : starts && ends || HasHan(word) && word.Length >= 2 && (starts || ends) ? GateWeight.Review
                : GateWeight.None;
        }

        if (word.Length >= SureLatin)
        {
            return GateWeight.Block;
        }

        // Gaps where the word has none make it another word, unless every character stands alone.
        var gaps = text.GapsWithin(from, to);
        if (gaps > form.Gaps && gaps < word.Length - 1)
        {
            return GateWeight.None;
        }

        return word.Length switch
        {
            >= 6 => starts || ends ? GateWeight.Block : GateWeight.Review,
            5 => starts && ends ? GateWeight.Block : GateWeight.None,
            _ => starts && ends ? GateWeight.Review : GateWeight.None,
        };
    }

    /// <summary>The forms of a word in canonical text, with the gaps it has itself.</summary>
    private static IEnumerable<(string Text, int Gaps)> FormsOf(IdentityTerm term)
    {
        if (term.Kind is IdentityKind.Network)
        {
            yield break;
        }

        var bare = WithoutLegalForm(term.Value);
        yield return FormOf(bare);
        switch (term.Kind)
        {
            case IdentityKind.Domain or IdentityKind.Host:
                // The name without what stands before and behind: an own name is told by it as well.
                if (OwnLabel(bare.Trim('*', '.')) is { } label)
                {
                    yield return FormOf(label);
                }

                break;
            case IdentityKind.Address when bare.IndexOf('@', StringComparison.Ordinal) is > 0 and var at:
                yield return FormOf(bare.Replace("@", " at ", StringComparison.Ordinal).Replace(".", " dot ", StringComparison.Ordinal));
                if (IsTelling(bare[..at]))
                {
                    yield return FormOf(bare[..at]);
                }

                break;
            case IdentityKind.Staff:
                // Family name and given name in either order.
                var names = bare.Split([' ', '　', ','], StringSplitOptions.RemoveEmptyEntries);
                if (names.Length == 2)
                {
                    yield return FormOf($"{names[1]} {names[0]}");
                }

                break;
            case IdentityKind.Tenant when Guid.TryParse(bare, out var id):
                // As bytes are printed: the first three groups are little-endian in Windows' form.
                yield return FormOf(Convert.ToHexStringLower(id.ToByteArray()));
                break;
            default:
                break;
        }
    }

    /// <summary>The label that names the owner; names inside an organisation (<c>aoba.local</c>) end in what no public list knows.</summary>
    private static string? OwnLabel(string name) =>
        PublicSuffix.RegistrableDomain(name) is { } registrable ? registrable.Split('.')[0]
        : name.Split('.') is [.., var label, var last] && PublicSuffix.RegistrableDomain("any." + last) is null ? label
        : null;

    /// <summary>Local parts that any organisation has tell nothing.</summary>
    private static bool IsTelling(string local) =>
        local.Length >= 6
        && local.ToLowerInvariant()
            is not (
                "contact"
                or "contactus"
                or "inquiry"
                or "inquiries"
                or "support"
                or "webmaster"
                or "postmaster"
                or "customer"
                or "service"
                or "recruit"
                or "privacy"
                or "security"
                or "noreply"
                or "no-reply"
                or "office"
                or "public"
                or "toiawase"
                or "product"
                or "products"
                or "product-inquiry"
                or "recruiting"
                or "information"
            );

    private static (string Text, int Gaps) FormOf(string word)
    {
        var text = GateText.Of(word);
        return (new string(text.Characters.Span), text.GapsWithin(0, text.Characters.Length));
    }

    private static string WithoutLegalForm(string word)
    {
        var bare = UnicodeForms.Nfkc(word).Trim();
        foreach (var form in LegalForms)
        {
            if (bare.StartsWith(form, StringComparison.OrdinalIgnoreCase) && bare.Length > form.Length)
            {
                bare = bare[form.Length..].Trim();
            }

            if (bare.EndsWith(form, StringComparison.OrdinalIgnoreCase) && bare.Length > form.Length)
            {
                bare = bare[..^form.Length].Trim(' ', ',');
            }
        }

        return bare;
    }

    private static bool HasHan(string word) =>
        word.Any(character => GateText.IsCjk(character) && character is not (>= '\u30A1' and <= '\u30FA'));

    /// <summary>The word with its Latin letters turned by thirteen: cheaper than to turn every text. Null when it has too few.</summary>
    private static string? Turned(string word) =>
        word.Count(char.IsAsciiLetter) < ShortestTurned
            ? null
            : string.Concat(
                word.Select(character =>
                    char.IsAsciiLetterLower(character) ? (char)('a' + ((character - 'a' + 13) % 26))
                    : char.IsAsciiLetterUpper(character) ? (char)('A' + ((character - 'A' + 13) % 26))
                    : character
                )
            );

    private static string Reversed(string word)
    {
        var characters = word.ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }

    /// <summary>One form of a word.</summary>
    /// <param name="Term">The word.</param>
    /// <param name="Text">Canonical.</param>
    /// <param name="Gaps">Gaps that it has itself.</param>
    /// <param name="Turned">How it was turned: <c>reversed</c>, <c>rot13</c>, or not at all.</param>
    private sealed record Form(IdentityTerm Term, string Text, int Gaps, string Turned);
}
