using System.Text;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Messages;
using Noroshi.Makers.Corpus;
using Noroshi.Makers.Hostile;

namespace Noroshi.Fuzz.Targets;

/// <summary>Mails of the makers as seeds.</summary>
internal static class MailSeeds
{
    private const int MaxLength = 8 << 10;

    public static IEnumerable<byte[]> All() =>
        JapaneseCases
            .All()
            .Concat(RfcCases.All())
            .Concat(DamageCases.All())
            .Concat(ConversationCases.All())
            .Select(file => file.Bytes)
            .Where(bytes => bytes.Length <= MaxLength);

    /// <summary>Hostile mails of few bytes; the classes that cost by number are left to their own test.</summary>
    public static IEnumerable<byte[]> Hostile() =>
        HostileMails
            .All.Where(input => input.Group is not ("mime/nesting" or "mime/count"))
            .Select(input => input.Make())
            .Where(bytes => bytes.Length <= MaxLength);

    /// <summary>Words of mail that chance would seldom hit.</summary>
    public static IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[]
        {
            "\r\n",
            "\r\n\r\n",
            "\r\n ",
            "Content-Type: multipart/mixed; boundary=b\r\n",
            "Content-Type: message/rfc822\r\n",
            "Content-Type: message/delivery-status\r\n",
            "Content-Type: text/html; charset=shift_jis\r\n",
            "Content-Type: application/ms-tnef; name=winmail.dat\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n",
            "Content-Transfer-Encoding: x-uuencode\r\n",
            "Content-Disposition: attachment; filename*0*=utf-8''a; filename*1=b\r\n",
            "\r\n--b\r\n",
            "\r\n--b--\r\n",
            "=?utf-8?B?44GC?=",
            "=?iso-2022-jp?B?GyRCJCIbKEI=?=",
            "=?shift_jis?Q?=82=A0?=",
            "\u001B$B",
            "\u001B(B",
            "\u001B(J",
            "\u001B$(D",
            "Received: from a (b [192.0.2.1]) by c with ESMTP id d for <e@f>; ",
            "Thu, 17 Oct 2013 09:02:00 +0900",
            "begin 644 a.bin\n",
            "From a@b Thu Oct 17 09:02:00 2013\n",
            "Subject: ",
            "format=flowed",
            "-----Original Message-----",
            "begin-base64 644 a\n",
        }.Select(Encoding.Latin1.GetBytes),
    ];
}

/// <summary>The whole way of a mail, to the bytes that the hub reads.</summary>
internal sealed class MimeTarget : IFuzzTarget
{
    private readonly FrameCheck _check = new();

    public string Name => "mime";

    public IReadOnlyList<byte[]> Dictionary => MailSeeds.Words;

    public IEnumerable<byte[]> Seeds() => MailSeeds.All().Concat(MailSeeds.Hostile());

    public void Run(byte[] bytes) => _check.Dissect(bytes, InputKind.Mail, "fuzz");
}

/// <summary>Everything that reads header fields, each over every field whatever its name.</summary>
internal sealed class HeadersTarget : IFuzzTarget
{
    private const int MaxFields = 40;

    public string Name => "headers";

    public IReadOnlyList<byte[]> Dictionary => MailSeeds.Words;

    public IEnumerable<byte[]> Seeds() =>
        MailSeeds
            .All()
            .Select(HeadOf)
            .Append(
                Encoding.UTF8.GetBytes(
                    """
                    From: "山田" <yamada@example.jp>, group: a@b.example, "q\"x" <c@[192.0.2.1]>;
                    Authentication-Results: mx.example; spf=pass smtp.mailfrom=a@b.example; dkim=fail (bad) header.d=b.example
                    Received-SPF: pass (mx.example: domain of a@b.example) client-ip=192.0.2.1
                    Thread-Index: AdEdM7Vb3kyaqDUSTO2pMhKcLhQPSgAAAAAB
                    References: <a@b.example> <c@d.example>
                    Content-Type: text/plain; charset="utf-8"; name*0*=utf-8''%E3%81%82; name*1="b"
                    Date: Thu, 17 Oct 2013 09:02:00 +0900 (JST)
                    Auto-Submitted: auto-replied
                    X-Originating-IP: [198.51.100.23]
                    """.ReplaceLineEndings("\r\n")
                )
            );

