using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// Reads intents from what a person wrote for this mail: quotes, signatures and footers say nothing about it. Each comes with the words
/// that show it, so that a reader can judge.
/// </summary>
public static partial class IntentFinder
{
    /// <summary>Characters that are read.</summary>
    private const int MostCharacters = 20_000;

    /// <summary>Characters of a span.</summary>
    private const int LongestSpan = 80;

    /// <summary>A pattern, and words of which one stands in every text that the pattern matches; null for Japanese patterns.</summary>
    private sealed record IntentPattern(Intent Intent, Regex Pattern, SearchValues<string>? Words);

    private static readonly IntentPattern[] Patterns =
    [
        new(Intent.CannotOpen, CannotOpenJa(), null),
        new(
            Intent.CannotOpen,
            CannotOpenEn(),
            Words(
                "can not",
                "cannot",
                "couldn",
                "can't",
                "cant",
                "could not",
                "able to",
                "failed to",
                "corrupt",
                "damaged",
                "broken",
                "unreadable"
            )
        ),
        new(Intent.WhichUnarchiver, WhichUnarchiverJa(), null),
        new(
            Intent.WhichUnarchiver,
            WhichUnarchiverEn(),
            Words("software", "program", "tool", "archiver", "unzip", "utility", "application")
        ),
        new(Intent.UnarchiverAnswer, UnarchiverAnswerJa(), null),
        new(
            Intent.UnarchiverAnswer,
            UnarchiverAnswerEn(),
            Words("Lhaplus", "Lhaca", "Explzh", "WinRAR", "7-Zip", "7Zip", "WinZip", "Unarchiver", "Explorer", "built-in")
        ),
        new(Intent.RefuseAttachment, RefuseJa(), null),
        new(Intent.RefuseAttachment, RefuseEn(), Words("attach", "zip", "archive")),
        new(Intent.ReSend, ReSendJa(), null),
        new(Intent.ReSend, ReSendEn(), Words("send", "sent", "format")),
        new(Intent.Reminder, ReminderJa(), null),
        new(Intent.Reminder, ReminderEn(), Words("did you", "have you", "following", "checking", "any news", "any update", "reminder")),
        new(Intent.SendLater, SendLaterJa(), null),
        new(Intent.SendLater, SendLaterEn(), Words("send", "forward", "provide", "mail")),
        new(Intent.WhoElse, WhoElseJa(), null),
        new(
            Intent.WhoElse,
            WhoElseEn(),
            Words("contact", "person", "charge", "responsible", "colleague", "department", "manager", "address")
        ),
        new(Intent.WindowCheck, WindowCheckJa(), null),
        new(Intent.WindowCheck, WindowCheckEn(), Words("right", "correct", "who")),
        new(Intent.Presence, PresenceJa(), null),
        new(Intent.Presence, PresenceEn(), Words("available", "office", "desk", "there", "anybody", "this")),
        new(Intent.Inquiry, InquiryJa(), null),
        new(Intent.Inquiry, InquiryEn(), Words("inquir", "enquir", "like", "question", "could")),
    ];

    /// <summary>Intents of a mail, in order of appearance, each once.</summary>
    public static IReadOnlyList<FoundIntent> In(ProvidedMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var written = mail.Facts.Form?.Message ?? mail.Facts.Body.Of(BlockKind.New);
        // The subject of an answer is that of the mail it answers.
        var found = In(IsAnswer(mail.Facts.Subject) ? written : $"{mail.Facts.Subject}\n\n{written}").ToList();
        if (mail.Facts.PasswordHints.FirstOrDefault(hint => ToldPassword.In(written, hint.Value)) is { } told)
        {
            found.Add(new FoundIntent(Intent.Password, told.Where));
        }

        if (mail.Facts.Automatic is { } automatic)
        {
            found.Add(new FoundIntent(Intent.Auto, automatic.Evidence));
        }

        return found;
    }

