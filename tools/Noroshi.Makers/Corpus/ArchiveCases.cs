using Noroshi.Makers.Cab;
using Noroshi.Makers.DiskImages;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Lzh;

namespace Noroshi.Makers.Corpus;

/// <summary>Mails with archives as attackers and customers send them. The programs inside do nothing.</summary>
public static class ArchiveCases
{
    private const string Ja = """
        お世話になっております。○○工業の田中です。
        ご依頼の資料をお送りいたします。

        """;

    private static readonly byte[] Program = ProgramMaker.Pe();

    /// <summary>The payload of most cases: reads as 性能表rcs.pdf.</summary>
    private static MadeFile Disguised { get; } = new("性能表\u202Efdp.scr", Program);

    private static MadeFile Table { get; } = MadeFile.Text("性能表.csv", "型番,出力\nA-1,100\nA-2,200\n");

    /// <summary>All cases.</summary>
    public static IEnumerable<CorpusFile> All()
    {
        foreach (var (name, text, file, bytes) in Cases())
        {
            yield return new CorpusFile("archives", name + ".eml", Mail(text, file, bytes));
        }

        yield return new CorpusFile("archives", "forwarded-locked-zip.eml", Forwarded());
    }

    private static byte[] Mail(string text, string file, byte[] bytes) =>
        MailMaker
            .Inquiry()
            .Header("Subject", MailMaker.Word("資料送付の件"))
            .Mixed(text, Charsets.Jis, "iso-2022-jp", (file, bytes))
            .Done();

    private static IEnumerable<(string Name, string Text, string File, byte[] Bytes)> Cases() => [.. Zips(), .. Rars(), .. Others()];

    private static IEnumerable<(string Name, string Text, string File, byte[] Bytes)> Zips()
    {
        yield return (
            "zip-names-cp932",
            Ja,
            "資料.zip",
            ZipMaker.Zip([Table, new("ソフト一覧\\表.txt", "a"u8.ToArray())], new() { Names = ZipNames.Cp932 })
        );
        yield return ("zip-names-utf8-flag", Ja, "資料.zip", ZipMaker.Zip([Table], new() { Names = ZipNames.Utf8Flagged }));
        yield return ("zip-names-utf8-bare", Ja, "資料.zip", ZipMaker.Zip([Table], new() { Names = ZipNames.Utf8Bare }));
        yield return ("zip-names-euc", Ja, "資料.zip", ZipMaker.Zip([Table], new() { Names = ZipNames.EucJp }));
        yield return (
            "zip-zipcrypto-password-ja",
            Ja + "パスワードは「shiryou2013」です。\n",
            "資料.zip",
            ZipMaker.Zip(
                [Disguised],
                new()
                {
                    Lock = ZipLock.ZipCrypto,
                    Password = "shiryou2013",
                    Names = ZipNames.Cp932,
                }
            )
        );
        yield return (
            "zip-aes256-password-en",
            "Dear Sir,\n\nPlease find the document attached.\nThe password is: Doc-4711\n",
            "document.zip",
            ZipMaker.Zip([new("document.pdf.exe", Program)], new() { Lock = ZipLock.Aes256, Password = "Doc-4711" })
        );
        yield return (
            "zip-password-full-width",
            Ja + "解凍パスワード：ｓｈｉｒｙｏｕ８８\n",
            "資料.zip",
            ZipMaker.Zip(
                [Table],
                new()
                {
                    Lock = ZipLock.ZipCrypto,
                    Password = "shiryou88",
                    Names = ZipNames.Cp932,
                }
            )
        );
        yield return (
            "zip-password-is-the-date",
            Ja + "パスワードは本日の日付（8桁）です。\n",
            "資料.zip",
            ZipMaker.Zip([Table], new() { Lock = ZipLock.Aes256, Password = "20131017" })
        );
        yield return (
            "zip-locked-no-password",
            Ja + "パスワードは別途お送りいたします。\n",
            "資料.zip",
            ZipMaker.Zip([Table], new() { Lock = ZipLock.Aes256, Password = "kX9#unfindable" })
        );
        yield return ("zip-in-zip", Ja, "外.zip", ZipMaker.Zip([new("内.zip", ZipMaker.Zip([Disguised]))]));
        yield return (
            "zip-unsafe-names",
            Ja,
            "資料.zip",
            ZipMaker.Zip([MadeFile.Text("../../evil.txt", "a"), MadeFile.Text("C:/CON.txt", "b"), MadeFile.Text("/etc/x", "c")])
        );
    }

    private static IEnumerable<(string Name, string Text, string File, byte[] Bytes)> Rars()
    {
        yield return ("rar4-locked", Ja + "【パスワード】\nSekkei2013\n", "資料.rar", RarMaker.Rar4([Disguised], "Sekkei2013"));
        yield return ("rar4-names-locked", Ja + "PW: himitsu4\n", "資料.rar", RarMaker.Rar4([Disguised], "himitsu4", encryptHeaders: true));
        yield return (
            "rar5-names-locked",
            Ja + "解凍用のパスワードは kaitou5 になります。\n",
            "資料.rar",
            RarMaker.Rar5([Disguised], "kaitou5", encryptHeaders: true)
        );
        yield return ("rar5-open", Ja, "資料.rar", RarMaker.Rar5([Table], comment: "資料一式"));
        yield return (
            "7z-names-locked",
            Ja + "ファイルを開く際のパスワード：nana7nana\n",
            "資料.7z",
            SevenZipMaker.SevenZip([Table], "nana7nana", encryptHeader: true)
        );
    }

    private static IEnumerable<(string Name, string Text, string File, byte[] Bytes)> Others()
    {
        foreach (var level in (int[])[0, 1, 2, 3])
        {
            yield return ($"lzh-level-{level}", Ja, "資料.lzh", LzhMaker.Make(new LzhMember("性能表.scr", Program) { Level = level }));
        }

        yield return ("lzh-stored", Ja, "資料.lzh", LzhMaker.Make(new LzhMember("表.csv", Table.Content) { Method = "-lh0-" }));
        yield return ("cab-mszip", Ja, "資料.cab", CabMaker.Make(CabMethod.MsZip, ("report.scr", Program)));
        yield return ("iso-joliet-shortcut", Ja, "資料.iso", IsoMaker.Make("SHIRYOU", true, ("資料.lnk", ProgramMaker.Lnk())));
        yield return ("exe-with-document-name", Ja, "性能表.pdf　　　　　　　　　　　　　　　.exe", Program);
    }

    private static byte[] Forwarded()
    {
        var reported = Mail(
            Ja + "パスワードは「shiryou2013」です。\n",
            "資料.zip",
            ZipMaker.Zip(
                [Disguised],
                new()
                {
                    Lock = ZipLock.ZipCrypto,
                    Password = "shiryou2013",
                    Names = ZipNames.Cp932,
                }
            )
        );
        return new MailMaker()
            .Header("From", "info@power-a.example")
            .Header("To", "give@hub.example")
            .Header("Date", "Thu, 17 Oct 2013 10:30:00 +0900")
            .Header("Subject", "Fwd: " + MailMaker.Word("資料送付の件"))
            .Header("MIME-Version", "1.0")
            .Header("Content-Type", "multipart/mixed; boundary=\"f\"")
            .Raw("\r\n--f\r\nContent-Type: text/plain\r\n\r\nsuspicious\r\n--f\r\nContent-Type: message/rfc822\r\n\r\n")
            .Raw(reported)
            .Raw("\r\n--f--\r\n")
            .Done();
    }
}
