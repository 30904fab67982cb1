using System.Globalization;
using System.Text;
using Noroshi.Exchange.Texts;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Csv;

/// <summary>
/// Indicators as a table. The marking and 展開可能範囲 are the first columns of every row: they stay with a row that somebody copies, filters or
/// sorts, Excel shows them first, and the header stays the first line, which leading lines of text would take from programs.
/// </summary>
public static class IndicatorCsv
{
    private static readonly (string Ja, string En)[] Columns =
    [
        ("取扱い(TLP)", "tlp"),
        ("展開可能範囲", "redistribution"),
        ("許可される対応(PAP)", "pap"),
        ("有効期限", "expires"),
        ("状態", "state"),
        ("種類", "kind"),
        ("値", "value"),
        ("値(無害化)", "value_defanged"),
        ("役割", "role"),
        ("メール", "mails"),
        ("正規サイト悪用", "hijacked"),
        ("国", "country"),
        ("国の基準日", "country_as_of"),
        ("国の出典", "country_source"),
        ("情報ID", "item"),
        ("版", "version"),
        ("共有日時", "released"),
        ("指標ID", "indicator"),
    ];

    /// <summary>UTF-8 with a byte order mark (Excel needs it), CRLF, RFC 4180.</summary>
    /// <param name="releases">Newest versions, one an item, in the order in which they are to stand.</param>
    /// <param name="ja">Japanese words for people; otherwise fixed words for programs. The columns are the same.</param>
    /// <param name="now">By this an item is expired.</param>
    /// <remarks>An item without indicators, and a retracted one, has one row without a value: its marking is printed all the same.</remarks>
    public static byte[] Of(IEnumerable<Release> releases, bool ja, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(releases);
        var text = new StringBuilder();
        Row(text, Columns.Select(column => ja ? column.Ja : column.En));
        foreach (var release in releases)
        {
            if (release.Item.Retracted || release.Item.Indicators.Count == 0)
            {
                Row(text, Cells(release, null, ja, now));
                continue;
            }

            foreach (var indicator in release.Item.Indicators)
            {
                Row(text, Cells(release, indicator, ja, now));
            }
        }

        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static IEnumerable<string> Cells(Release release, SanitisedIndicator? one, bool ja, DateTimeOffset now)
    {
        var (item, marking) = (release.Item, release.Item.Marking);
        yield return MarkingWords.Label(marking.Tlp);
        yield return ja ? MarkingWords.Redistribution(marking).Ja : Codes.Redistribution(marking);
        yield return MarkingWords.Label(marking.Pap);
        yield return MarkingWords.ExpiryForMachines(marking);
        yield return State(release, ja, now);
        yield return one is null ? ""
        : ja ? ItemWords.Kind(one.Kind).Ja
        : Codes.Of(one.Kind);
        yield return one?.Value ?? "";
        yield return one is null ? "" : PlainText.Line(Defang.Of(one), 16_000);
        yield return one is null ? ""
        : ja ? ItemWords.Role(one.Role).Ja
        : Codes.Of(one.Role);
        yield return one is null ? "" : string.Join(' ', one.Mails.Take(50));
        yield return one is null ? ""
        : ja ? ItemWords.Hijacked(one.Hijacked).Ja
        : Codes.Of(one.Hijacked);
        yield return one?.Country ?? "";
        yield return one?.CountryAsOf?.ToString("O", CultureInfo.InvariantCulture) ?? "";
        yield return one?.CountrySource ?? "";
        yield return item.Id.ToString("D");
        yield return item.Version.ToString(CultureInfo.InvariantCulture);
        yield return release.At.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        yield return one?.Id.ToString("D") ?? "";
    }

    private static string State(Release release, bool ja, DateTimeOffset now) =>
        release.Item.Retracted ? (ja ? "撤回" : "retracted")
        : release.Item.Marking.ExpiresAt <= now ? (ja ? "期限切れ" : "expired")
        : ja ? "有効"
        : "active";

    private static void Row(StringBuilder to, IEnumerable<string> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
            {
                to.Append(',');
            }

            CsvCell.Append(to, cell);
            first = false;
        }

        to.Append("\r\n");
    }
}
