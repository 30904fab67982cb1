using System.Text;

namespace Noroshi.Makers.Corpus;

/// <summary>A corpus file: its folder and name, and how it is made.</summary>
/// <param name="Folder"><c>rfc</c>, <c>japanese</c>, <c>malformed</c>, <c>archives</c>, <c>conversations</c>.</param>
/// <param name="Name">File name.</param>
/// <param name="Bytes">Content.</param>
public sealed record CorpusFile(string Folder, string Name, byte[] Bytes);

/// <summary>Japanese mails as they really arrive: declared, undeclared and wrongly declared charsets, names, splits.</summary>
public static class JapaneseCases
{
    /// <summary>Subject of most cases.</summary>
    public const string Subject = "製品の仕様について（問い合わせ）";

    /// <summary>Body of most cases; 表 and ソ end in 0x5C in Shift_JIS.</summary>
    public const string Text = """
        株式会社電力Ａ
        製品お問い合わせ窓口 御中

        はじめまして。○○工業の田中と申します。
        貴社製品の性能表とソフトウェアの仕様についてお伺いします。
        担当の方のご連絡先をお教えいただけますでしょうか。

        --
        田中 一郎
        ○○工業株式会社 技術部
        TEL: 03-0000-0000

        """;

    private const string NecText = "①番目の㈱電力Ａ様、第Ⅲ章の㎏表記と髙橋・﨑山の件です。\n";
    private const string KanaText = "ﾃｽﾄ ﾒｰﾙ ﾃﾞｽ｡ 半角ｶﾅが入っています。\n";

    /// <summary>All cases.</summary>
    public static IEnumerable<CorpusFile> All()
    {
        foreach (var (name, mail) in Cases())
        {
            yield return new CorpusFile("japanese", name + ".eml", mail.Done());
        }
    }

    private static IEnumerable<(string Name, MailMaker Mail)> Cases() =>
        [.. Declared(), .. Undeclared(), .. Contradicting(), .. Words(), .. Names()];

    private static MailMaker Start(string subject) => MailMaker.Inquiry().Header("Subject", subject);

    private static MailMaker Plain(string charset, Encoding encoding, string text = Text) =>
        Start(MailMaker.Word(Subject)).Header("Content-Type", $"text/plain; charset={charset}").Body(text, encoding);

    private static IEnumerable<(string Name, MailMaker Mail)> Declared()
    {
        yield return ("iso-2022-jp", Plain("iso-2022-jp", Charsets.Jis));
        yield return ("shift_jis", Plain("Shift_JIS", Charsets.ShiftJis));
        yield return ("euc-jp", Plain("EUC-JP", Charsets.EucJp));
        yield return ("utf-8", Plain("UTF-8", Encoding.UTF8));
        yield return ("windows-31j", Plain("windows-31j", Charsets.ShiftJis, NecText));
        yield return ("iso-2022-jp-ms", Plain("iso-2022-jp-ms", Charsets.Jis, NecText));
        yield return ("cp932-label", Plain("cp932", Charsets.ShiftJis, NecText));
        yield return ("x-sjis", Plain("x-sjis", Charsets.ShiftJis));
        yield return ("iso-2022-jp-nec-characters", Plain("iso-2022-jp", Charsets.Jis, NecText));
        yield return ("shift_jis-nec-characters", Plain("Shift_JIS", Charsets.ShiftJis, NecText));
        yield return ("iso-2022-jp-half-width-kana", Plain("iso-2022-jp", Charsets.Jis, KanaText));
        yield return ("shift_jis-half-width-kana", Plain("Shift_JIS", Charsets.ShiftJis, KanaText));
    }

    private static IEnumerable<(string Name, MailMaker Mail)> Undeclared()
    {
        MailMaker None(Encoding encoding) => Start(MailMaker.Word(Subject)).Body(Text, encoding);
        yield return ("undeclared-jis-body", None(Charsets.Jis));
        yield return ("undeclared-sjis-body", None(Charsets.ShiftJis));
        yield return ("undeclared-euc-body", None(Charsets.EucJp));
        yield return ("undeclared-utf8-body", None(Encoding.UTF8));
        MailMaker Raw(Encoding encoding) =>
            MailMaker.Inquiry().Header("Subject", encoding.GetBytes(Subject)).Header("Content-Type", "text/plain").Body(Text, encoding);
        yield return ("raw-jis-subject", Raw(Charsets.Jis));
        yield return ("raw-sjis-subject", Raw(Charsets.ShiftJis));
        yield return ("raw-euc-subject", Raw(Charsets.EucJp));
        yield return ("raw-utf8-subject", Raw(Encoding.UTF8));
    }

