using System.Globalization;
using System.Text;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Reports.Findings;

namespace Noroshi.Server.Cli;

/// <summary>The situation for people at a terminal: warnings first, then campaigns, then the exchanges as tables.</summary>
/// <param name="speech">Language.</param>
/// <param name="colour">Write in colours.</param>
internal sealed class SituationView(Speech speech, bool colour)
{
    private const int MostLinks = 3;
    private const int MostNames = 12;

    private readonly StringBuilder _out = new();
    private Members _members = new();

    /// <summary>Lines of the situation; a single line when there is nothing to tell.</summary>
    public string Of(Situation situation)
    {
        _members = situation.Members;
        var telling = situation.Conversations.Where(one => IsTelling(one, situation)).ToList();
        if (telling.Count == 0 && situation.Campaigns.Count == 0)
        {
            Line(speech["やり取り型の攻撃も一連の攻撃も見つかりませんでした。", "No conversational attack and no campaign was found."]);
            return _out.ToString();
        }

        var labels = situation.Conversations.ToDictionary(one => one.Id, CaseOf, StringComparer.Ordinal);
        if (situation.Warnings.Count > 0)
        {
            Heading(speech["警戒: 攻撃の予兆", "Warnings: an attack may follow"]);
            foreach (var warning in situation.Warnings)
            {
                Line($"  {labels.GetValueOrDefault(warning.Conversation)}  {ReasonOf(warning.Reason)}: {warning.Detail}");
                Line($"      {speech[warning.ExpectJa, warning.ExpectEn]}");
                Line($"      {speech["期限", "Lapses"]}: {Time(warning.Until)}");
            }
        }

        foreach (
            var campaign in situation.Campaigns.OrderByDescending(one => one.Exchanges.Count).ThenBy(one => one.Id, StringComparer.Ordinal)
        )
        {
            Campaign(campaign, labels);
        }

        if (situation.OnlyTogether.Count > 0)
        {
            Heading(speech["単一組織の情報では分からなかったこと", "What no single organisation could see"]);
            foreach (var finding in situation.OnlyTogether)
            {
                Line($"  - {speech[finding.Ja, finding.En]}");
            }
        }

        telling.ForEach(Conversation);
        return _out.ToString();
    }

    private static bool IsTelling(Conversation conversation, Situation situation) =>
        conversation.Assessment is Assessment.High or Assessment.Medium or Assessment.Live
        || situation.Campaigns.Any(campaign => campaign.Exchanges.Contains(conversation.Id, StringComparer.Ordinal));

    private void Campaign(Campaign campaign, Dictionary<string, string> labels)
    {
        Heading(speech[$"一連の攻撃「{campaign.Alias}」", $"Campaign “{campaign.Alias}”"] + $"  [{campaign.Id} v{campaign.Version}]");
        var (ja, en) = FindingWords.OfCampaign(campaign);
        Line($"  {speech[ja, en]}");
        Line($"  {speech["組織", "Organisations"]}: {Names([.. campaign.Organizations.Select(OrganizationName)])}");
        Line(
            $"  {speech["事例", "Cases"]}: {Names([.. campaign.Exchanges.Select(id => labels.GetValueOrDefault(id, id)).OrderBy(label => label.Length).ThenBy(label => label, StringComparer.Ordinal)])}"
        );
        foreach (var pattern in campaign.Patterns)
        {
            var (patternJa, patternEn) = FindingWords.Of(pattern);
            Line($"  - {speech[patternJa, patternEn]}");
        }

        Line(
            $"  {speech["根拠の強さ", "Evidence"]}: {Bits(campaign.Bits)} bits; "
                + string.Join(
                    ", ",
                    campaign.Without.Select(one => $"{speech["除外", "without"]} {EvidenceRules.Word(one.Family)} {Bits(one.Bits)}")
                )
        );
        foreach (var link in campaign.Links.Take(MostLinks))
        {
            Line($"    {link.A} ~ {link.B}: {Bits(link.Bits)} bits");
            foreach (var row in link.Evidence)
            {
                Line(
                    $"      {(row.Bits >= 0 ? "+" : "")}{Bits(row.Bits), -6} {EvidenceRules.Word(row.Family)} {row.Value}{(row.Share is { } share ? $"  ({share})" : "")}"
                );
            }
        }
    }