    /// <summary>Intents of a text, in order of appearance, each once.</summary>
    public static IReadOnlyList<FoundIntent> In(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Lines of a mail break sentences where they like; between Japanese words nothing is lost by joining them.
        var folded = UnicodeForms.Nfkc(text.Length <= MostCharacters ? text : text[..MostCharacters]);
        var found = new List<(int At, FoundIntent Intent)>();
        var japanese = folded.AsSpan().ContainsAnyInRange('\u3040', '\u9FFF');
        foreach (var (intent, pattern, words) in Patterns)
        {
            // Most patterns are ruled out by a look for their words, which costs a hundredth of the pattern.
            if (!(words is null ? japanese : folded.AsSpan().ContainsAny(words)) || found.Exists(one => one.Intent.Intent == intent))
            {
                continue;
            }

            try
            {
                if (pattern.Match(folded) is { Success: true } match)
                {
                    found.Add((match.Index, new FoundIntent(intent, Span(match.Value))));
                }
            }
            catch (RegexMatchTimeoutException)
            {
                // A text made to exhaust the pattern has no intent that a person could read.
            }
        }

        foreach (var one in IntentSentences.In(folded))
        {
            if (!found.Exists(known => known.Intent.Intent == one.Intent.Intent))
            {
                found.Add((one.At, one.Intent with { Span = Span(one.Intent.Span) }));
            }
        }

        return [.. found.OrderBy(one => one.At).ThenBy(one => one.Intent.Intent).Select(one => one.Intent)];
    }

