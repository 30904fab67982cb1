using System.Globalization;
using System.Text;
using Noroshi.Exchange.Texts;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Misp;

/// <summary>Exchanges: each row as an object for machines, and the whole table as a report for people.</summary>
internal static class MispConversations
{
    /// <summary>The rows, in order; each points to the next and to its mail.</summary>
    public static IReadOnlyList<MispObject> Objects(SanitisedItem item, MispMails mails)
    {
        var labels = item.Mails.Select(one => one.Label).ToHashSet(StringComparer.Ordinal);
        var objects = new List<MispObject>();
        foreach (var conversation in item.Conversations)
        {
            for (var at = 0; at < conversation.Messages.Count; at++)
            {
                var row = conversation.Messages[at];
                var id = RowId(item, row);
                var references = new List<MispReference>();
                if (at + 1 < conversation.Messages.Count)
                {
                    references.Add(Reference(item, id, "next", RowId(item, conversation.Messages[at + 1]), "followed-by"));
                }

                if (row.Mail is { } mail && labels.Contains(mail))
                {
                    references.Add(Reference(item, id, "mail", mails.IdOf(mail), "represents"));
                }

                objects.Add(
                    new MispObject
                    {
                        Id = id,
                        Template = MispTemplate.Message,
                        Attributes = [.. Attributes(item, conversation, row)],
                        References = references,
                    }
                );
            }
        }

        return objects;
    }

    /// <summary>The tables; none when there is no exchange.</summary>
    public static IEnumerable<MispReport> Reports(SanitisedItem item)
    {
        if (item.Conversations.Count == 0)
        {
            yield break;
        }

        var text = new StringBuilder();
        foreach (var ja in new[] { true, false })
        {
            text.Append(ja ? $"# {Cell(item.Title.Ja)}\n" : $"\n# {Cell(item.Title.En)}\n");
            foreach (var conversation in item.Conversations)
            {
                AppendTable(text, conversation, ja);
            }
        }

        yield return new MispReport(
            MispIds.Of(item.Id, "report", "conversations"),
            "やり取りの経過 / Course of the exchange",
            text.ToString()
        );
    }

    private static void AppendTable(StringBuilder text, SanitisedConversation conversation, bool ja)
    {
        var stage = ItemWords.Stage(conversation.Stage);
        text.Append(CultureInfo.InvariantCulture, $"\n## #{conversation.Number} ({(ja ? stage.Ja : stage.En)})\n\n");
        text.Append(ja ? "| 番号 | 種別 | 間隔 | 説明 | 把握の方法 |\n" : "| No. | Role | Interval | Description | Known from |\n");
        text.Append("|---|---|---|---|---|\n");
        foreach (var row in conversation.Messages)
        {
            var (role, gap, source) = (ItemWords.Role(row.Role), ItemWords.Gap(row.GapSeconds), ItemWords.Source(row.Source));
            text.Append("| ")
                .AppendJoin(
                    " | ",
                    Cell(row.Label),
                    ja ? role.Ja : role.En,
                    ja ? gap.Ja : gap.En,
                    Cell(ja ? row.Description.Ja : row.Description.En),
                    ja ? source.Ja : source.En
                )
                .Append(" |\n");
        }
    }

    private static IEnumerable<MispAttribute> Attributes(SanitisedItem item, SanitisedConversation conversation, SanitisedMessage row)
    {
        var (role, source, stage) = (ItemWords.Role(row.Role), ItemWords.Source(row.Source), ItemWords.Stage(conversation.Stage));
        (string Relation, string Type, string? Value)[] values =
        [
            ("label", "text", row.Label),
            ("role", "text", role.En),
            ("role-ja", "text", role.Ja),
            ("interval-seconds", "counter", row.GapSeconds?.ToString(CultureInfo.InvariantCulture)),
            ("description", "text", row.Description.En),
            ("description-ja", "text", row.Description.Ja),
            ("source", "text", source.En),
            ("stage", "text", stage.En),
        ];
        foreach (var (relation, type, value) in values)
        {
            var clean = PlainText.Line(value ?? "", MispAttribute.Longest).Trim();
            if (clean.Length > 0)
            {
                yield return new MispAttribute
                {
                    Id = MispIds.Of(item.Id, "attribute", $"row/{row.Label}/{relation}"),
                    Type = type,
                    Category = "Other",
                    Value = clean,
                    Relation = relation,
                    NoCorrelation = true,
                };
            }
        }
    }

    private static Guid RowId(SanitisedItem item, SanitisedMessage row) => MispIds.Of(item.Id, "row", row.Label);

    private static MispReference Reference(SanitisedItem item, Guid from, string kind, Guid to, string relation) =>
        new(MispIds.Of(item.Id, "reference", $"{from:N}/{kind}"), to, relation);

    /// <summary>Text that no reader of Markdown takes for more than text.</summary>
    private static string Cell(string text)
    {
        var cell = new StringBuilder(text.Length);
        foreach (var letter in Defang.Text(PlainText.Line(text, 2_000)))
        {
            if (letter is '&' or '<' or '>')
            {
                cell.Append(
                    letter switch
                    {
                        '&' => "&amp;",
                        '<' => "&lt;",
                        _ => "&gt;",
                    }
                );
            }
            else
            {
                cell.Append(
                    letter is '\\' or '|' or '`' or '*' or '_' or '[' or ']' or '@' or '!' or '#' or '~' ? $"\\{letter}" : $"{letter}"
                );
            }
        }

        return cell.ToString();
    }
}
