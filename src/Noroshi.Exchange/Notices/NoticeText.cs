using System.Globalization;
using System.Text;
using Noroshi.Exchange.Texts;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Notices;

/// <summary>Words of a notice: Japanese, a line, English.</summary>
internal static class NoticeText
{
    private const int MostIndicators = 200;
    private const int MostRows = 500;
    private const string Rule = "----------------------------------------------------------------------\n";

    /// <summary>The text of a version.</summary>
    public static string Of(Release release)
    {
        var text = new StringBuilder();
        Append(text, release, ja: true);
        text.Append('\n').Append(Rule).Append('\n');
        Append(text, release, ja: false);
        return text.ToString();
    }

    /// <summary>The text of a notice without content.</summary>
    public static string Pointer(Release release, PointerReason reason)
    {
        var (number, version) = (ShareNotice.NumberOf(release.Item), release.Item.Version.ToString(CultureInfo.InvariantCulture));
        var kind = ItemWords.Kind(release.Item.Kind);
        var why = Why(reason);
        var retracted = release.Item.Retracted;
        return $"""
            新しい共有情報があります。内容はこのメールには記載していません。ポータルで確認してください。
            (このメールにリンクはありません。いつもの方法で情報ハブを開いてください。)

              番号: {number}(第{version}版{(retracted ? "・撤回" : "")})
              種類: {kind.Ja}
              取扱い: {MarkingWords.Label(release.Item.Marking.Tlp)}

            内容を記載しない理由: {why.Ja}

            {Rule}
            There is a new shared item. Nothing of it stands in this mail: read it in the portal.
            (This mail holds no link. Open the hub in your usual way.)

              Number: {number} (version {version}{(retracted ? ", retracted" : "")})
              Kind: {kind.En}
              Marking: {MarkingWords.Label(release.Item.Marking.Tlp)}

            Why nothing stands here: {why.En}

            """;
    }

    private static BothLanguages Why(PointerReason reason) =>
        reason switch
        {
            PointerReason.NoKey => new(
                "TLP:GREENを超える情報は暗号化して送ります。この宛先のS/MIME証明書またはOpenPGP公開鍵が登録されていません。",
                "what is marked above TLP:GREEN is sent encrypted, and no S/MIME certificate or OpenPGP key is on file for this address."
            ),
            PointerReason.KeyExpired => new(
                "この宛先の証明書または公開鍵の有効期限が切れています。新しいものを登録してください。",
                "the certificate or key on file for this address has expired. Register a new one."
            ),
            PointerReason.KeyUnusable => new(
                "この宛先の証明書または公開鍵を暗号化に使えません。登録内容を確認してください。",
                "the certificate or key on file for this address cannot be used for encryption. Check what is registered."
            ),
        };

    private static void Append(StringBuilder text, Release release, bool ja)
    {
        var item = release.Item;
        string In(BothLanguages both) => ja ? both.Ja : both.En;
        text.Append(ja ? "番号: " : "Number: ").Append(ShareNotice.NumberOf(item));
        text.Append(CultureInfo.InvariantCulture, $" ({(ja ? $"第{item.Version}版" : $"version {item.Version}")})\n");
        text.Append(ja ? "件名: " : "Title: ").Append(PlainText.Line(In(item.Title), 400)).Append('\n');
        text.Append(ja ? "種類: " : "Kind: ").Append(In(ItemWords.Kind(item.Kind))).Append('\n');
        text.Append(
            CultureInfo.InvariantCulture,
            $"{(ja ? "取扱い" : "Marking")}: {MarkingWords.Label(item.Marking.Tlp)} / {MarkingWords.Label(item.Marking.Pap)}"
        );
        text.Append(CultureInfo.InvariantCulture, $" ({In(MarkingWords.Actions(item.Marking.Pap))})\n");
        text.Append(ja ? "展開可能範囲: " : "Redistribution: ").Append(In(MarkingWords.Redistribution(item.Marking))).Append('\n');
        text.Append(ja ? "有効期限: " : "Expires: ").Append(In(MarkingWords.Expiry(item.Marking))).Append('\n');
        Paragraph(text, ja ? "■ 変更点" : "* Change", In(item.Change));
        if (item.Retracted)
        {
            Paragraph(
                text,
                ja ? "■ この情報は撤回されました" : "* This item was retracted",
                ja
                    ? "以前の版にもとづく遮断・検知を停止し、転送した相手にも撤回を伝えてください。"
                    : "Stop blocking and detecting by its earlier versions, and tell everybody whom you gave it to."
            );
        }
        else
        {
            Paragraph(text, ja ? "■ 概要" : "* Summary", In(item.Summary));
            AppendToDo(text, item, ja);
            AppendConversations(text, item, ja);
            AppendIndicators(text, item, ja);
        }

        Paragraph(text, ja ? "■ 問い合わせ先" : "* Contact", $"{In(item.Contact)}\n{In(MarkingWords.Source(item.Marking))}");
    }

