using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Sharing.Drafts;

/// <summary>
/// Whether what an analyst wrote goes with the facts that it tells. A sentence that names a provider's fact but rests on nothing would stay when
/// the provider says no; one that rests on two providers would be shown to neither before it leaves.
/// </summary>
public static class TextGrounds
{
    /// <summary>Shorter values stand in ordinary sentences, too.</summary>
    private const int ShortestValue = 5;

    /// <summary>What is wrong with the texts of a draft, for the analyst; null when nothing is.</summary>
    /// <param name="draft">The draft with the texts.</param>
    /// <param name="texts">Texts that somebody wrote.</param>
    /// <param name="providerOf">Who gave a provision; null for the hub's own.</param>
    public static BothLanguages? Problem(ItemDraft draft, IReadOnlyList<DraftPart<DraftText>> texts, Func<string, string?> providerOf)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(providerOf);
        var facts = Facts(draft, providerOf);
        var known = draft
            .Mails.SelectMany(part => part.Provisions)
            .Concat(draft.Conversations.SelectMany(part => part.Provisions))
            .Concat(draft.Indicators.SelectMany(part => part.Provisions))
            .ToHashSet(StringComparer.Ordinal);
        return texts.Select(text => Problem(text, (known, facts), providerOf)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>An indicator that is said to be the hub's although a provider of the draft reported it: it would stay when that one says no.</summary>
    public static bool IsOfProvider(ItemDraft draft, SanitisedIndicator indicator)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(indicator);
        var value = Folded(indicator.Value);
        return Facts(draft, _ => "").TryGetValue(value, out var providers) && providers.Count > 0;
    }

    private static BothLanguages? Problem(
        DraftPart<DraftText> text,
        (HashSet<string> Provisions, Dictionary<string, HashSet<string>> Facts) known,
        Func<string, string?> providerOf
    )
    {
        if (text.Provisions.FirstOrDefault(provision => !known.Provisions.Contains(provision)) is { } unknown)
        {
            return new(
                $"restsOn の {unknown} は、この下書きの情報提供ではありません。",
                $"restsOn: {unknown} is no provision of this draft."
            );
        }

        var providers = text.Provisions.Select(providerOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (providers.Count > 1)
        {
            return new(
                "1つの文の restsOn に複数の提供元の情報提供は書けません。提供元ごとに文を分けてください。",
                "A text rests on one provider's provisions: write a text for each, so that each can approve its own."
            );
        }

        var words = Folded(text.Value.Text.Ja + "\n" + text.Value.Text.En);
        foreach (var (value, tellers) in known.Facts)
        {
            if (tellers.Count > 0 && !providers.Exists(tellers.Contains) && words.Contains(value, StringComparison.Ordinal))
            {
                return new(
                    $"文の中の「{value}」は情報提供に基づきます。その情報提供を restsOn に書いてください。",
                    $"The text tells '{value}', which a provision showed: name that provision in restsOn."
                );
            }
        }

        return null;
    }

    /// <summary>Values that would be told, and who reported each; nobody for what the hub itself knows.</summary>
    private static Dictionary<string, HashSet<string>> Facts(ItemDraft draft, Func<string, string?> providerOf)
    {
        var facts = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var own = new HashSet<string>(StringComparer.Ordinal);
        void Add(string? value, IReadOnlyList<string> provisions)
        {
            if (value is null || Folded(value) is not { Length: >= ShortestValue } folded)
            {
                return;
            }

            var providers = provisions.Select(providerOf).ToList();
            if (!providers.Exists(one => one is not null))
            {
                own.Add(folded);
            }
            else if (facts.TryGetValue(folded, out var tellers))
            {
                tellers.UnionWith(providers.OfType<string>());
            }
            else
            {
                facts[folded] = providers.OfType<string>().ToHashSet(StringComparer.Ordinal);
            }
        }

        foreach (var part in draft.Indicators)
        {
            Add(part.Value.Indicator.Value, part.Provisions);
        }

        foreach (var part in draft.Mails)
        {
            var mail = part.Value.Mail;
            string?[] values = [mail.From?.Address, mail.ReplyTo?.Address, mail.Subject, mail.ClientIp, mail.MessageId, .. mail.Urls];
            foreach (var value in values.Concat(mail.Files.Select(file => file.Name)))
            {
                Add(value, part.Provisions);
            }
        }

        foreach (var value in own)
        {
            facts.Remove(value);
        }

        return facts;
    }

    /// <summary>As it is read: width and case folded, and what was made unclickable made whole.</summary>
    private static string Folded(string text) =>
        UnicodeForms
            .Nfkc(text)
            .Trim()
            .ToLowerInvariant()
            .Replace("[.]", ".", StringComparison.Ordinal)
            .Replace("(.)", ".", StringComparison.Ordinal)
            .Replace("[:]", ":", StringComparison.Ordinal)
            .Replace("[@]", "@", StringComparison.Ordinal)
            .Replace("hxxp", "http", StringComparison.Ordinal);
}
