using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Hub.Sharing.Drafts;

/// <summary>
/// Puts an item together from the parts whose providers agree. Numbers, labels and order are given here, after leaving out: nothing of the
/// result tells that something is missing.
/// </summary>
public static class ItemAssembly
{
    /// <summary>
    /// The item as it would leave. Ids are those of <paramref name="ids"/>: null leaves them empty, for previews and for the hash that an
    /// approval binds; only a release draws real ones.
    /// </summary>
    /// <param name="draft">The draft.</param>
    /// <param name="stays">Whether the provider of a provision agrees.</param>
    /// <param name="version">Version.</param>
    /// <param name="ids">Gives ids; null for a preview.</param>
    public static SanitisedItem Assemble(ItemDraft draft, Func<string, bool> stays, int version = 1, IItemIds? ids = null)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(stays);
        var left = new Left(draft, stays);
        var (conversations, labels) = Tables(left);
        var mails = Mails(left, labels);
        return new SanitisedItem
        {
            Id = ids?.Item ?? Guid.Empty,
            Version = version,
            Kind = draft.Kind,
            Origin = draft.Origin,
            Title = left.Text(TextPlace.Title, " "),
            Summary = left.Text(TextPlace.Summary, "\n"),
            Countermeasure = left.Text(TextPlace.Countermeasure, "\n"),
            Change = left.Text(TextPlace.Change, "\n"),
            Contact = draft.Contact,
            Marking = draft.Marking,
            Audience = draft.Audience,
            Mails = mails,
            Conversations = conversations,
            Indicators = Indicators(left, labels, ids),
            Campaign = left.Of(draft.Campaigns) is [var campaign, ..]
                ? campaign with
                {
                    Id = ids?.Campaign(campaign.Alias) ?? Guid.Empty,
                }
                : null,
        };
    }

    /// <summary>
    /// What one provider approves: the texts, marking and audience, and of the facts those that rest on its provisions only. Another provider's
    /// yes or no does not change it, so that it neither voids this approval nor shows.
    /// </summary>
    /// <param name="draft">The draft.</param>
    /// <param name="own">Whether a provision is this provider's.</param>
    public static SanitisedItem ContributionOf(ItemDraft draft, Func<string, bool> own) => Assemble(draft, own);

    /// <summary>The hash that an approval binds: of the contribution, without ids, and of the URLs that may be told whole.</summary>
    public static string ApprovalHash(ItemDraft draft, Func<string, bool> own)
    {
        var contribution = ContributionOf(draft, own);
        var whole = draft.Mails.Where(part => part.Provisions.All(own)).SelectMany(part => part.Value.WholeUrls).ToList();
        // Lengths keep two lists from being one text.
        var text = string.Concat(whole.Select(url => string.Create(CultureInfo.InvariantCulture, $"{url.Length}:{url}")));
        return whole.Count == 0
            ? ItemForm.Hash(contribution)
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ItemForm.Hash(contribution) + text)));
    }

    private static (IReadOnlyList<SanitisedConversation> Tables, Dictionary<string, string> Labels) Tables(Left left)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var tables = new List<SanitisedConversation>();
        foreach (var one in left.Conversations)
        {
            var number = tables.Count + 1;
            tables.Add(
                new SanitisedConversation
                {
                    Number = number,
                    Stage = one.Stage,
                    AttackFirst = one.AttackFirst,
                    Window = one.Window,
                    Messages = [.. one.Rows.Select((row, at) => Row(row, number, at + 1, labels, left))],
                }
            );
        }

        // Mails outside any table follow the tables' numbers.
        var next = tables.Count;
        foreach (var mail in left.Mails)
        {
            if (!labels.ContainsKey(mail.Key))
            {
                labels[mail.Key] = Label(++next, 1);
            }
        }

        return (tables, labels);
    }

    private static SanitisedMessage Row(DraftRow row, int number, int at, Dictionary<string, string> labels, Left left)
    {
        var label = Label(number, at);
        var told = row.Key is { } key && left.Keys.Contains(key) ? key : null;
        if (told is not null)
        {
            labels.TryAdd(told, label);
        }

        return row.Message with
        {
            Label = label,
            Mail = told is null ? null : labels[told],
            Description = new BothLanguages(Rows(row.Message.Description.Ja, number), Rows(row.Message.Description.En, number)),
        };
    }

    /// <summary>Names of rows in a description, <c>{row:3}</c>, become labels.</summary>
    private static string Rows(string text, int number)
    {
        const string mark = "{row:";
        for (var at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf('}', at);
            if (
                end > at
                && int.TryParse(
                    text.AsSpan(at + mark.Length, end - at - mark.Length),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var row
                )
            )
            {
                text = string.Concat(text.AsSpan(0, at), Label(number, row), text.AsSpan(end + 1));
            }
        }

        return text;
    }

    private static IReadOnlyList<SanitisedMail> Mails(Left left, Dictionary<string, string> labels) =>
        [
            .. left.Mails.Select(mail =>
                mail.Mail with
                {
                    Label = labels[mail.Key],
                    Answers = [.. mail.Answers.Where(left.Keys.Contains).Select(key => labels[key]).Distinct(StringComparer.Ordinal)],
                }
            ),
        ];

    private static IReadOnlyList<SanitisedIndicator> Indicators(Left left, Dictionary<string, string> labels, IItemIds? ids) =>
        [
            .. left
                .Indicators.GroupBy(one => (one.Indicator.Kind, one.Indicator.Role, one.Indicator.Value))
                .OrderBy(group => group.Key.Kind)
                .ThenBy(group => group.Key.Role)
                .ThenBy(group => group.Key.Value, StringComparer.Ordinal)
                .Select(group =>
                    group.First().Indicator with
                    {
                        Id = ids?.Indicator(group.Key.Kind, group.Key.Value) ?? Guid.Empty,
                        Mails =
                        [
                            .. group
                                .SelectMany(one => one.Keys)
                                .Where(left.Keys.Contains)
                                .Select(key => labels[key])
                                .Distinct(StringComparer.Ordinal)
                                .Order(StringComparer.Ordinal),
                        ],
                    }
                ),
        ];

    private static string Label(int number, int row) => string.Create(CultureInfo.InvariantCulture, $"#{number}-{row}");

    /// <summary>What is left of a draft.</summary>
    private sealed class Left(ItemDraft draft, Func<string, bool> stays)
    {
        public IReadOnlyList<DraftConversation> Conversations { get; } = Those(draft.Conversations, stays);

        /// <summary>Equal mails of several providers are one.</summary>
        public IReadOnlyList<DraftMail> Mails { get; } =
        [.. Those(draft.Mails, stays).DistinctBy(mail => mail.Key, StringComparer.Ordinal)];

        public IReadOnlyList<DraftIndicator> Indicators { get; } = Those(draft.Indicators, stays);

        public HashSet<string> Keys => field ??= Mails.Select(mail => mail.Key).ToHashSet(StringComparer.Ordinal);

        public IReadOnlyList<T> Of<T>(IReadOnlyList<DraftPart<T>> parts)
            where T : class => Those(parts, stays);

        public BothLanguages Text(TextPlace place, string between)
        {
            // What the facts of several providers suggest alike is said once.
            var texts = Those(draft.Texts, stays).Where(text => text.Place == place).Select(text => text.Text).Distinct().ToList();
            return new BothLanguages(
                string.Join(between, texts.Select(text => text.Ja)),
                string.Join(between, texts.Select(text => text.En))
            );
        }

        private static IReadOnlyList<T> Those<T>(IReadOnlyList<DraftPart<T>> parts, Func<string, bool> stays)
            where T : class => [.. parts.Where(part => part.Provisions.All(stays)).Select(part => part.Value)];
    }
}

/// <summary>Where the ids of what leaves come from. A test puts its own source here; only what is released draws from it.</summary>
public interface IItemIds
{
    /// <summary>Id of the item for this audience: the same for all its versions.</summary>
    Guid Item { get; }

    /// <summary>Id of an indicator: the same in all versions of this item, another in every other item.</summary>
    Guid Indicator(IndicatorKind kind, string value);

    /// <summary>Id of a campaign: the same in all items for this audience.</summary>
    Guid Campaign(string alias);
}

/// <summary>Fresh random ids (version 4: no time, no sequence).</summary>
public sealed class RandomIds : IItemIds
{
    private readonly Dictionary<(IndicatorKind, string), Guid> _indicators = [];
    private readonly Dictionary<string, Guid> _campaigns = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Guid Item { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public Guid Indicator(IndicatorKind kind, string value) =>
        _indicators.TryGetValue((kind, value), out var id) ? id : _indicators[(kind, value)] = Guid.NewGuid();

    /// <inheritdoc/>
    public Guid Campaign(string alias) => _campaigns.TryGetValue(alias, out var id) ? id : _campaigns[alias] = Guid.NewGuid();
}
