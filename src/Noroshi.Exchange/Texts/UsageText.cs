using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Texts;

/// <summary>How an item is to be used, as the first thing in every file.</summary>
internal static class UsageText
{
    private const int Longest = 4_000;

    /// <summary>Lines in Japanese, then in English.</summary>
    public static IEnumerable<string> Lines(SanitisedItem item) => [.. Japanese(item), "", .. English(item)];

    private static IEnumerable<string> Japanese(SanitisedItem item)
    {
        var marking = item.Marking;
        if (item.Retracted)
        {
            yield return "【撤回】この情報は撤回されました。以前の版にもとづく遮断・検知を停止してください。";
        }

        yield return $"取扱い: {MarkingWords.Label(marking.Tlp)} / {MarkingWords.Label(marking.Pap)}({MarkingWords.Actions(marking.Pap).Ja})";
        yield return $"展開可能範囲: {MarkingWords.Redistribution(marking).Ja}";
        yield return $"有効期限: {MarkingWords.Expiry(marking).Ja}";
        foreach (var line in Told("変更点", item.Change.Ja))
        {
            yield return line;
        }

        if (!item.Retracted)
        {
            foreach (var line in Told("概要", item.Summary.Ja).Concat(Told("対策", item.Countermeasure.Ja)))
            {
                yield return line;
            }
        }

        yield return $"問い合わせ先: {PlainText.Line(item.Contact.Ja, Longest)}";
        yield return MarkingWords.Source(marking).Ja;
    }

    private static IEnumerable<string> English(SanitisedItem item)
    {
        var marking = item.Marking;
        if (item.Retracted)
        {
            yield return "RETRACTED: this item was withdrawn. Stop blocking and detecting by its earlier versions.";
        }

        yield return $"Marking: {MarkingWords.Label(marking.Tlp)} / {MarkingWords.Label(marking.Pap)} ({MarkingWords.Actions(marking.Pap).En})";
        yield return $"Redistribution: {MarkingWords.Redistribution(marking).En}";
        yield return $"Expires: {MarkingWords.Expiry(marking).En}";
        foreach (var line in Told("Change", item.Change.En))
        {
            yield return line;
        }

        if (!item.Retracted)
        {
            foreach (var line in Told("Summary", item.Summary.En).Concat(Told("What to do", item.Countermeasure.En)))
            {
                yield return line;
            }
        }

        yield return $"Contact: {PlainText.Line(item.Contact.En, Longest)}";
        yield return MarkingWords.Source(marking).En;
    }

    private static IEnumerable<string> Told(string heading, string text) =>
        string.IsNullOrWhiteSpace(text)
            ? []
            : PlainText.Lines(text.Trim(), Longest).Take(100).Select((line, at) => at == 0 ? $"{heading}: {line}" : $"  {line}");
}