    private static SearchValues<string> Words(params string[] words) => SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);

    private static bool IsAnswer(string subject)
    {
        var start = UnicodeForms.Nfkc(subject).TrimStart();
        return start.StartsWith("re:", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("fw:", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("fwd:", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("返信", StringComparison.Ordinal)
            || start.StartsWith("転送", StringComparison.Ordinal);
    }

    private static string Span(string match)
    {
        var line = match.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestSpan ? line : line[..LongestSpan];
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const RegexOptions English = Options | RegexOptions.IgnoreCase;
    private const int Timeout = 250;

    [GeneratedRegex(
        @"(添付|ファイル|資料|書庫|圧縮|データ|文書|中身|内容)[^。\n]{0,30}\n?[^。\n]{0,30}(開け(ませ|られ|な)|開く(こと|事)が(でき|出来)(ませ|な)|開封(でき|出来)(ませ|な)|解凍(でき|出来)(ませ|な)|展開(でき|出来)(ませ|な)|(確認|閲覧|表示|参照|拝見)(する(こと|事)が|が)?(でき|出来)(ませ|な|ず|ておりませ)|文字化け|壊れて|破損して)",
        Options,
        Timeout
    )]
    private static partial Regex CannotOpenJa();

    [GeneratedRegex(
        @"\b((can\s?not|could\s?n[o']t|can'?t|could not|unable to|was not able to|were not able to|failed to)\s+(be\s+)?(open|extract|unzip|unpack|decompress|view|read)(ed)?|(file|archive|attachment|document)\s+(is|was|seems|appears)\s+(to be\s+)?(corrupt(ed)?|damaged|broken|unreadable))",
        English,
        Timeout
    )]
    private static partial Regex CannotOpenEn();

    [GeneratedRegex(
        @"(解凍|圧縮|展開|アーカイブ)[^。\n]{0,8}(ソフト|ツール|プログラム|アプリ)[^。\n]{0,25}(何|なに|どれ|どの|どちら|教え|お使い|ご使用|ご利用|使用されて|使われて)|(何|どの|どちら|どのような)[^。\n]{0,12}(解凍|圧縮|展開)[^。\n]{0,8}(ソフト|ツール|プログラム)",
        Options,
        Timeout
    )]
    private static partial Regex WhichUnarchiverJa();

    [GeneratedRegex(
        @"\b(which|what)\s+(\w+\s+){0,3}(software|program|tool|archiver|unarchiver|unzip\w*|utility|application)\b[^.\n]{0,60}\b(unzip|extract|open|unpack|decompress|use|using)|\bwhich\s+(unarchiver|archiver)",
        English,
        Timeout
    )]
    private static partial Regex WhichUnarchiverEn();

    [GeneratedRegex(
        @"((Lhaplus|Lhaca|Lhasa|Explzh|WinRAR|7-?Zip|WinZip|CubeICE|\+Lhaca|Lhaz|Noah|The Unarchiver|Windows標準|エクスプローラー?の標準)[^。\n]{0,20}(使用|利用|使って|用いて|です|で(開|解凍|展開|試))|(解凍|圧縮|展開)[^。\n]{0,6}(ソフト|ツール)[^。\n]{0,10}(は|には|として)[^。\n]{0,12}(Lhaplus|Lhaca|Lhasa|Explzh|WinRAR|7-?Zip|WinZip|CubeICE|Lhaz|Noah|標準))",
        English,
        Timeout
    )]
    private static partial Regex UnarchiverAnswerJa();

    [GeneratedRegex(
        @"\b(we|i)\s+(are\s+|am\s+|'re\s+|'m\s+)?(us(e|ing|ed)|have(\s+installed)?|tried(\s+it)?(\s+with)?)\s+(\w+\s+){0,2}(Lhaplus|Lhaca|Explzh|WinRAR|7-?Zip|WinZip|The Unarchiver|Windows Explorer|the built-in)",
        English,
        Timeout
    )]
    private static partial Regex UnarchiverAnswerEn();

    [GeneratedRegex(
        @"(添付(ファイル)?|圧縮(ファイル)?|zip|パスワード付き?)[^。\n]{0,25}(お?受け取り?(でき|出来|いたし|して|いたして)(ませ|おりませ)|受信(でき|出来|して|いたして)(ませ|おりませ)|お断り|ご遠慮|禁止|開くことは(でき|出来)ませ|お送りにならない|本文に(直接)?(記載|お書き|ご記入))",
        English,
        Timeout
    )]
    private static partial Regex RefuseJa();

    [GeneratedRegex(
        @"\b((do|does|can)\s?n[o']t|cannot|unable to|not allowed to|not able to)\s+(accept|receive|open)\s+(\w+\s+){0,3}(attachments?|attached files?|zip|archives?)",
        English,
        Timeout
    )]
    private static partial Regex RefuseEn();

    [GeneratedRegex(
        @"再(度)?(送付|送信|送)(?!(を|の)?(お願い|依頼|希望|いただ|頂|して(くだ|下)|くだ|下さ))|(もう一度|再度)[^。\n]{0,20}(送付|送信|お送り|送り)(?!(いただ|頂|くだ|下さ))|送り直し(?!(て)?(いただ|頂|くだ))|形式を変え(て|まして)",
        Options,
        Timeout
    )]
    private static partial Regex ReSendJa();

    [GeneratedRegex(
        @"\b(re-?send(ing)?|re-?sent|send(ing)?\s+(it|them|the \w+|[""“][^""”\n]{1,60}[""”])\s+(once more|again)|another\s+format)",
        English,
        Timeout
    )]
    private static partial Regex ReSendEn();

    [GeneratedRegex(
        @"(先日|先ほど|以前|前回)[^。\n]{0,25}(件|メール|資料|送り)[^。\n]{0,30}(いかが|どう(でしょう|なり)|ご確認(いただけ|頂け)|ご覧(いただけ|頂け))|(ご確認|ご覧|お読み)(いただけ|頂け|になられ)まし(た|て)(でしょう)?か|お返事(を|が)[^。\n]{0,12}(お待ち|まだ|いただけ)|その後[^。\n]{0,10}(いかが|どう)",
        Options,
        Timeout
    )]
    private static partial Regex ReminderJa();

    [GeneratedRegex(
        @"\b(did you (receive|get|have a chance|have time|manage)|have you (received|had a chance|read|looked|opened)|just (following|checking) (up|in)|any (news|update)s? (on|about|regarding)|(gentle|friendly) reminder)",
        English,
        Timeout
    )]
    private static partial Regex ReminderEn();

    [GeneratedRegex(
        @"(資料|書類|ファイル|詳細|質問(票|書)?|履歴書|図面|写真|レポート|原稿)[^。\n]{0,20}(後(日|ほど)|追って|別途|改めて|のちほど)[^。\n]{0,15}(お?送|ご連絡|提出)|(後(日|ほど)|追って|別途|改めて|のちほど)[^。\n]{0,20}(資料|書類|ファイル|詳細|質問(票|書)?|履歴書|図面|写真|レポート|原稿)[^。\n]{0,15}(お?送|提出)|お?送(り|付)して(も|は)?(よろしい|宜しい|いい|差し支え)",
        Options,
        Timeout
    )]
    private static partial Regex SendLaterJa();

    [GeneratedRegex(
        @"\b((will|shall|'ll)\s+(then\s+)?(send|forward|provide|e-?mail)\b[^.\n]{0,40}(document|material|file|detail|question|resume|report)|(may|can|could|should)\s+i\s+send)",
        English,
        Timeout
    )]
    private static partial Regex SendLaterEn();

    [GeneratedRegex(
        @"(他|ほか)の?(窓口|部署|担当|連絡先|アドレス)[^。\n]{0,20}(教え|ご紹介|ございま|あります)|(ご?担当(者|の方|部署)?)[^。\n]{0,12}(の?(お名前|氏名|連絡先|アドレス|直通))[^。\n]{0,15}(教え|お聞かせ|ご教示)|(ご?担当(者|の方))[^。\n]{0,10}(どなた|どちら)|(担当(者|の方)|担当部署)を(ご紹介|教えて|お教え|ご教示)",
        Options,
        Timeout
    )]
    private static partial Regex WhoElseJa();

    [GeneratedRegex(
        @"\b(who\s+(is|would be|else)\b[^.\n]{0,30}(contact|person|charge|responsible)|(name|e-?mail|address|contact)\s+(of|for)\s+(the|your)\s+(\w+\s+){0,2}(person|colleague|department|manager)|another\s+(contact|address|department))",
        English,
        Timeout
    )]
    private static partial Regex WhoElseEn();

    [GeneratedRegex(
        @"(こちら|この|本|貴(社|所|部署)の?)(の)?(窓口|アドレス|メール|部署|連絡先|お問い?合わせ先)[^。\n]{0,25}(よろしい|宜しい|正しい|合って|間違い(ない|ござい)|でしょうか)|(窓口|お?問い?合わせ先|連絡先|提出先|宛先|相談先)[^。\n]{0,15}(は|を|が|について)[^。\n]{0,15}(どちら|教え|ご教示|確認|こちらで)",
        Options,
        Timeout
    )]
    private static partial Regex WindowCheckJa();

    [GeneratedRegex(
        @"\b(is\s+this\s+the\s+(right|correct)\s+(address|contact|place|window|department)|(right|correct)\s+(person|address|contact|department)\s+(to|for)|whom?\s+(should|shall|can)\s+i\s+(contact|write|address|send|ask))",
        English,
        Timeout
    )]
    private static partial Regex WindowCheckEn();

    [GeneratedRegex(
        @"(ご?在席|いらっしゃいま(す|せん)(でしょう)?か|今[^。\n]{0,6}(お時間|ご都合)[^。\n]{0,12}(よろしい|いただけ|ございま)|メールは(届いて|届きまし|ご覧)|(ご?連絡|やり取り)(は|が)(可能|取れ)[^。\n]{0,8}(でしょう|ます)か)",
        Options,
        Timeout
    )]
    private static partial Regex PresenceJa();

    [GeneratedRegex(
        @"\b(are\s+you\s+(there|available|in the office|at your desk)|is\s+anybody\s+there|does\s+this\s+address\s+work)",
        English,
        Timeout
    )]
    private static partial Regex PresenceEn();

    [GeneratedRegex(
        @"(お?問い?合わ?せ(?!(いただ|頂|ありがとう|の件|窓口|番号|先|フォーム|を?受け))|お尋ね|お伺い|伺い(たい|たく)|質問(が|を|させ)|教えて(いただ|頂|くださ|下さ)|ご教示|お聞き(した|でき)|ご相談|応募(した|させ|を|に)|取材|報告(したい|させ))[^。\n]{0,30}",
        Options,
        Timeout
    )]
    private static partial Regex InquiryJa();

    [GeneratedRegex(
        @"\b(inquir(y|e|ing)|enquir(y|e|ing)|i\s+(would|'d)\s+like\s+to\s+(ask|know|inquire|apply|report)|i\s+have\s+(a|some|several)\s+questions?|could\s+you\s+(please\s+)?(tell|let me know|explain|send me information))",
        English,
        Timeout
    )]
    private static partial Regex InquiryEn();
}