    public void Run(byte[] bytes)
    {
        var findings = new List<Finding>();
        var prepared = FrontEnd.Prepare(bytes);
        var headers = RawHeaders.Parse(prepared.Message, findings, out _);
        foreach (var field in headers.Fields.Take(MaxFields))
        {
            AddressList.Parse(field, "iso-2022-jp", findings);
            HeaderText.Decode(field.Raw.Span, "shift_jis", findings);
            ParameterText.Parse(field.Raw.Span, null, findings);
            MailDate.Parse(field.Value, findings);
            ThreadIndexParser.Parse(field.Value);
            IdentifierShape.Of(field.Value);
        }

        var (hops, origin) = OriginFinder.Find(
            ReceivedParser.Parse(headers, findings),
            new OwnEstate(["mx.power-a.example"], ["192.0.2.0/24", "2001:db8::/32"], ["power-a.example"]),
            findings
        );
        AddressList.ReturnPath(headers);
        MessageIds.MessageId(headers, findings);
        MessageIds.InReplyTo(headers);
        MessageIds.References(headers, findings);
        AuthenticationResults.Parse(headers);
        Composition.Describe(headers, "text/plain", ["utf-8 8bit"], headers.First("Subject"), hops, origin);
    }

    private static byte[] HeadOf(byte[] mail)
    {
        var end = mail.AsSpan().IndexOf("\r\n\r\n"u8);
        return end < 0 ? mail : mail[..(end + 2)];
    }
}

/// <summary>One Received field; its parser alone is worth the tries that the whole chain would not leave it.</summary>
internal sealed class ReceivedTarget : IFuzzTarget
{
    private static readonly string[] Values =
    [
        "from mail.example (mail.example [198.51.100.23]) by mx.example (Postfix) with ESMTP id 3A1B2C for <info@a.example>; Thu, 17 Oct 2013 09:02:05 +0900",
        "from unknown (HELO pc) (user@example.jp@203.0.113.9) by smtp.example with SMTP; 17 Oct 2013 00:02:05 -0000",
        "(qmail 1234 invoked from network); 17 Oct 2013 00:02:05 -0000",
        "from EX1.example ([fe80::1%12]) by EX2.example ([::1]) with mapi id 14.03.0158.001; Thu, 17 Oct 2013 09:02:05 +0900",
        "by 10.0.0.1 with SMTP id ab12csp3456; Wed, 16 Oct 2013 17:02:05 -0700 (PDT)",
        "from [192.0.2.7] (port=1234 helo=pc) by host.example with esmtpsa (TLS1.2:ECDHE:256) (Exim 4.80) (envelope-from <a@b.example>) id 1VWa-00; Thu, 17 Oct 2013 00:02:05 +0000",
        "from localhost (localhost [IPv6:2001:db8::1]) by x.example via Frontend Transport with HTTP; Thu, 17 Oct 13 09:02 JST",
    ];

    public string Name => "received";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            " from ",
            " by ",
            " with ",
            " id ",
            " for ",
            " via ",
            "HELO ",
            "EHLO ",
            "[IPv6:",
            "unknown",
            "; ",
            "localhost",
            "may be forged",
        }
            .Concat(["port=", "helo=", "+0900", "JST", "::ffff:", "envelope-from "])
            .Select(Encoding.ASCII.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds() => Values.Select(Encoding.ASCII.GetBytes);

    public void Run(byte[] bytes)
    {
        var hop = ReceivedParser.One(Encoding.Latin1.GetString(bytes), out _);
        OriginFinder.Find([hop], new OwnEstate(["mx.example"], ["192.0.2.0/24"], ["example"]));
    }
}

internal sealed class TnefTarget : IFuzzTarget
{
    public string Name => "tnef";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [2, 0x90],
        [3, 0x90],
        [5, 0x90],
        [0x10, 0x80],
        [0x0F, 0x80],
        [0x1E, 0],
        [0x1F, 0],
        [0x02, 1],
        [0x0D, 0],
        [0x1E, 0x10],
        [9, 0x10],
        [.. "LZFu"u8],
        [.. "MELA"u8],
        [7, 3, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46],
    ];

    public IEnumerable<byte[]> Seeds()
    {
        var inner = TnefBytes.File(TnefBytes.Attribute(1, 0x8004, [.. "inner\0"u8]));
        yield return TnefBytes.Mail(inner);
        yield return TnefBytes.Mail([]);
        yield return TnefBytes.File(TnefBytes.Attribute(1, 0x800C, [.. "old body\0"u8]), TnefBytes.Attribute(1, 0x8005, new byte[14]));
    }

    public void Run(byte[] bytes) => Tnef.Read(bytes, []);
}

internal sealed class UuencodeTarget : IFuzzTarget
{
    public string Name => "uuencode";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "begin 644 a\n",
            "begin-base64 644 b\n",
            "=ybegin line=128 size=3 name=a\r\n",
            "=yend size=3\r\n",
            "`\nend\n",
            "====\n",
            "#0V%T\n",
            "M",
        }
            .Append("\nend\n")
            .Select(Encoding.ASCII.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds() =>
        [
            [.. "text\nbegin 644 cat.txt\n#0V%T\n`\nend\nmore\n"u8],
            [.. "begin-base64 644 cat.txt\nQ2F0\n====\n"u8],
            [.. "begin 644 x\nhIrAU\n+\nend\n"u8],
        ];

    public void Run(byte[] bytes) => Uuencode.Find(bytes, []);
}