    private void Conversation(Conversation conversation)
    {
        var assessment = AssessmentWord(conversation.Assessment);
        Heading(
            $"{CaseOf(conversation)}  {OrganizationName(conversation.Organization)} / {Names(conversation.Windows)}  {assessment}"
                + (conversation.AttackFirst ? speech["  添付先行型", "  attack first"] : "")
        );
        foreach (var message in conversation.Messages)
        {
            var gap = message.GapSeconds is { } seconds ? $"+{GapWord(seconds)}" : "";
            var source = message.Source switch
            {
                MessageSource.Mail => "",
                MessageSource.Quote => speech["(引用のみ)", " (quote only)"],
                MessageSource.Stated => speech["(申告)", " (stated)"],
            };
            Line(
                $"  {Pad(message.Label, 8)} {Pad(RoleWord(message.Role), 6)} {Pad(Time(message.At), 17)} {Pad(gap, 9)} {speech[message.SummaryJa, message.SummaryEn]}{source}"
            );
        }

        if (conversation.Evidence.Count > 0)
        {
            Line($"    {speech["理由", "Why"]}:");
            foreach (var kind in conversation.Evidence.Where(EvidenceSentences.Speaks).GroupBy(one => one.Code, StringComparer.Ordinal))
            {
                var (ja, en) = EvidenceSentences.Of(kind.Key);
                var details = string.Join("; ", kind.Select(one => one.Detail).Where(detail => detail.Length > 0));
                Line($"      - {speech[ja, en]}{(details.Length > 0 ? $": {details}" : "")}");
            }
        }
    }

    private string RoleWord(MessageRole role) =>
        role switch
        {
            MessageRole.Reconnaissance => speech["偵察", "recon"],
            MessageRole.Reply => speech["返信", "reply"],
            MessageRole.Attack => speech["攻撃", "attack"],
            MessageRole.Other => speech["その他", "other"],
        };

    private string AssessmentWord(Assessment assessment) =>
        assessment switch
        {
            Assessment.High => speech["やり取り型: 高", "conversational: high"],
            Assessment.Medium => speech["やり取り型: 中", "conversational: medium"],
            Assessment.Low => speech["やり取り型: 低", "conversational: low"],
            Assessment.None => "-",
            Assessment.Live => speech["警戒中", "live"],
        };

    private string ReasonOf(LiveReason reason) =>
        reason switch
        {
            LiveReason.ResemblesKnown => speech["既知の攻撃に似ている", "resembles what is known"],
            LiveReason.Parallel => speech["複数の窓口に同時に届いた", "several windows at the same time"],
            LiveReason.Environment => speech["利用環境を尋ねている", "asks about the window's environment"],
        };

    private string OrganizationName(string? id) =>
        (_members.Find(id) is { } one ? speech[one.NameJa ?? one.NameEn ?? one.Id, one.NameEn ?? one.NameJa ?? one.Id] : id) ?? "-";

    private static string CaseOf(Conversation conversation) =>
        conversation.Messages.Count > 0 && conversation.Messages[0].Label.Split('-') is [var label, ..] ? label : conversation.Id;

    private static string Names(IReadOnlyList<string> names) =>
        names.Count <= MostNames ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostNames))} … ({names.Count})";

    private string GapWord(long seconds) =>
        seconds < 5_400 ? Text($"{seconds / 60}{speech["分", " min"]}")
        : seconds < 172_800 ? Text($"{seconds / 3_600}{speech["時間", " h"]}")
        : Text($"{seconds / 86_400}{speech["日", " d"]}");

    private static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "-";

    private static string Bits(decimal bits) => bits.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Pads to a width in columns; a CJK character takes two.</summary>
    private static string Pad(string text, int width) =>
        text + new string(' ', Math.Max(0, width - text.Sum(character => character >= '\u1100' ? 2 : 1)));

    private void Heading(string text)
    {
        _out.Append('\n');
        var escaped = TerminalText.Escape(text);
        _out.Append(colour ? $"\u001b[1m{escaped}\u001b[0m" : escaped).Append('\n');
    }

    private void Line(string text) => _out.Append(TerminalText.Escape(text)).Append('\n');
}
