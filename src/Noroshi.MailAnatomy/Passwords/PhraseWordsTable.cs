using System.Buffers;
using System.Collections.Frozen;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>What a word says about the value beside it.</summary>
internal enum TriggerKind
{
    /// <summary>Names a password and nothing else.</summary>
    Strong,

    /// <summary>Names a password among other things (pass, key, code, パス).</summary>
    Weak,

    /// <summary>English verb before the value (use …, enter …).</summary>
    VerbBefore,

    /// <summary>Japanese verb around the value (…で解凍, …と入力).</summary>
    VerbAround,
}

/// <summary>A word that may introduce a password.</summary>
internal readonly record struct Trigger(string Word, TriggerKind Kind);

/// <summary>The word lists of the phrase grammar; all are matched against width-folded text.</summary>
internal static class PhraseWords
{
    /// <summary>Longest first, so that the first that fits at a place is the one meant.</summary>
    public static readonly Trigger[] Triggers =
    [
        .. new[]
        {
            "パスワード", "パスワ-ド", "パスコード", "パスフレーズ", "パスワート", "ﾊﾟｽﾜｰﾄﾞ", "ﾊﾟｽｺｰﾄﾞ", "ﾊﾟｽﾌﾚｰｽﾞ",
            "合言葉", "合い言葉", "あいことば", "暗証番号", "暗証コード", "暗証キー",
            "解凍キー", "開封キー", "展開キー", "暗号化キー", "復号キー", "復号化キー", "暗号キー", "解除キー",
            "解凍コード", "開封コード", "解除コード", "解凍鍵", "暗号鍵", "復号鍵", "解凍用キー", "開封用キー",
            "password", "pass word", "pass-word", "passwd", "pwd", "passcode", "pass code", "pass-code",
            "passphrase", "pass phrase", "pass-phrase", "p/w", "p.w.", "psw", "pswd",
            "unlock code", "unlock key", "access code", "decryption key", "encryption key", "decryption code", "opening code", "secret word",
            "密码", "密碼", "口令", "비밀번호", "암호", "пароль",
        }.Select(word => new Trigger(word, TriggerKind.Strong)),
        .. new[] { "pass", "pw", "key", "code", "pin", "パス", "ﾊﾟｽ", "キー", "コード", "ｷｰ", "暗号", "正しくは" }.Select(word => new Trigger(word, TriggerKind.Weak)),
        .. new[] { "use", "using", "enter", "entering", "type", "typing", "input", "unlock", "decrypt", "extract", "unzip", "open", "opened", "unlocked" }.Select(word => new Trigger(word, TriggerKind.VerbBefore)),
        .. new[] { "解凍", "開封", "展開", "復号", "開け", "開く", "開き", "開い", "ひらけ", "ひらき", "入力" }.Select(word => new Trigger(word, TriggerKind.VerbAround)),
    ];

