using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Judgement;

namespace Noroshi.Server.Analysis;

/// <summary>Writes conversations, campaigns and suggestions of the contract (schema noroshi.analysis/1), and what we add to it.</summary>
internal sealed class SituationJson
{
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, List<string>> _mailsOf;

    private SituationJson(Utf8JsonWriter json, Situation situation)
    {
        _json = json;
        _mailsOf = situation.Conversations.ToDictionary(
            one => one.Id,
            one => one.Messages.Select(message => message.Mail).OfType<string>().ToList(),
            StringComparer.Ordinal
        );
    }

    /// <summary>Writes the members <c>conversations</c>, <c>campaigns</c>, <c>suggestions</c>, <c>warnings</c> and <c>onlyTogether</c>.</summary>
    public static void Write(Utf8JsonWriter json, Situation situation)
    {
        var writer = new SituationJson(json, situation);
        writer.List("conversations", situation.Conversations, writer.WriteConversation);
        writer.List("campaigns", situation.Campaigns, writer.WriteCampaign);
        writer.List("suggestions", situation.Suggestions, writer.WriteLink);
        writer.List("warnings", situation.Warnings, writer.WriteWarning);
        writer.List("onlyTogether", situation.OnlyTogether, writer.WriteTogether);
    }

    /// <summary>Writes some conversations as <c>items</c>.</summary>
    public static void WriteConversations(Utf8JsonWriter json, Situation situation, IReadOnlyList<Conversation> some)
    {
        var writer = new SituationJson(json, situation);
        writer.List("items", some, writer.WriteConversation);
    }

    /// <summary>Writes some campaigns as <c>items</c>.</summary>
    public static void WriteCampaigns(Utf8JsonWriter json, Situation situation, IReadOnlyList<Campaign> some)
    {
        var writer = new SituationJson(json, situation);
        writer.List("items", some, writer.WriteCampaign);
    }

    private void WriteConversation(Conversation conversation)
    {
        _json.WriteString("id", conversation.Id);
        _json.WriteString("organization", conversation.Organization);
        Strings("windows", conversation.Windows);
        Strings("personas", conversation.Personas);
        _json.WriteString("stage", ContractJson.Word(conversation.Stage));
        _json.WriteBoolean("attackFirst", conversation.AttackFirst);
        _json.WriteString("assessment", ContractJson.Word(conversation.Assessment));
        List("evidence", conversation.Evidence, WriteReason);
        List("messages", conversation.Messages, WriteMessage);
    }

    private void WriteReason(ConversationEvidence reason)
    {
        _json.WriteString("code", reason.Code);
        _json.WriteString("detail", reason.Detail);
        _json.WriteNumber("bits", reason.Bits);
    }

    private void WriteMessage(ConversationMessage message)
    {
        _json.WriteString("mail", message.Mail);
        _json.WriteString("source", ContractJson.Word(message.Source));
        _json.WriteString("window", message.Window);
        _json.WriteString("label", message.Label);
        _json.WriteString("role", ContractJson.Word(message.Role));
        Strings("intents", message.Intents.Select(found => ContractJson.Word(found.Intent)).Distinct(StringComparer.Ordinal));
        ContractJson.WriteTime(_json, "at", message.At);
        _json.WriteString("precision", ContractJson.Word(message.Precision));
        ContractJson.WriteNumber(_json, "gapSeconds", message.GapSeconds);
        _json.WriteBoolean("automatic", message.Automatic);
        _json.WriteString("summaryJa", message.SummaryJa);
        _json.WriteString("summaryEn", message.SummaryEn);
        List(
            "spans",
            message.Intents,
            found =>
            {
                _json.WriteString("intent", ContractJson.Word(found.Intent));
                _json.WriteString("span", found.Span);
            }
        );
    }

    private void WriteCampaign(Campaign campaign)
    {
        _json.WriteString("id", campaign.Id);
        _json.WriteNumber("version", campaign.Version);
        _json.WriteString("alias", campaign.Alias);
        Strings("mails", campaign.Mails);
        Strings("conversations", campaign.Exchanges.Where(_mailsOf.ContainsKey));
        Strings("organizations", campaign.Organizations);
        _json.WriteString("confidence", campaign.Confidence == LinkLevel.Strong ? "strong" : "probable");
        _json.WriteNumber("bits", campaign.Bits);
        List("links", campaign.Links, WriteLink);
        List(
            "without",
            campaign.Without,
            one =>
            {
                _json.WriteString("family", EvidenceRules.Word(one.Family));
                _json.WriteNumber("bits", one.Bits);
            }
        );
        var theirs = campaign.Mails.ToHashSet(StringComparer.Ordinal);
        List("patterns", campaign.Patterns, pattern => WritePattern(pattern, theirs));
    }

