using System.Text;

namespace Noroshi.Makers.Outlook;

/// <summary>Outlook items of every shape the dissection knows. Names and texts are made up.</summary>
public static class MsgCases
{
    /// <summary>When the mails were sent.</summary>
    public static readonly DateTimeOffset Sent = new(2013, 5, 20, 1, 30, 0, TimeSpan.Zero);

    /// <summary>The text of most items.</summary>
    public const string Japanese =
        "お世話になっております。\n製品の性能表①についてお伺いします。\n資料は https://docs.example.org/spec にあります。\n";

    /// <summary>The subject of most items.</summary>
    public const string Subject = "RE: 製品仕様の件(髙橋)";

    /// <summary>An HTML body.</summary>
    public const string Html =
        "<html><head><title>x</title></head><body><p>お世話になっております。<br>性能表 &amp; 仕様の件です。</p><a href=\"https://www.example.org/a\">こちら</a></body></html>";

    /// <summary>Headers as a server in front of the window wrote them.</summary>
    public const string TransportHeaders =
        "Received: from mail.example.net (mail.example.net [203.0.113.5]) by mx.window.example (Postfix) with ESMTP id A1; Mon, 20 May 2013 10:30:05 +0900\r\n"
        + "Date: Mon, 20 May 2013 10:30:00 +0900\r\n"
        + "From: =?UTF-8?B?5bGx55Sw5aSq6YOO?= <taro@example.net>\r\n"
        + "To: window@window.example\r\n"
        + "Subject: =?UTF-8?B?UkU6IOijveWTgeS7leanmOOBruS7tijpq5nmqYsp?=\r\n"
        + "Message-ID: <abc123@example.net>\r\n"
        + "X-Mailer: Made Mailer 1.0\r\n"
        + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";

    /// <summary>All of them by name.</summary>
    public static IReadOnlyList<(string Name, Func<byte[]> Make)> All { get; } =
    [
        ("received.msg", () => Received().Build()),
        ("received-v4.msg", () => Received().Build(4)),
        ("sent.msg", () => SentMail().Build()),
        ("cp932.msg", () => Ansi().Build()),
        ("html.msg", () => Basic().Binary(0x1013, Encoding.UTF8.GetBytes(Html)).Number(0x3FDE, 65001).Build()),
        ("html-cp932.msg", () => Basic().Binary(0x1013, ShiftJis(Html)).Number(0x3FDE, 932).Build()),
        ("rtf-html.msg", () => Rtf(RtfMaker.Compress(RtfMaker.FromHtml(Html, 932))).Build()),
        ("rtf-html-stored.msg", () => Rtf(RtfMaker.Store(RtfMaker.FromHtml(Html, 932))).Build()),
        ("rtf-text.msg", () => Rtf(RtfMaker.Compress(RtfMaker.FromText(Japanese, 932))).Build()),
        ("rtf-native.msg", () => Rtf(RtfMaker.Compress(RtfMaker.FromText(Japanese, 0, native: true))).Build()),
        ("attachments.msg", () => Attachments().Build()),
        ("forward.msg", () => Forward().Build()),
        ("named-headers.msg", () => NamedHeaders().Build()),
    ];

    /// <summary>Subject, sender and one recipient, no body.</summary>
    public static MsgMaker Basic(int codePage = 0) =>
        new MsgMaker(codePage).Mail(Subject, "山田太郎", "taro@example.net", Sent).Recipient(1, "受付窓口", "window@window.example");

    /// <summary>A mail with the headers it was received with.</summary>
    public static MsgMaker Received() => Basic().Text(0x1000, Japanese).Text(0x007D, TransportHeaders).Number(0x3FDE, 65001);

