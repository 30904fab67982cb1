using System.Globalization;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>Words of attached files.</summary>
internal static class FileWords
{
    public static readonly Phrase ShownAs = new("表示上の名前", "shown as");
    public static readonly Phrase StoredAs = new("実際の名前", "stored as");
    public static readonly Phrase Locked = new("パスワード付き", "locked");
    public static readonly Phrase NamesLocked = new("ファイル名も暗号化", "names locked too");
    public static readonly Phrase Password = new("パスワード", "password");
    public static readonly Phrase PasswordUnknown = new("パスワード不明", "password unknown");
    public static readonly Phrase Where = new("見つけた場所", "found in");
    public static readonly Phrase Unarchivers = new("解凍ソフトごとの対応", "Which unarchivers open it");
    public static readonly Phrase Opens = new("解凍できる", "opens");
    public static readonly Phrase OpensNot = new("解凍できない", "does not open");
    public static readonly Phrase OpensUnknown = new("不明", "unknown");
    public static readonly Phrase Tried = new("実際に試した", "tried");
    public static readonly Phrase Inferred = new("対応形式から推定", "inferred from the formats");
    public static readonly Phrase Program = new("解凍ソフト", "Unarchiver");
    public static readonly Phrase Result = new("対応", "Opens");
    public static readonly Phrase Basis = new("判断の方法", "Basis");
    public static readonly Phrase From = new("送信元", "from");
    public static readonly Phrase Link = new("リンク", "link");
    public static readonly Phrase Destination = new("不正接続先", "malicious destination");
    public static readonly Phrase Why = new("理由", "Why");

    /// <summary>The table of unarchivers names some programs in Japanese.</summary>
    public static Phrase ProgramOf(string program) =>
        new(
            program,
            program
                .Replace("エクスプローラー", "Explorer", StringComparison.Ordinal)
                .Replace("アーカイブユーティリティ", "Archive Utility", StringComparison.Ordinal)
                .Replace("(2023年10月以降)", " (from October 2023)", StringComparison.Ordinal)
        );

    /// <summary>Hedged: whose site it is stays open until it is confirmed, and even then only its misuse is told.</summary>
    public static Phrase HijackedOf(string? hijacked) =>
        hijacked switch
        {
            "suspected" => new("正規サイトが悪用されていたと思われる(疑い)", "a legitimate site appears to have been misused (suspected)"),
            "confirmed" => new(
                "正規サイトが悪用されていたと思われる(確認済み)",
                "a legitimate site appears to have been misused (confirmed)"
            ),
            _ => new("", ""),
        };

    public static Phrase Source(string source) =>
        source switch
        {
            "same-mail" => new("同じメール", "the same mail"),
            "second-mail" => new("別のメール", "a second mail"),
            "conversation" => new("同じやり取り", "the same exchange"),
            "campaign" => new("同じ一連の攻撃", "the same campaign"),
            "date" => new("日付", "a date"),
            "list" => new("よく使われる語", "common passwords"),
            "given" => new("指定されたもの", "given"),
            "token" => new("メール中の語", "a word of the mail"),
            _ => new(source, source),
        };

    /// <summary>The place that the password search names in English.</summary>
    public static Phrase Place(string where)
    {
        const string Line = "body line ";
        return where.StartsWith(Line, StringComparison.Ordinal)
            && int.TryParse(where.AsSpan(Line.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var line)
                ? new(string.Create(CultureInfo.InvariantCulture, $"本文{line}行目"), where)
            : where == "subject" ? new("件名", where)
            : new(where, where);
    }
}
