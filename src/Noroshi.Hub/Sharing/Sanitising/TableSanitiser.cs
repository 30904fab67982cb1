using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Sharing.Drafts;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>Builds the outward form of an exchange: role, interval, what happened; the form of Table 1.</summary>
internal static class TableSanitiser
{
    /// <summary>The table; null when nothing of the exchange may be told.</summary>
    /// <param name="conversation">The exchange.</param>
    /// <param name="engine">The rules at work.</param>
    /// <param name="scene">Words of all members.</param>
    /// <param name="omitted">Keys of mails that shall not be told: their rows go, too.</param>
    public static DraftConversation? Of(Conversation conversation, RuleEngine engine, SanitisingScene scene, IReadOnlySet<string> omitted)
    {
        var told = conversation
            .Messages.Where(message => message.Role != MessageRole.Other && !(message.Mail is { } key && omitted.Contains(key)))
            .ToList();
        var labels = told.Select((message, at) => (message.Label, Row: at + 1)).Where(one => one.Label.Length > 0).ToList();
        var rows = new List<DraftRow>();
        ConversationMessage? before = null;
        foreach (var (message, at) in told.Select((message, at) => (message, at)))
        {
            if (Row(message, before, (at, labels), engine, scene with { Row = message }) is { } row)
            {
                rows.Add(row);
            }

            before = message;
        }

        return rows.Count == 0
            ? null
            : new DraftConversation(
                conversation.Stage,
                conversation.AttackFirst,
                conversation.Windows.Count > 0 ? WindowKind.ContactWindow : WindowKind.Other,
                rows
            );
    }

    private static DraftRow? Row(
        ConversationMessage message,
        ConversationMessage? before,
        (int At, IReadOnlyList<(string Label, int Row)> Labels) place,
        RuleEngine engine,
        SanitisingScene scene
    )
    {
        var field = message.Role == MessageRole.Reply ? SanitisedField.Reply : SanitisedField.Row;
        var path = string.Create(CultureInfo.InvariantCulture, $"rows[{place.At}]");
        var ja = engine.Of(field, $"{path}.ja", Numbered(message.SummaryJa, place.Labels), scene);
        var en = engine.Of(field, $"{path}.en", Numbered(message.SummaryEn, place.Labels), scene);
        if (ja is null && en is null)
        {
            return null;
        }

        var gap =
            before is { At: { } earlier, Precision: TimePrecision.Minute } && message is { At: { } at, Precision: TimePrecision.Minute }
                ? engine.Of(
                    SanitisedField.Interval,
                    $"{path}.interval",
                    ((long)(at - earlier).TotalSeconds).ToString(CultureInfo.InvariantCulture),
                    scene
                )
                : null;
        return new DraftRow(
            new SanitisedMessage
            {
                Label = "",
                Role = message.Role,
                Source = message.Source,
                GapSeconds = gap is null ? null : long.Parse(gap, CultureInfo.InvariantCulture),
                Description = new BothLanguages(ja ?? "", en ?? ""),
            },
            message.Role == MessageRole.Reply ? null : message.Mail
        );
    }

    /// <summary>Labels of the hub's own numbering become places that the assembly numbers anew.</summary>
    private static string Numbered(string text, IReadOnlyList<(string Label, int Row)> labels)
    {
        // The longest first: #4-1 stands in #4-12.
        foreach (var (label, row) in labels.OrderByDescending(one => one.Label.Length))
        {
            text = text.Replace(label, string.Create(CultureInfo.InvariantCulture, $"{{row:{row}}}"), StringComparison.Ordinal);
        }

        return text;
    }
}
