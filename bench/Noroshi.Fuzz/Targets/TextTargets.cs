using System.Runtime.InteropServices;
using System.Text;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.Naming;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Messages;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.MailAnatomy.Text;
using Noroshi.MailAnatomy.Text.Charsets;
using Noroshi.Makers.Corpus;

namespace Noroshi.Fuzz.Targets;

/// <summary>Text of bytes: UTF-8, or code units as they are, so that halves of pairs come too.</summary>
internal static class FuzzText
{
    public static string Of(byte[] bytes) =>
        bytes is [0xFF, .. var units]
            ? MemoryMarshal.Cast<byte, char>(units.AsSpan(0, units.Length & ~1)).ToString()
            : Encoding.UTF8.GetString(bytes);

    /// <summary>Each text in both ways.</summary>
    public static IEnumerable<byte[]> Both(params string[] texts) =>
        texts.SelectMany(text => (byte[][])[Encoding.UTF8.GetBytes(text), [0xFF, .. Encoding.Unicode.GetBytes(text)]]);
}

/// <summary>Front end and decoder. The first byte says which charset is declared.</summary>
internal sealed class CharsetTarget : IFuzzTarget
{
    private static readonly string?[] Declared =
    [
        null,
        "iso-2022-jp",
        "shift_jis",
        "euc-jp",
        "utf-8",
        "us-ascii",
        "gb2312",
        "big5",
        "euc-kr",
        "iso-2022-kr",
        "hz-gb-2312",
        "utf-7",
        "utf-16",
        "iso-8859-1",
        "x-unknown",
        "windows-1251",
    ];

    public string Name => "charset";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "\u001B$B",
            "\u001B(B",
            "\u001B(J",
            "\u001B(I",
            "\u001B$@",
            "\u001B$(D",
            "\u001B$(C",
            "\u001B$)C",
            "\u001B$A",
            "\u001B%G",
            "~{",
            "~}",
            "+AGE-",
        }
            .Concat(["\u000E", "\u000F", "$B", "(B", "\u00EF\u00BB\u00BF", "\u00FF\u00FE", "\u00FE\u00FF"])
            .Select(Encoding.Latin1.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds()
    {
        const string text = "お世話になっております。①㈱ ﾃｽﾄ 髙橋\r\n資料をお送りします。";
        for (byte i = 0; i < Declared.Length; i++)
        {
            yield return [i, .. Charsets.Jis.GetBytes(text)];
            yield return [i, .. Charsets.ShiftJis.GetBytes(text)];
            yield return [i, .. Charsets.EucJp.GetBytes(text)];
            yield return [i, .. Encoding.UTF8.GetBytes(text)];
        }

        yield return [0, .. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)];
        yield return [0, .. Encoding.BigEndianUnicode.GetBytes(text)];
        yield return [11, .. "+MEIwRDBG- a +- b"u8];
        yield return [10, .. "~{VPND~} hz"u8];
    }

    public void Run(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        var text = bytes.AsMemory(1);
        var declared = Declared[bytes[0] % Declared.Length];
        CharsetDecoder.Decode(text.Span, declared);
        CharsetDecoder.Decode(text.Span, null, hint: declared);
        EntryNames.Decode(text.Span);
        FrontEnd.Prepare(text);
    }
}

internal sealed class HtmlTarget : IFuzzTarget
{
    public string Name => "html";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "<a href=\"http://a.example/\">",
            "</a>",
            "<style>",
            "</style>",
            "<script>",
            "<!--",
            "-->",
            "<!",
            "<?",
            "<blockquote>",
            "<table>",
            "<tr><td>",
            "<pre>",
            "<title>",
            "<textarea>",
            "<form action=x method=post>",
            "<input type=password>",
            "<img src='http://a.example/b.png' alt=c>",
            "<meta http-equiv=refresh content='0;url=http://a.example'>",
            "<base href=http://b.example/>",
            "style=\"display:none\"",
            "style=\"font-size:0;color:#fff\"",
            ".c{display:none}",
            "class=c",
            "data:text/html;base64,",
            "&amp;",
            "&#x3042;",
            "&#12354",
            "&nbsp;",
            "<br>",
            "<iframe src=a>",
            "<svg>",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds() =>
        FuzzText.Both(
            "<html><head><title>t</title><style>.h{display:none}p>b{color:white}</style></head><body><p class=h>hidden</p><p>本文<br>&amp;&#x3042;&copy</p></body></html>",
            "<div>reply</div><blockquote type=cite><p>quoted <a href='http://a.example/?q=1&amp;r=2'>http://b.example/</a></p></blockquote>",
            "<form action='http://a.example/login' method=POST><input type=password name=p></form><img src=cid:1><img src=http://a.example/x.gif width=1>",
            "<table><tr><td>a</td><td>b</td></tr></table><ul><li>1<li>2</ul><pre> x\n  y</pre><script>if(a<b){}</script><!-- c -->end",
            "<iframe src='data:text/html;base64,PGI+'></iframe><object data=a.swf></object><meta http-equiv='refresh' content='1; URL=http://a.example'>"
        );

    public void Run(byte[] bytes) => HtmlText.Convert(FuzzText.Of(bytes));
}