    private void WriteLink(Link link)
    {
        _json.WriteString("a", link.A);
        _json.WriteString("b", link.B);
        _json.WriteNumber("bits", link.Bits);
        _json.WriteString("level", ContractJson.Word(link.Level));
        List(
            "evidence",
            link.Evidence,
            row =>
            {
                _json.WriteString("family", EvidenceRules.Word(row.Family));
                _json.WriteString("value", row.Value);
                _json.WriteNumber("bits", row.Bits);
                if (row.Share is { } share)
                {
                    _json.WriteString("share", share);
                }
            }
        );
    }

    private void WritePattern(TimePattern pattern, IReadOnlySet<string> theirs)
    {
        _json.WriteString("kind", FindingWords.KindOf(pattern));
        _json.WriteStartObject("detail");
        WriteDetail(pattern);
        _json.WriteEndObject();
        Strings(
            "mails",
            pattern.Exchanges.SelectMany(exchange => _mailsOf.GetValueOrDefault(exchange) ?? [exchange]).Where(theirs.Contains)
        );
        Strings("conversations", pattern.Exchanges.Where(_mailsOf.ContainsKey));
        var (ja, en) = FindingWords.Of(pattern);
        _json.WriteString("ja", ja);
        _json.WriteString("en", en);
    }

    private void WriteDetail(TimePattern pattern)
    {
        switch (pattern)
        {
            case ParallelPattern parallel:
                _json.WriteNumber("windows", parallel.Windows);
                _json.WriteNumber("organizations", parallel.Organizations);
                Figure("minutes", parallel.Minutes);
                _json.WriteBoolean("strong", parallel.Strong);
                _json.WriteNumber(
                    "chance",
                    double.Parse(parallel.Chance.ToString("E3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
                );
                break;
            case SequentialPattern sequential:
                _json.WriteNumber("organizations", sequential.Organizations);
                Figure("days", sequential.Days);
                break;
            case CarefulPattern careful:
                _json.WriteNumber("organizations", careful.Organizations);
                Figure("medianAddresses", careful.MedianAddresses);
                _json.WriteNumber("mostAddresses", careful.MostAddresses);
                break;
            case ReturningPattern returning:
                _json.WriteString("organization", returning.Organization);
                Figure("days", returning.Days);
                break;
            case AttendedPattern attended:
                Figure("medianMinutes", attended.MedianMinutes);
                _json.WriteNumber("replies", attended.Replies);
                _json.WriteStartArray("hours");
                attended.Hours.ToList().ForEach(_json.WriteNumberValue);
                _json.WriteEndArray();
                break;
            case EvolvingPattern evolving:
                List("changes", evolving.Changes, WriteChange);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(pattern), pattern, "no kind of pattern");
        }
    }

    private void WriteChange(MonthChange change)
    {
        _json.WriteString("month", change.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        _json.WriteString("what", change.What);
        Strings("before", change.Before);
        Strings("after", change.After);
    }

    private void WriteWarning(LiveWarning warning)
    {
        _json.WriteString("conversation", warning.Conversation);
        _json.WriteString("reason", ContractJson.Word(warning.Reason));
        _json.WriteString("detail", warning.Detail);
        ContractJson.WriteTime(_json, "since", warning.Since);
        ContractJson.WriteTime(_json, "until", warning.Until);
        _json.WriteString("expectJa", warning.ExpectJa);
        _json.WriteString("expectEn", warning.ExpectEn);
    }

    private void WriteTogether(OnlyTogether finding)
    {
        _json.WriteString("campaign", finding.Campaign);
        _json.WriteString("kind", finding.Kind);
        Strings("organizations", finding.Organizations);
        _json.WriteString("ja", finding.Ja);
        _json.WriteString("en", finding.En);
    }

    /// <summary>A figure to one decimal: what is printed is what can be checked by hand.</summary>
    private void Figure(string name, double value) => _json.WriteNumber(name, Math.Round((decimal)value, 1, MidpointRounding.AwayFromZero));

    private void Strings(string name, IEnumerable<string> values)
    {
        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            _json.WriteStringValue(value);
        }

        _json.WriteEndArray();
    }

    private void List<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (var item in items)
        {
            _json.WriteStartObject();
            write(item);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }
}
