using System.Text;
using System.Text.Json;
using Noroshi.Hub;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>An exchange as a note: the table in words for every reader, and row by row in the hub's own extension.</summary>
internal static class StixConversations
{
    /// <summary>Adds an exchange.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="conversation">The exchange.</param>
    /// <param name="messages">Ids of the mails by label.</param>
    /// <param name="container">Id of the item, for an exchange of which no mail is told.</param>
    /// <returns>Its id, and whether it refers to mails.</returns>
    public static (string Id, bool ToMails) Add(
        StixPage page,
        SanitisedConversation conversation,
        IReadOnlyDictionary<string, string> messages,
        string container
    )
    {
        var mails = conversation.Messages.Select(row => row.Mail).OfType<string>().Distinct(StringComparer.Ordinal);
        var refs = mails.Where(messages.ContainsKey).Select(one => messages[one]).Distinct(StringComparer.Ordinal).ToList();
        var title = new Words($"やり取りの経過 #{conversation.Number}", $"Course of the exchange #{conversation.Number}");
        var (ja, en) = Table(conversation);
        var id = page.Add(
            "note",
            $"conversation {conversation.Number}",
            json =>
            {
                json.WriteString("lang", "ja");
                json.WriteString("abstract", title.Ja);
                json.WriteString("content", ja);
                json.Texts("object_refs", refs.Count > 0 ? refs : [container]);
                json.WriteStartObject("extensions");
                Rows(json, conversation, messages);
                json.WriteEndObject();
            }
        );
        page.English(id, lasting: false, ("abstract", title.En), ("content", en));
        return (id, refs.Count > 0);
    }

    private static Words Table(SanitisedConversation conversation)
    {
        var stage = StixWords.Said(conversation.Stage);
        var ja = new StringBuilder($"段階: {stage.Ja}{(conversation.AttackFirst ? "(添付先行型)" : "")}\n番号 | 種別 | 間隔 | 説明");
        var en = new StringBuilder(
            $"Stage: {stage.En}{(conversation.AttackFirst ? " (attack first)" : "")}\nNo. | role | interval | description"
        );
        foreach (var (row, i) in conversation.Messages.Select((row, i) => (row, i)))
        {
            var role = StixWords.Said(row.Role);
            var gap = i == 0 ? new Words("—", "—") : StixWords.Interval(row.GapSeconds);
            ja.Append('\n').AppendJoin(" | ", row.Label, role.Ja, gap.Ja, row.Description.Ja);
            en.Append('\n').AppendJoin(" | ", row.Label, role.En, gap.En, row.Description.En);
        }

        return new Words(ja.ToString(), en.ToString());
    }

    private static void Rows(Utf8JsonWriter json, SanitisedConversation conversation, IReadOnlyDictionary<string, string> messages)
    {
        StixExtensions.Begin(json, StixExtensions.Conversation);
        json.WriteNumber("number", conversation.Number);
        json.WriteString("stage", StixWords.Name(conversation.Stage));
        json.WriteBoolean("attack_first", conversation.AttackFirst);
        json.WriteString("window", StixWords.Name(conversation.Window));
        if (conversation.Messages.Count > 0)
        {
            json.WriteStartArray("messages");
            foreach (var row in conversation.Messages)
            {
                json.WriteStartObject();
                json.WriteString("label", row.Label);
                json.WriteString("role", StixWords.Name(row.Role));
                json.WriteString("source", StixWords.Name(row.Source));
                if (row.GapSeconds is { } gap)
                {
                    json.WriteNumber("gap_seconds", gap);
                }

                json.Text("description_ja", row.Description.Ja);
                json.Text("description_en", row.Description.En);
                if (row.Mail is { } mail && messages.TryGetValue(mail, out var id))
                {
                    json.WriteString("mail_ref", id);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