    /// <summary>Vectorised reject: a text with none of these has no phrase.</summary>
    public static readonly SearchValues<string> Latin = SearchValues.Create(
        ["pass", "pw", "p/w", "p.w.", "psw", " key", "code", "pin", "use ", "using ", "enter", "type ", "typing ", "input ", "secret word", "unlock", "decrypt", "extract", "unzip", "open"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Roots of the words in other scripts; each is searched by itself, which the runtime does with vectors.</summary>
    public static readonly string[] Roots =
        ["パス", "ﾊﾟｽ", "合言葉", "合い言葉", "あいことば", "暗", "キー", "ｷｰ", "コード", "解凍", "開", "展開", "復号", "ひら", "入力", "密", "口令", "正しくは", "비밀", "암호", "пароль"];

    /// <summary>Words of the clause that say the password is not in this mail.</summary>
    public static readonly PhraseSet Elsewhere = PhraseSet.AnyCase(
            "別途", "別メール", "別のメール", "別便", "別送", "後ほど", "のちほど", "後程", "後日", "追って", "おって", "改めて", "次のメール", "続けて", "お問い合わせ", "お問合せ",
            "前回と", "前と同じ", "いつもの", "従来", "先日と", "お忘れ", "忘れた", "教えて", "わから", "分から", "不明", "再設定", "付きzip", "付zip", "付きの", "不要", "ありません",
            "separate", "another mail", "another email", "another e-mail", "follow-up", "will follow", "will be sent", "by phone", "shortly", "later", "same as",
            "last time", "forgot", "reset", "expire", "must be", "policy", "tell me", "let me know", "cannot", "don't know", "send you", "send me");

    /// <summary>Words that point at the next lines.</summary>
    public static readonly PhraseSet Below = PhraseSet.AnyCase("以下", "下記", "次の", "次に", "のとおり", "の通り", "お知らせ", "ご連絡", "お送りし", "ご案内", "below", "following", "as follows", "here is", "this password", "this code");

    /// <summary>Words that make a bracketed remark a note on how to type the password.</summary>
    public static readonly PhraseSet Note = PhraseSet.AnyCase(
            "半角", "全角", "小文字", "大文字", "英数", "英字", "数字", "桁", "文字", "括弧", "カッコ", "かっこ", "除く", "含み", "含ま", "含む", "スペース", "空白", "西暦", "和暦", "共通", "ください", "下さい", "入力", "ハイフン", "記号",
            "lower", "upper", "case", "without", "digits", "characters", "letters", "quotes", "no space", "half-width", "half width", "yyyy", "yymm", "mmdd", "ddmm");

    /// <summary>Japanese words that a bare Japanese value never holds: the sentence goes on instead.</summary>
    public static readonly PhraseSet NoValue = new(
            "別", "後", "追って", "送", "メール", "電話", "以下", "下記", "次の", "次に", "前回", "同じ", "必要", "連絡", "問", "忘れ", "知らせ", "通知", "設定", "入力", "変更", "上記",
            "本日", "今日", "当日", "日付", "番号", "記載", "かけ", "なし", "無し", "ありません", "手数", "弊社", "当社", "御社", "貴社", "教え", "わから", "分から", "こちら", "保護", "付き", "ファイル", "案内", "件", "確認",
            "用い", "お使い", "利用", "使用", "でき", "する", "して", "した", "され", "ので", "ため", "ください", "添付", "解凍", "開", "桁", "文字");

    /// <summary>Words of ordinary sentences and labels; such a word is a value only where nothing else can stand.</summary>
    private static readonly FrozenSet<string> Ordinary = new[]
    {
        "a", "an", "the", "this", "that", "these", "those", "it", "its", "is", "are", "was", "were", "be", "been", "being", "am", "to", "of", "for", "from", "in", "on", "at", "by", "as", "with", "and", "or", "but", "not", "no", "if", "so",
        "you", "your", "yours", "we", "our", "us", "i", "my", "me", "he", "she", "they", "their", "his", "her", "will", "would", "can", "could", "should", "shall", "must", "may", "might", "has", "have", "had", "do", "does", "did", "please",
        "password", "passwords", "pass", "word", "passcode", "pw", "pwd", "code", "key", "keys", "codes", "attached", "attachment", "attachments", "file", "files", "archive", "document", "documents", "zip", "rar", "lzh", "7z", "7-zip", "lhaplus", "winrar", "winzip", "pdf", "excel", "word", "powerpoint", "doc", "xls",
        "open", "opening", "unlock", "extract", "extracting", "decrypt", "unzip", "protected", "encrypted", "below", "above", "following", "follows", "follow", "here", "there", "same", "last", "time", "new", "old", "all", "any", "when", "then", "than", "which", "what", "how", "also", "mail", "email", "e-mail", "message", "separate", "separately",
        "sent", "send", "another", "expired", "policy", "reset", "change", "changed", "enter", "type", "use", "using", "set", "setting", "hint", "id", "url", "tel", "fax", "phone", "mobile", "date", "today", "today's", "format", "digits", "digit", "characters", "letters", "yyyymmdd", "yymmdd", "mmdd", "name", "user", "username", "login", "account",
        "ok", "re", "fw", "fwd", "cc", "to:", "from:", "subject", "regards", "thanks", "thank", "dear", "best", "hello", "company", "address", "number", "numbers", "first", "second", "half", "two", "required", "needed", "only", "b", "p", "br", "div", "span", "td", "tr", "font", "strong", "nbsp", "link", "links", "click", "page", "site", "web", "https", "http", "pc", "os", "windows", "mac", "reader", "acrobat", "office", "line", "info", "note", "and/or", "etc", "manager", "recovery", "form", "field", "fields", "box", "prompt", "prompted", "once", "every", "after", "before", "into", "up", "out", "very", "such", "more", "most", "some", "other", "each", "about", "now", "know", "just", "see", "find", "per", "via", "sheet", "book", "contents", "case", "review", "cannot", "tell",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OrdinaryBySpan = Ordinary.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the word is one of ordinary sentences and labels.</summary>
    public static bool IsOrdinary(ReadOnlySpan<char> word) => OrdinaryBySpan.Contains(word);

    /// <summary>Extensions that make a token a file name.</summary>
    public static readonly string[] Extensions =
        [".zip", ".rar", ".lzh", ".7z", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".xlsm", ".ppt", ".pptx", ".exe", ".scr", ".txt", ".jtd", ".cab", ".iso", ".lnk", ".html", ".htm", ".eml", ".msg", ".csv", ".jpg", ".png", ".docm"];
}
