using System.Text;

namespace Noroshi.Makers.Corpus;

/// <summary>Mails damaged on their way or by the program that saved them.</summary>
public static class DamageCases
{
    /// <summary>All cases.</summary>
    public static IEnumerable<CorpusFile> All()
    {
        foreach (var (name, bytes) in Cases())
        {
            yield return new CorpusFile("malformed", name + ".eml", bytes);
        }
    }

    private static byte[] Good() =>
        MailMaker
            .Inquiry()
            .Header("Subject", MailMaker.Word(JapaneseCases.Subject))
            .Header("Content-Type", "text/plain; charset=iso-2022-jp")
            .Body(JapaneseCases.Text, Charsets.Jis)
            .Done();

    private static IEnumerable<(string Name, byte[] Bytes)> Cases()
    {
        yield return ("microsoft-internet-headers", [.. "Microsoft Mail Internet Headers Version 2.0\r\n"u8, .. Good()]);
        yield return ("mbox-from-line", [.. "From tanaka.ichiro@webmail.example Thu Oct 17 09:02:05 2013\r\n"u8, .. Good()]);
        yield return ("escaped-mbox-from-line", [.. ">From tanaka.ichiro@webmail.example Thu Oct 17 09:02:05 2013\r\n"u8, .. Good()]);
        yield return (
            "smtp-transcript",
            [
                .. "220 mx.power-a.example ESMTP\r\nEHLO mail.webmail.example\r\n250 OK\r\nMAIL FROM:<tanaka.ichiro@webmail.example>\r\n250 OK\r\nRCPT TO:<info@power-a.example>\r\n250 OK\r\nDATA\r\n354 go ahead\r\n"u8,
                .. Good(),
                .. "\r\n.\r\n"u8,
            ]
        );
        yield return ("leading-blank-line", [.. "\r\n"u8, .. Good()]);
        yield return ("three-leading-blank-lines", [.. "\r\n\r\n \r\n"u8, .. Good()]);
        yield return ("utf8-bom", [0xEF, 0xBB, 0xBF, .. Good()]);
        yield return ("utf16-le-bom", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.ASCII.GetString(Good()))]);
        yield return ("line-without-colon", [.. "X-First: 1\r\nthis line has no colon\r\n"u8, .. Good()]);
        yield return (
            "no-blank-line-before-body",
            MailMaker.Inquiry().Header("Subject", "no blank line").Raw("Hello, this is the body.\r\nSecond line.\r\n").Done()
        );
        yield return ("headers-only", MailMaker.Inquiry().Header("Subject", "headers only").Done());
        yield return ("body-only", Encoding.UTF8.GetBytes("お世話になっております。\r\n本文だけを貼り付けました。\r\n"));
        yield return (
            "truncated-base64",
            MailMaker
                .Inquiry()
                .Header("Subject", "cut")
                .Header("Content-Type", "application/octet-stream; name=a.bin")
                .Header("Content-Transfer-Encoding", "base64")
                .Body("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ej"u8)
                .Done()
        );
        yield return (
            "missing-end-boundary",
            MailMaker
                .Inquiry()
                .Header("Subject", "cut")
                .Header("Content-Type", "multipart/mixed; boundary=\"b\"")
                .Body(
                    "--b\r\nContent-Type: text/plain\r\n\r\nfirst part\r\n--b\r\nContent-Type: application/octet-stream; name=a.bin\r\n\r\nsecond"u8
                )
                .Done()
        );
    }
}
