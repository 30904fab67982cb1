using System.Text;
using Noroshi.Makers.Cab;
using Noroshi.Makers.DiskImages;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Lzh;

namespace Noroshi.Makers.Corpus;

/// <summary>
/// Mails with archives as they come: names in old charsets, locked with the password beside them, disguised files inside. Everything is
/// stored or packed by own code with fixed times and salts, so that the same call makes the same bytes everywhere.
/// </summary>
public static class ArchiveCases
{
    private const string Sheet = "性能表\n機種,定格出力,備考\nPA-100,100kW,標準品\nPA-200,200kW,受注生産\n";

    /// <summary>All cases.</summary>
    public static IEnumerable<CorpusFile> All()
    {
        foreach (var (name, bytes) in (IEnumerable<(string, byte[])>)[.. Names(), .. Locked(), .. Disguised(), .. Others()])
        {
            yield return new CorpusFile("archives", name + ".eml", bytes);
        }
    }

    private static MadeFile Table(string name) => new(name, Charsets.ShiftJis.GetBytes(Sheet));

    private static ZipChoices Stored => new() { Deflate = false };

    private static byte[] Mail(string subject, string text, string file, byte[] content) =>
        MailMaker.Inquiry()
            .Header("Subject", MailMaker.Word(subject))
            .Mixed(text, Charsets.Jis, "iso-2022-jp", (file, content))
            .Done();

    private static byte[] Plain(string file, byte[] content) =>
        Mail(
            "ご依頼の性能表をお送りします",
            """
            株式会社電力Ａ
            製品お問い合わせ窓口 ご担当者様

            いつもお世話になっております。○○工業の田中です。
            先日お問い合わせした件で、当方の性能表をまとめました。
            添付ファイルをご確認いただけますでしょうか。

            よろしくお願いいたします。

            """,
            file,
            content);

    private static byte[] WithPassword(string file, byte[] content, string sentence) =>
        Mail(
            "見積依頼書の送付",
            $"""
            株式会社電力Ａ
            製品お問い合わせ窓口 ご担当者様

            お世話になっております。○○工業の田中です。
            見積依頼書をお送りいたします。
            {sentence}
            お手数をおかけしますが、ご確認のほどお願いいたします。

            --
            田中 一郎
            ○○工業株式会社 技術部
            TEL: 03-0000-0000

            """,
            file,
            content);

    private static IEnumerable<(string, byte[])> Names()
    {
        MadeFile[] files = [Table("資料/性能表.csv"), Table("資料/十一月の予定ソ.csv")];
        yield return ("zip-cp932-names", Plain("資料.zip", ZipMaker.Zip(files, Stored with { Names = ZipNames.Cp932 })));
        yield return ("zip-utf8-names-flagged", Plain("資料.zip", ZipMaker.Zip(files, Stored with { Names = ZipNames.Utf8Flagged })));
        yield return ("zip-utf8-names-bare", Plain("資料.zip", ZipMaker.Zip(files, Stored with { Names = ZipNames.Utf8Bare })));
        yield return ("zip-euc-jp-names", Plain("資料.zip", ZipMaker.Zip(files, Stored with { Names = ZipNames.EucJp })));
        yield return ("lzh-cp932-names", Plain("資料.lzh", LzhMaker.Make([.. files.Select((file, i) => new LzhMember(file.Name, file.Content) { Level = i })])));
        yield return ("tar-utf8-names", Plain("資料.tar", Hostile.RawTar.Make([.. files.Select(file => Hostile.RawTar.Entry(Encoding.UTF8.GetBytes(file.Name), file.Content))])));
    }

    private static IEnumerable<(string, byte[])> Locked()
    {
        MadeFile[] files = [Table("見積依頼書.csv")];
        yield return ("zip-zipcrypto-password-in-mail", WithPassword(
            "見積依頼書.zip",
            ZipMaker.Zip(files, Stored with { Names = ZipNames.Cp932, Lock = ZipLock.ZipCrypto, Password = "mitsumori1017" }),
            "添付ファイルの解凍パスワードは「mitsumori1017」です。"));
        yield return ("zip-aes-256-password-in-english", MailMaker.Inquiry()
            .Header("Subject", "Request for quotation")
            .Mixed(
                "Dear Sir or Madam,\n\nPlease find attached our request for quotation.\nThe archive is protected. Password: Turbine-2013\n\nBest regards,\nIchiro Tanaka\n",
                Encoding.ASCII,
                "us-ascii",
                ("rfq.zip", ZipMaker.Zip([Table("rfq.csv")], Stored with { Lock = ZipLock.Aes256, Password = "Turbine-2013" })))
            .Done());
        yield return ("rar4-password-in-mail", WithPassword("見積依頼書.rar", RarMaker.Rar4(files, "denryoku#25"), "パスワード：denryoku#25"));
        yield return ("rar5-names-locked-password-in-mail", WithPassword(
            "見積依頼書.rar", RarMaker.Rar5(files, "Xk93-qTz7", encryptHeaders: true), "解凍パスワードは以下のとおりです。\nXk93-qTz7"));
        yield return ("7z-aes-password-in-mail", WithPassword("見積依頼書.7z", SevenZipMaker.SevenZip(files, "20131017"), "パスワードは本日の日付（西暦8桁）です。"));
        yield return ("7z-names-locked-password-in-mail", WithPassword("見積依頼書.7z", SevenZipMaker.SevenZip(files, "spec7890", encryptHeader: true), "開封パスワード → spec7890"));
        yield return ("zip-zipcrypto-password-promised", WithPassword(
            "見積依頼書.zip",
            ZipMaker.Zip(files, Stored with { Names = ZipNames.Cp932, Lock = ZipLock.ZipCrypto, Password = "k8#Wq2!zR5" }),
            "添付ファイルのパスワードは別途お送りします。"));
        yield return ("forwarded-mail-with-locked-zip", Forwarded());
    }