    private static IEnumerable<(string Name, MailMaker Mail)> Contradicting()
    {
        yield return ("utf8-declared-jis-sent", Plain("utf-8", Charsets.Jis));
        yield return ("utf8-declared-sjis-sent", Plain("utf-8", Charsets.ShiftJis));
        yield return ("latin1-declared-sjis-sent", Plain("iso-8859-1", Charsets.ShiftJis));
        yield return ("ascii-declared-jis-sent", Plain("us-ascii", Charsets.Jis));
        yield return ("jis-declared-sjis-sent", Plain("iso-2022-jp", Charsets.ShiftJis));
        yield return ("sjis-declared-utf8-sent", Plain("shift_jis", Encoding.UTF8));
        yield return ("unknown-charset-sjis-sent", Plain("x-unknown", Charsets.ShiftJis));
    }

    private static IEnumerable<(string Name, MailMaker Mail)> Words()
    {
        MailMaker With(string subject) => Start(subject).Header("Content-Type", "text/plain; charset=iso-2022-jp").Body(Text, Charsets.Jis);
        var jis = Charsets.Jis.GetBytes(Subject);
        string Piece(int from, int to) => $"=?ISO-2022-JP?B?{Convert.ToBase64String(jis[from..to])}?=";
        yield return ("rfc2047-split-mid-character", With($"{Piece(0, 8)}\r\n {Piece(8, jis.Length)}"));
        yield return ("rfc2047-split-mid-escape", With($"{Piece(0, jis.Length - 2)}\r\n {Piece(jis.Length - 2, jis.Length)}"));
        var utf8 = Encoding.UTF8.GetBytes(Subject);
        yield return (
            "rfc2047-utf8-split-mid-character",
            With($"=?UTF-8?B?{Convert.ToBase64String(utf8[..10])}?= =?utf-8?B?{Convert.ToBase64String(utf8[10..])}?=")
        );
        yield return ("rfc2047-windows-31j", With(MailMaker.Word("㈱電力Ａ①", "windows-31j", Charsets.ShiftJis)));
        yield return ("rfc2047-no-padding", With(MailMaker.Word(Subject).Replace("=?=", "?=", StringComparison.Ordinal)));
        yield return (
            "rfc2047-in-quotes",
            MailMaker
                .Inquiry()
                .Header("Reply-To", $"\"{MailMaker.Word("田中 一郎")}\" <tanaka@webmail.example>")
                .Header("Subject", MailMaker.Word(Subject))
                .Body(Text, Charsets.Jis)
        );
        yield return (
            "docomo-address",
            MailMaker
                .Inquiry()
                .Header("Reply-To", "foo..bar.@docomo.ne.jp")
                .Header("Subject", MailMaker.Word(Subject))
                .Body(Text, Charsets.Jis)
        );
    }

    private static IEnumerable<(string Name, MailMaker Mail)> Names()
    {
        MailMaker File(ReadOnlySpan<byte> disposition) =>
            Start(MailMaker.Word(Subject))
                .Header("Content-Type", "multipart/mixed; boundary=\"x\"")
                .Raw("\r\n--x\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n")
                .Header("Content-Disposition", disposition)
                .Raw("\r\nSGVsbG8sIHdvcmxkLg==\r\n--x--\r\n");
        byte[] Quoted(byte[] name) => [.. "attachment; filename=\""u8, .. name, .. "\""u8];
        yield return ("raw-sjis-file-name-5c", File(Quoted(Charsets.ShiftJis.GetBytes("性能表.txt"))));
        yield return ("raw-jis-file-name", File(Quoted(Charsets.Jis.GetBytes("性能表.txt"))));
        yield return ("raw-utf8-file-name", File(Quoted(Encoding.UTF8.GetBytes("性能表.txt"))));
        yield return ("rfc2047-file-name", File(Quoted(Encoding.ASCII.GetBytes(MailMaker.Word("性能表.txt")))));
        yield return (
            "rfc2231-file-name",
            File(Encoding.ASCII.GetBytes($"attachment; filename*={MailMaker.Percent("性能表.txt", "iso-2022-jp", Charsets.Jis)}"))
        );
        var pieces = MailMaker.Percent("製品の性能表と仕様.txt", "shift_jis", Charsets.ShiftJis);
        yield return (
            "rfc2231-file-name-split",
            File(Encoding.ASCII.GetBytes($"attachment;\r\n filename*0*={pieces[..29]};\r\n filename*1*={pieces[29..]}"))
        );
    }
}
