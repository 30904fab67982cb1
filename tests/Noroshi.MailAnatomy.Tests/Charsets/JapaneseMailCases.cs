using System.Text;
using MimeKit;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Messages;
using Noroshi.MailAnatomy.Text.Charsets;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Charsets;

/// <summary>Whole mails as Japanese mailers and damaged archives give them, through front-end, MimeKit and decoders.</summary>
public sealed class JapaneseMailCases
{
    private const string Subject = "【ご連絡】表示の件①";
    private const string Body = "お世話になっております。\r\n株式会社サンプルの髙橋です。\r\n表・予定・ソース・十分ご確認ください。\r\n";
    private const string FileName = "予定表ソ.doc";

    public static TheoryData<string> Names => [.. Cases.Keys];

    /// <summary>What the mail must come out as.</summary>
    private sealed record Case(byte[] Mail, string? Subject = Subject, string? Body = Body, string? File = null, string? From = null);

    private static readonly SortedDictionary<string, Case> Cases = new(StringComparer.Ordinal)
    {
        ["Undeclared_jis_body"] = new(Mail(JisText(Subject), "", JisText(Body))),
        ["Undeclared_shift_jis_body"] = new(Mail(Bytes.Sjis(Subject), "", Bytes.Sjis(Body))),
        ["Undeclared_euc_body"] = new(Mail(Bytes.Euc(Subject), "", Bytes.Euc(Body))),
        ["Undeclared_utf_8_body"] = new(Mail(Bytes.Utf8(Subject), "", Bytes.Utf8(Body))),
        ["Declared_jis"] = new(Mail(Words("iso-2022-jp", JisText(Subject)), Type("iso-2022-jp"), JisText(Body))),
        ["Windows_31j"] = new(Mail(Words("windows-31j", Bytes.Sjis(Subject)), Type("windows-31j"), Bytes.Sjis(Body))),
        ["Cp932"] = new(Mail(Words("cp932", Bytes.Sjis(Subject)), Type("cp932"), Bytes.Sjis(Body))),
        ["X_sjis"] = new(Mail(Words("x-sjis", Bytes.Sjis(Subject)), Type("x-sjis"), Bytes.Sjis(Body))),
        ["Iso_2022_jp_ms"] = new(Mail(Words("iso-2022-jp-ms", JisText(Subject)), Type("iso-2022-jp-ms"), JisText(Body))),
        ["Euc_jp_ms"] = new(Mail(Words("eucJP-ms", Bytes.Euc(Subject)), Type("eucJP-ms"), Bytes.Euc(Body))),
        ["Utf_8_declared_jis_sent"] = new(Mail(Words("utf-8", JisText(Subject)), Type("utf-8"), JisText(Body))),
        ["Utf_8_declared_shift_jis_sent"] = new(Mail(Words("utf-8", Bytes.Sjis(Subject)), Type("utf-8"), Bytes.Sjis(Body))),
        ["Latin_1_declared_shift_jis_sent"] = new(Mail(Words("iso-8859-1", Bytes.Sjis(Subject)), Type("iso-8859-1"), Bytes.Sjis(Body))),
        ["Ascii_declared_utf_8_sent"] = new(Mail(Words("us-ascii", Bytes.Utf8(Subject)), Type("us-ascii"), Bytes.Utf8(Body))),
        ["Jis_declared_shift_jis_sent"] = new(Mail(Words("iso-2022-jp", Bytes.Sjis(Subject)), Type("iso-2022-jp"), Bytes.Sjis(Body))),
        ["Word_split_in_mid_character"] = new(Mail(Split("utf-8", Bytes.Utf8(Subject), 4), Type("utf-8"), Bytes.Utf8(Body))),
        ["Word_split_in_mid_escape"] = new(Mail(Split("ISO-2022-JP", JisText(Subject), 2), Type("iso-2022-jp"), JisText(Body))),
        ["Nec_special_characters"] = new(
            Mail(Words("iso-2022-jp", Bytes.Jis("①②Ⅲ㈱№")), Type("iso-2022-jp"), Bytes.Jis("㍻㌔①")),
            "①②Ⅲ㈱№",
            "㍻㌔①"
        ),
        ["Half_width_kana_in_jis"] = new(
            Mail(Words("iso-2022-jp", Bytes.Jis("ﾃｽﾄのｹﾝ")), Type("iso-2022-jp"), Bytes.Jis("ﾊﾝｶｸです")),
            "ﾃｽﾄのｹﾝ",
            "ﾊﾝｶｸです"
        ),
        ["Half_width_kana_in_shift_jis"] = new(
            Mail(Words("shift_jis", Bytes.Sjis("ﾃｽﾄのｹﾝ")), Type("shift_jis"), Bytes.Sjis("ﾊﾝｶｸです")),
            "ﾃｽﾄのｹﾝ",
            "ﾊﾝｶｸです"
        ),
        ["Raw_shift_jis_file_name"] = new(Attached(Bytes.Of("attachment; filename=\"", Bytes.Sjis(FileName), "\"")), File: FileName),
        ["Raw_shift_jis_file_name_ending_in_backslash_byte"] = new(
            Attached(Bytes.Of("attachment; filename=\"", Bytes.Sjis("予定表"), "\"")),
            File: "予定表"
        ),
        ["Raw_jis_file_name"] = new(
            Attached(Bytes.Of("attachment; filename=\"", Bytes.Jis("、本の予定表.doc"), "\"")),
            File: "、本の予定表.doc"
        ),
        ["Raw_euc_file_name"] = new(Attached(Bytes.Of("attachment; filename=\"", Bytes.Euc(FileName), "\"")), File: FileName),
        ["Raw_utf_8_file_name"] = new(Attached(Bytes.Of("attachment; filename=\"", Bytes.Utf8(FileName), "\"")), File: FileName),
        ["Encoded_word_file_name"] = new(
            Attached(Bytes.Of("attachment; filename=\"", Bytes.Word("iso-2022-jp", Bytes.Jis(FileName)), "\"")),
            File: FileName
        ),
        ["Rfc_2231_file_name_split_in_mid_escape"] = new(
            Attached(Bytes.Of("attachment;\r\n filename*0*=iso-2022-jp'ja'%1B%24;\r\n filename*1*=BF%7CK%5C%1B%28B.doc")),
            File: "日本.doc"
        ),
        ["Microsoft_mail_internet_headers"] = new(Ordinary("Microsoft Mail Internet Headers Version 2.0\r\n")),
        ["Mbox_from_line"] = new(Ordinary("From taro@example.jp Mon Jan  1 00:00:00 2024\r\n")),
        ["Smtp_transcript"] = new(
            Bytes.Of(
                Ordinary("220 mx\r\nEHLO a\r\n250 b\r\nMAIL FROM:<a@b>\r\n250 ok\r\nRCPT TO:<c@d>\r\n250 ok\r\nDATA\r\n354 go\r\n"),
                ".\r\n250 ok\r\nQUIT\r\n"
            )
        ),
        ["Leading_blank_line"] = new(Ordinary("\r\n")),
        ["Byte_order_mark"] = new(Ordinary("\xEF\xBB\xBF")),
        ["Utf_16_mail"] = new([0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"Subject: {Subject}\r\nFrom: a@example.jp\r\n\r\n{Body}")]),
        ["Classic_mac_line_ends"] = new(
            Mail(Words("shift_jis", Bytes.Sjis(Subject)), Type("shift_jis"), Bytes.Sjis(Body))
                .Where(value => value != (byte)'\n')
                .ToArray(),
            Body: Body.Replace("\r\n", "\n", StringComparison.Ordinal)
        ),
        ["Docomo_address_with_dots"] = new(
            Bytes.Of(
                "Subject: ",
                Words("shift_jis", Bytes.Sjis(Subject)),
                "\r\nFrom: foo..bar.@docomo.ne.jp\r\n",
                Type("shift_jis"),
                "\r\n",
                Bytes.Sjis(Body)
            ),
            From: "foo..bar.@docomo.ne.jp"
        ),
        ["Missing_blank_line"] = new(
            Bytes.Of(
                "From: a@example.jp\r\nSubject: ",
                Words("shift_jis", Bytes.Sjis(Subject)),
                "\r\n",
                Type("shift_jis"),
                Bytes.Sjis(Body)
            )
        ),
        ["No_headers"] = new(Bytes.Sjis(Body), Subject: null),
        ["Lost_escapes"] = new(
            Mail(
                Words("iso-2022-jp", JisText(Subject)),
                Type("iso-2022-jp"),
                Bytes.Jis("日本の件です").Where(value => value != 0x1B).ToArray()
            ),
            Body: "日本の件です"
        ),
        ["Raw_jis_subject_that_holds_the_mark_of_an_encoded_word"] = new(
            Mail(Bytes.Jis("戎様"), Type("iso-2022-jp"), Bytes.Jis("戎です")),
            "戎様",
            "戎です"
        ),
    };

    private static byte[] JisText(string text)
    {
        // 髙 has no place in JIS X 0208; mailers of Windows send its NEC code 0x7C62.
        var parts = text.Split('髙');
        return parts.Length == 1 ? Bytes.Jis(text) : Bytes.Of(Bytes.Jis(parts[0]), "\x1b$B|b\x1b(B", Bytes.Jis(parts[1]));
    }

    private static byte[] Words(string charset, byte[] text) => Encoding.ASCII.GetBytes(Bytes.Word(charset, text));

    private static byte[] Split(string charset, byte[] text, int at) =>
        Bytes.Of(Bytes.Word(charset, text.AsSpan(0, at)), "\r\n ", Bytes.Word(charset.ToLowerInvariant(), text.AsSpan(at)));

    private static string Type(string charset) =>
        $"MIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n";

    private static byte[] Mail(byte[] subject, string headers, byte[] body) =>
        Bytes.Of("From: taro@example.jp\r\nSubject: ", subject, "\r\n", headers, "\r\n", body);

    private static byte[] Ordinary(string before) =>
        Bytes.Of(before, Mail(Words("iso-2022-jp", JisText(Subject)), Type("iso-2022-jp"), JisText(Body)));

    private static byte[] Attached(byte[] disposition) =>
        Bytes.Of(
            "From: a@example.jp\r\nSubject: ",
            Words("shift_jis", Bytes.Sjis(Subject)),
            "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n",
            Type("shift_jis"),
            "\r\n",
            Bytes.Sjis(Body),
            "\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: ",
            disposition,
            "\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
        );

    [Fact]
    public void There_are_at_least_31_cases() => Cases.Count.ShouldBeGreaterThanOrEqualTo(31);

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_is_read_whole(string name)
    {
        var expected = Cases[name];
        var front = FrontEnd.Prepare(expected.Mail);
        var findings = new List<Finding>(front.Findings);
        var headers = RawHeaders.Parse(front.Message, findings, out _);
        headers.First("Subject").ShouldBe(expected.Subject);
        if (expected.From is not null)
        {
            headers.First("From").ShouldBe(expected.From);
        }

        using var stream = new MemoryStream(front.Message.ToArray());
        using var message = MimeMessage.Load(stream, TestContext.Current.CancellationToken);
        var parts = MailWalk.Parts(message.Body).ToList();
        var body = parts.First(part => part.ContentType.IsMimeType("text", "plain"));
        var text = CharsetDecoder.Decode(MailWalk.Content(body), MailWalk.Charset(body, findings));
        text.Text.TrimEnd('\r', '\n').ShouldBe(expected.Body?.TrimEnd('\r', '\n'));
        findings.AddRange(text.Findings);
        if (expected.File is not null)
        {
            var header = parts[^1].Headers.First(one => one.Id == HeaderId.ContentDisposition);
            ParameterText.Parse(header.RawValue, null, findings)["filename"].ShouldBe(expected.File);
        }

        findings.ShouldNotContain(finding => finding.Code == "charset.damaged");
    }
}