    private static void AppendToDo(StringBuilder text, SanitisedItem item, bool ja)
    {
        var countermeasure = string.Join(
            "\n   ",
            PlainText.Lines((ja ? item.Countermeasure.Ja : item.Countermeasure.En).Trim(), 2_000).Take(30)
        );
        text.Append(ja ? "\n■ お願いしたいこと\n" : "\n* Three things to do\n");
        text.Append("1. ").Append(countermeasure).Append('\n');
        text.Append(
            ja
                ? "2. 過去のメールとログを確認し、受信の有無をポータルで回答してください(受信あり / 受信なし / 未確認)。\n"
                : "2. Look through past mail and logs, and answer in the portal (received / not received / not checked).\n"
        );
        text.Append(
            ja
                ? "3. 展開可能範囲を超えて転送せず、有効期限を過ぎた指標は使用を止めてください。\n"
                : "3. Do not pass it beyond the redistribution above, and stop using its indicators when it expires.\n"
        );
    }

    private static void AppendConversations(StringBuilder text, SanitisedItem item, bool ja)
    {
        foreach (var conversation in item.Conversations)
        {
            var stage = ItemWords.Stage(conversation.Stage);
            text.Append(ja ? "\n■ やり取りの経過" : "\n* Course of the exchange");
            text.Append(CultureInfo.InvariantCulture, $" #{conversation.Number} ({(ja ? stage.Ja : stage.En)})\n");
            foreach (var row in conversation.Messages.Take(MostRows))
            {
                var (role, gap) = (ItemWords.Role(row.Role), ItemWords.Gap(row.GapSeconds));
                text.Append("  ").Append(PlainText.Line(row.Label, 40)).Append("  ");
                text.Append(ja ? role.Ja : role.En).Append("  (").Append(ja ? gap.Ja : gap.En).Append(")  ");
                text.Append(Defang.Text(PlainText.Line(ja ? row.Description.Ja : row.Description.En, 1_000))).Append('\n');
            }
        }
    }

    private static void AppendIndicators(StringBuilder text, SanitisedItem item, bool ja)
    {
        if (item.Indicators.Count == 0)
        {
            return;
        }

        text.Append(
            ja
                ? "\n■ 指標(無害化して記載。そのままの値は添付のCSVにあります)\n"
                : "\n* Indicators (defanged here; as they are in the CSV attached)\n"
        );
        foreach (var one in item.Indicators.Take(MostIndicators))
        {
            var (kind, role, hijacked) = (ItemWords.Kind(one.Kind), ItemWords.Role(one.Role), ItemWords.Hijacked(one.Hijacked));
            text.Append("  ").Append(ja ? kind.Ja : kind.En).Append(" [").Append(ja ? role.Ja : role.En).Append("] ");
            text.Append(PlainText.Line(Defang.Of(one), 1_000));
            text.Append(
                    one.Hijacked == HijackedSite.No ? ""
                    : ja ? $" ※{hijacked.Ja}"
                    : $" ({hijacked.En})"
                )
                .Append('\n');
        }

        if (item.Indicators.Count > MostIndicators)
        {
            var more = item.Indicators.Count - MostIndicators;
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {(ja ? $"ほか{more}件は添付のCSVにあります。" : $"{more} more in the CSV attached.")}\n"
            );
        }
    }

    private static void Paragraph(StringBuilder text, string heading, string body)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return;
        }

        text.Append('\n').Append(heading).Append('\n');
        foreach (var line in PlainText.Lines(body.Trim(), 2_000).Take(100))
        {
            text.Append(line).Append('\n');
        }
    }
}