    /// <summary>A mail out of a folder of sent mails: no headers, people of an Exchange directory.</summary>
    public static MsgMaker SentMail() =>
        new MsgMaker()
            .Text(0x001A, "IPM.Note")
            .Text(0x003D, "RE: ")
            .Text(0x0E1D, "製品仕様の件")
            .Text(0x0C1A, "受付窓口")
            .Text(0x0C1E, "EX")
            .Text(0x0C1F, "/o=Made/ou=Site/cn=Recipients/cn=window")
            .Text(0x5D01, "window@window.example")
            .Text(0x0042, "受付窓口")
            .Text(0x0065, "/o=Made/ou=Site/cn=Recipients/cn=window")
            .Text(0x5D02, "window@window.example")
            .Time(0x0039, Sent)
            .Number(0x0E07, 0x21)
            .Text(0x1035, "<reply1@window.example>")
            .Text(0x1042, "<abc123@example.net>")
            .Text(0x1039, "<first@example.net> <abc123@example.net>")
            .Binary(0x0071, ConversationIndex())
            .Text(0x3FFA, "窓口 花子")
            .Time(0x3007, Sent.AddMinutes(-5))
            .Text(0x1000, "拝見しました。\n")
            .Recipient(1, "山田太郎", "taro@example.net")
            .Recipient(2, "上司", "boss@window.example", "/o=Made/ou=Site/cn=Recipients/cn=boss")
            .Recipient(3, "控え", "archive@window.example");

    /// <summary>A mail of byte strings in CP932.</summary>
    public static MsgMaker Ansi() =>
        Basic(932).Number(0x3FFD, 932).Text(0x1000, Japanese).Attach(new MsgAttachment { Name = "表.txt", Content = "x"u8.ToArray() });

    /// <summary>A mail whose only body is the given compressed RTF.</summary>
    public static MsgMaker Rtf(byte[] compressed) => Basic().Binary(0x1009, compressed);

    /// <summary>Attachments of every kind.</summary>
    public static MsgMaker Attachments() =>
        Basic()
            .Text(0x1000, Japanese)
            .Attach(
                new MsgAttachment
                {
                    Name = "性能表.txt",
                    ShortName = "SEINOU~1.TXT",
                    MediaType = "text/plain",
                    Content = "plain content\n"u8.ToArray(),
                    LongPath = @"C:\Users\maker\Desktop\性能表.txt",
                }
            )
            .Attach(
                new MsgAttachment
                {
                    Name = "image001.png",
                    ContentId = "image001.png@01CE5541.7A2B3C40",
                    Hidden = true,
                    Content = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10],
                }
            )
            .Attach(
                new MsgAttachment
                {
                    Name = "hidden.bin",
                    Hidden = true,
                    Content = [1, 2, 3],
                }
            )
            .Attach(new MsgAttachment { Name = "elsewhere.doc", LongPath = @"\\files.example.org\share\elsewhere.doc" })
            .Attach(new MsgAttachment { Name = "object.ole", Object = [("CONTENTS", new byte[5_000]), ("Folder/Inner", [7, 8, 9])] });

    /// <summary>A forward that carries a received mail.</summary>
    public static MsgMaker Forward() =>
        new MsgMaker()
            .Mail("FW: 不審なメール", "窓口 花子", "hanako@window.example", Sent.AddHours(1))
            .Recipient(1, "hub", "hub@hub.example")
            .Text(0x1000, "転送します。\n")
            .Attach(new MsgAttachment { Message = Received().Header("x-made", "inner") });

    /// <summary>A mail whose headers travel as named properties.</summary>
    public static MsgMaker NamedHeaders() =>
        Basic().Text(0x1000, "自動応答です。\n").Header("x-mailer", "Made Mailer 2.0").Header("auto-submitted", "auto-replied");

    /// <summary>Bytes of text in CP932.</summary>
    public static byte[] ShiftJis(string text) => CodePagesEncodingProvider.Instance.GetEncoding(932)?.GetBytes(text) ?? [];

    /// <summary>A conversation index with one reply.</summary>
    public static byte[] ConversationIndex() =>
        [0x01, 0xCE, 0x55, 0x41, 0x7A, 0x2B, .. Enumerable.Range(1, 16).Select(value => (byte)value), 0, 1, 2, 3, 4];
}