/// <summary>Body text: quotes, signatures, salutations, web forms, and the indicators in it.</summary>
internal sealed class BodyTarget : IFuzzTarget
{
    public string Name => "body";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "\n> ",
            "\n-- \n",
            "-----Original Message-----\n",
            "-------- 転送メッセージ --------\n",
            "On Thu, Oct 17, 2013 at 9:02 AM, A <a@b.example> wrote:\n",
            "2013年10月17日 9:02 山田 <a@b.example>:\n",
            "差出人: ",
            "送信日時: ",
            "From: ",
            "Sent: ",
            "hxxp://a[.]example/",
            "http://192.0.2.1/a?b#c",
            "xn--eckwd4c7c.example",
            "お名前：",
            "【会社名】",
            "様\n",
            "\u3000",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds() =>
        FuzzText.Both(
            "○○工業 田中様\n\nお世話になっております。\nhttp://a.example/b hxxp://c[.]example\n\n> 引用\n>> 二重\n\n-- \n山田\ntel 03-0000-0000\n",
            "Hi\n\nOn Thu, Oct 17, 2013 at 9:02 AM, A B <a@b.example> wrote:\n> text\n> more\n",
            "-----Original Message-----\nFrom: a@b.example\nSent: Thursday, October 17, 2013 9:02 AM\nTo: c@d.example\nSubject: x\n\nbody\n",
            "お問い合わせフォーム\n【お名前】山田\n【メール】a@b.example\n【内容】資料がほしい\nIP: 192.0.2.1\n"
        );

    public void Run(byte[] bytes)
    {
        var text = FuzzText.Of(bytes);
        BodyAnalyzer.Analyse(text, "text/plain", "utf-8", formatFlowed: bytes.Length % 2 == 0, deleteSpace: bytes.Length % 4 == 0);
        HostName.Canonical(text);
        DefangedText.Of(text);
    }
}

internal sealed class FileNamesTarget : IFuzzTarget
{
    private static readonly FileTypeMatch Program = new(FileType.Executable, "pe", ["exe", "scr"]);

    public string Name => "file-names";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "\u202E",
            "\u202D",
            "\u202C",
            "\u2066",
            "\u2067",
            "\u2069",
            "\u200F",
            "\u200B",
            "\u00AD",
            "\uFF0E",
            "\u2024",
            ".exe",
            ".pdf",
            ".",
            " ",
            "::$DATA",
        }
            .Concat(["\u0301", "א", "ع", "(", ")", "[", "1", "CON", "..\\", "%2e", "\U0001D5BE"])
            .Select(Encoding.UTF8.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds() =>
        FuzzText.Both(
            "性能表\u202Efdp.scr",
            "report.pdf                                        .exe",
            "見積書.docx",
            "a\u2067b\u2069(c).txt",
            "..\\..\\CON.txt",
            "aא1ע(b).exe",
            "name.jpg\u3000.lnk",
            "ｅｘｅ．exe.",
            "C:\\x\\y:z"
        );

    public void Run(byte[] bytes)
    {
        var name = FuzzText.Of(bytes);
        FileNames.Displayed(name);
        FileNames.Visible(name);
        FileNames.Extension(name);
        FileNames.Disguises(name, null);
        FileNames.Note(name, Program);
        UnsafeNames.Danger(name);
        SplitVolumes.IsPart(name);
        InnerNames.Of(name);
        NameForms.Stem(name);
        EntryNames.Inspect(EntryNames.Separate(name), []);
    }
}

internal sealed class PasswordsTarget : IFuzzTarget
{
    public string Name => "passwords";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "パスワード",
            "パスワードは",
            "ＰＷ：",
            "password: ",
            "解凍パス",
            "暗証番号",
            "「",
            "」",
            "【",
            "】",
            "です。",
            "別途",
            "前回と同じ",
            "下4桁",
            "の数字",
            "本日の日付",
            "\n",
            "：",
            "abc123!",
            "２０１３",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds() =>
        FuzzText.Both(
            "添付ファイルのパスワードは「shiryou2013」です。\nよろしくお願いします。",
            "解凍パスワード：\n\n　abc123\n\n以上",
            "The password for the zip is: Secret#1 (case sensitive)",
            "パスワードは別途お送りします。",
            "PW=１２３４ / pass：ｐａｓｓ",
            "パスワードは前回と同じです。会社名の後ろに2013を付けてください。"
        );

    public void Run(byte[] bytes)
    {
        var text = FuzzText.Of(bytes);
        var context = new PasswordContext
        {
            Subject = text.Length > 40 ? text[..40] : text,
            Text = text,
            SentAt = new DateTimeOffset(2013, 10, 17, 9, 2, 0, TimeSpan.FromHours(9)),
            AttachmentNames = [text.Length > 20 ? text[^20..] : text, "資料2013.zip"],
        };
        PasswordPhrases.Extract(text, "body", context);
        PasswordPhrases.Promises(text);
        foreach (var candidate in PasswordCandidates.Ranked(context).Take(2_000))
        {
            ArgumentNullException.ThrowIfNull(candidate.Value);
        }

        foreach (var variant in PasswordVariants.Of(context.Subject))
        {
            ArgumentNullException.ThrowIfNull(variant);
        }
    }
}