    private static byte[] Forwarded()
    {
        var reported = WithPassword(
            "仕様確認.zip",
            ZipMaker.Zip([new MadeFile("仕様確認.scr", ProgramMaker.Pe())], Stored with { Names = ZipNames.Cp932, Lock = ZipLock.ZipCrypto, Password = "shiyou2013" }),
            "ファイルを開く際のパスワードは shiyou2013 です。");
        const string boundary = "----=_NextPart_000_0021_01CECB3A.70C1E2F0";
        return new MailMaker()
            .Header("Date", "Thu, 17 Oct 2013 14:20:00 +0900")
            .Header("From", $"{MailMaker.Word("窓口担当")} <info@power-a.example>")
            .Header("To", "give@hub.example")
            .Header("Message-ID", "<fwd.31@power-a.example>")
            .Header("Subject", "FW: " + MailMaker.Word("見積依頼書の送付"))
            .Header("MIME-Version", "1.0")
            .Header("Content-Type", $"multipart/mixed;\r\n boundary=\"{boundary}\"")
            .Raw($"\r\n--{boundary}\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n")
            .Raw(Charsets.Jis.GetBytes("心当たりのないメールが届いたため、添付のまま転送します。\r\n添付ファイルは開いていません。\r\n"))
            .Raw($"\r\n--{boundary}\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n")
            .Raw(reported)
            .Raw($"\r\n--{boundary}--\r\n")
            .Done();
    }

    private static IEnumerable<(string, byte[])> Disguised()
    {
        // Shown as "性能表rcs.pdf": the extension is .scr.
        const string reversed = "性能表\u202Efdp.scr";
        yield return ("lzh-lh5-program-named-backwards", Plain("性能表.lzh", LzhMaker.Make(
            new LzhMember("性能表rcs.scr", ProgramMaker.Pe()) { Extensions = [(0x44, Encoding.Unicode.GetBytes(reversed))] })));
        yield return ("lzh-program-behind-blanks", Plain("性能表.lzh", LzhMaker.Make(
            new LzhMember("性能表.pdf" + new string(' ', 80) + ".exe", ProgramMaker.Pe()) { Level = 1 })));
        yield return ("zip-program-of-two-extensions", Plain("性能表.zip", ZipMaker.Zip([new MadeFile("性能表.doc.exe", ProgramMaker.Pe())], Stored with { Names = ZipNames.Cp932 })));
        yield return ("rar5-program-named-backwards", Plain("性能表.rar", RarMaker.Rar5([new MadeFile(reversed, ProgramMaker.Pe())])));
        yield return ("iso-with-shortcut", Plain("資料.iso", IsoMaker.Make("SHIRYOU", joliet: true, ("性能表.pdf.lnk", ProgramMaker.Lnk()), ("読んでください.txt", "none\r\n"u8.ToArray()))));
    }

    private static IEnumerable<(string, byte[])> Others()
    {
        yield return ("cab-stored", Plain("data.cab", CabMaker.Make(CabMethod.Stored, ("spec/table.csv", Charsets.ShiftJis.GetBytes(Sheet)), ("readme.txt", "none\r\n"u8.ToArray()))));
        var lzh = LzhMaker.Make(new LzhMember("性能表.csv", Charsets.ShiftJis.GetBytes(Sheet)));
        var rar = RarMaker.Rar4([new MadeFile("性能表.lzh", lzh)]);
        yield return ("archive-in-archive-in-archive", Plain("資料一式.zip", ZipMaker.Zip([new MadeFile("性能表.rar", rar), Table("一覧.csv")], Stored with { Names = ZipNames.Cp932 })));
        yield return ("locked-zip-in-open-zip", WithPassword(
            "一式.zip",
            ZipMaker.Zip(
                [new MadeFile("内側.zip", ZipMaker.Zip([Table("見積依頼書.csv")], Stored with { Names = ZipNames.Cp932, Lock = ZipLock.ZipCrypto, Password = "uchigawa88" }))],
                Stored with { Names = ZipNames.Cp932 }),
            "中のファイルの解凍キーは uchigawa88 です。"));
        yield return ("rar5-with-comment", Plain("資料.rar", RarMaker.Rar5([Table("性能表.csv")], comment: "作成：技術部 田中")));
        yield return ("zip-cut-off", Plain("資料.zip", ZipMaker.Zip([Table("性能表.csv"), Table("一覧.csv")], Stored with { Names = ZipNames.Cp932 })[..^60]));
    }
}
