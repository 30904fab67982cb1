using System.Text;

namespace Noroshi.Makers.Hostile;

/// <summary>Hostile mails: the MIME classes of the trust document, at least three variants each.</summary>
public static class HostileMails
{
    private const string Head =
        "From: a@example.com\r\nTo: b@example.jp\r\nDate: Thu, 17 Oct 2013 09:02:00 +0900\r\nSubject: test\r\nMIME-Version: 1.0\r\n";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileInput> All { get; } =
    [
        .. Nesting(),
        .. Boundaries(),
        .. Counts(),
        .. Lengths(),
        .. Encodings(),
        .. HeaderDamage(),
        .. Addresses(),
        .. Words(),
        .. Transfer(),
        .. Charsets(),
    ];

    private static ByteText Mail(string more) => new ByteText().Add(Head).Add(more);

    private static IEnumerable<HostileInput> Nesting()
    {
        yield return new(
            "mime/nesting",
            "multipart-100k",
            () =>
            {
                var mail = new ByteText().Add(Head);
                return mail.Each(100_000, i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n").Add("\r\nend\r\n").Done();
            },
            ""
        );
        yield return new(
            "mime/nesting",
            "message-100k",
            () => new ByteText().Add(Head).Repeat("Content-Type: message/rfc822\r\n\r\n", 100_000).Add("\r\nend\r\n").Done(),
            ""
        );
        yield return new(
            "mime/nesting",
            "mixed-2000-closed",
            () =>
            {
                var mail = new ByteText().Add(Head).Each(2_000, i => $"Content-Type: multipart/mixed; boundary=\"n{i}\"\r\n\r\n--n{i}\r\n");
                return mail.Add("\r\ntext\r\n").Each(2_000, i => $"--n{1_999 - i}--\r\n").Done();
            },
            ""
        );
    }

    private static IEnumerable<HostileInput> Boundaries()
    {
        static byte[] With(string boundary, string body) =>
            Mail($"Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n{body}").Done();
        yield return new(
            "mime/boundary",
            "same-inside",
            () =>
                With(
                    "x",
                    "--x\r\nContent-Type: multipart/alternative; boundary=\"x\"\r\n\r\n--x\r\n\r\none\r\n--x\r\n\r\ntwo\r\n--x--\r\n--x--\r\n"
                )
        );
        yield return new(
            "mime/boundary",
            "prefix",
            () =>
                With(
                    "x",
                    "--x\r\nContent-Type: multipart/alternative; boundary=\"xx\"\r\n\r\n--xx\r\n\r\none\r\n--xx--\r\n--x\r\n\r\ntwo\r\n--x--\r\n"
                )
        );
        yield return new("mime/boundary", "empty", () => With("", "--\r\n\r\none\r\n----\r\n"));
        yield return new(
            "mime/boundary",
            "100-kB",
            () => With(new string('b', 100_000), $"--{new string('b', 100_000)}\r\n\r\none\r\n"),
            ""
        );
        yield return new(
            "mime/boundary",
            "two-content-types",
            () => Mail("Content-Type: text/plain\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\none\r\n--x--\r\n").Done(),
            ""
        );
        yield return new(
            "mime/boundary",
            "two-content-types-in-part",
            () => With("x", "--x\r\nContent-Type: text/plain\r\nContent-Type: application/octet-stream; name=a.exe\r\n\r\nMZ\r\n--x--\r\n")
        );
        yield return new("mime/boundary", "missing-end", () => With("x", "--x\r\n\r\none\r\n"), "mime.");
        yield return new(
            "mime/boundary",
            "missing-altogether",
            () => Mail("Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\none\r\n").Done()
        );
        yield return new("mime/boundary", "cut-in-part-header", () => With("x", "--x\r\nContent-Type: appl"), "mime.");
    }

    private static IEnumerable<HostileInput> Counts()
    {
        yield return new(
            "mime/count",
            "1M-empty-parts",
            () => Mail("Content-Type: multipart/mixed; boundary=x\r\n\r\n").Repeat("--x\r\n\r\n", 1_000_000).Add("--x--\r\n").Done(),
            ""
        );
        yield return new(
            "mime/count",
            "1M-parts-no-blank",
            () => Mail("Content-Type: multipart/mixed; boundary=x\r\n\r\n").Repeat("--x\r\n", 1_000_000).Add("--x--\r\n").Done(),
            ""
        );
        yield return new(
            "mime/count",
            "20k-attachments",
            () =>
                Mail("Content-Type: multipart/mixed; boundary=x\r\n\r\n")
                    .Each(20_000, i => $"--x\r\nContent-Type: application/octet-stream; name=f{i}.bin\r\n\r\n{i}\r\n")
                    .Add("--x--\r\n")
                    .Done(),
            ""
        );
        yield return new("mime/count", "1M-headers", () => Mail("").Repeat("X-A: b\r\n", 1_000_000).Add("\r\ntext\r\n").Done(), "");
        yield return new(
            "mime/count",
            "1M-different-headers",
            () => Mail("").Each(1_000_000, i => $"X-{i}: b\r\n").Add("\r\ntext\r\n").Done(),
            ""
        );
        yield return new(
            "mime/count",
            "100k-received",
            () =>
                new ByteText()
                    .Each(100_000, i => $"Received: from h{i} ([192.0.2.1]) by g{i}; Thu, 17 Oct 2013 09:02:00 +0900\r\n")
                    .Add(Head)
                    .Add("\r\ntext\r\n")
                    .Done(),
            ""
        );
    }

    private static IEnumerable<HostileInput> Lengths()
    {
        yield return new(
            "mime/length",
            "50-MB-header",
            () => Mail("X-Long: ").Repeat("abcdefgh ", 50 << 17).Add("\r\n\r\ntext\r\n").Done(),
            ""
        );
        yield return new(
            "mime/length",
            "50-MB-subject",
            () => new ByteText().Add("Subject: ").Repeat("abcdefghij", 5 << 20).Add("\r\n\r\ntext\r\n").Done(),
            ""
        );
        yield return new("mime/length", "1M-folds", () => Mail("X-Long: a").Repeat("\r\n b", 1_000_000).Add("\r\n\r\ntext\r\n").Done(), "");
        yield return new(
            "mime/length",
            "1M-folds-subject",
            () => new ByteText().Add("Subject: a").Repeat("\r\n\tb", 1_000_000).Add("\r\n\r\nt\r\n").Done(),
            ""
        );
        yield return new("mime/length", "30-MB-line", () => Mail("\r\n").Repeat("0123456789", 3 << 20).Done());
        yield return new("mime/length", "30-MB-html-line", () => Mail("Content-Type: text/html\r\n\r\n").Repeat("<b>x", 7 << 20).Done());
        yield return new("mime/length", "30-MB-no-line-end-at-all", () => new ByteText().Repeat("a", 30 << 20).Done(), "");
        yield return new(
            "mime/length",
            "html-1M-deep",
            () => Mail("Content-Type: text/html\r\n\r\n").Repeat("<div>", 1_000_000).Add("x").Done()
        );
        yield return new("mime/length", "empty-file", () => [], "mail.empty");
        yield return new("mime/length", "one-byte", () => "\n"u8.ToArray(), "");
        yield return new("mime/length", "only-colon", () => ":"u8.ToArray(), "");
    }

    private static IEnumerable<HostileInput> Encodings()
    {
        var text = Head + "\r\nbody\r\n";
        yield return new("mime/bytes", "utf8-bom", () => [0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(text)], "");
        yield return new("mime/bytes", "utf16-le", () => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)], "");
        yield return new("mime/bytes", "utf16-be", () => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)], "");
        yield return new("mime/bytes", "bare-cr", () => Encoding.ASCII.GetBytes(text.Replace("\r\n", "\r", StringComparison.Ordinal)), "");
        yield return new("mime/bytes", "bare-lf", () => Encoding.ASCII.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal)));
        yield return new(
            "mime/bytes",
            "mixed-ends",
            () => Encoding.ASCII.GetBytes("From: a@example.com\rTo: b@example.jp\nSubject: x\r\n\n\rtext")
        );
        yield return new(
            "mime/bytes",
            "nul-in-header",
            () => new ByteText().Add("From: a\0b@example.com\r\nSubject: x\0y\r\n\r\nt\0t\r\n").Done(),
            ""
        );
        yield return new("mime/bytes", "nul-only", () => new byte[100_000], "");
        yield return new("mime/bytes", "nul-in-body", () => Mail("\r\n").Repeat("a\0", 100_000).Done());
        yield return new(
            "mime/bytes",
            "raw-8-bit-headers",
            () => new ByteText().Add("From: \xE9\xFF\xFE <a@example.com>\r\nSubject: \x80\x81\xFF\r\n\r\nt").Done(),
            ""
        );
        yield return new(
            "mime/bytes",
            "raw-sjis-headers",
            () => new ByteText().Add("Subject: \x83\x65\x83\x58\x83\x67\x95\x5C\r\nFrom: \x93\x63\x92\x86 <a@example.com>\r\n\r\nt").Done(),
            ""
        );
        yield return new(
            "mime/bytes",
            "all-bytes",
            () => [.. Encoding.ASCII.GetBytes(Head + "\r\n"), .. Enumerable.Range(0, 65_536).Select(i => (byte)i)]
        );
    }

    private static IEnumerable<HostileInput> HeaderDamage()
    {
        yield return new(
            "mime/header",
            "bad-names",
            () => new ByteText().Add("Fr om: a@example.com\r\n(x): y\r\n: z\r\n\x01: q\r\nSubject: ok\r\n\r\nt").Done(),
            ""
        );
        yield return new(
            "mime/header",
            "no-colon-lines",
            () => new ByteText().Add("From: a@example.com\r\nthis is no header\r\nSubject: ok\r\n\r\nt").Done(),
            ""
        );
        yield return new(
            "mime/header",
            "starts-with-continuation",
            () => new ByteText().Add(" folded first\r\nSubject: ok\r\n\r\nt").Done(),
            ""
        );
        yield return new(
            "mime/header",
            "two-from",
            () => new ByteText().Add("From: a@example.com\r\nFrom: b@example.net\r\nSubject: s\r\n\r\nt").Done(),
            ""
        );
        yield return new(
            "mime/header",
            "two-date",
            () =>
                new ByteText()
                    .Add("From: a@example.com\r\nDate: Thu, 17 Oct 2013 09:02:00 +0900\r\nDate: Fri, 18 Oct 2013 09:02:00 +0900\r\n\r\nt")
                    .Done(),
            ""
        );
        yield return new("mime/header", "ten-subjects", () => new ByteText().Repeat("Subject: s\r\n", 10).Add("\r\nt").Done(), "");
        yield return new(
            "mime/header",
            "date-9999",
            () => new ByteText().Add("From: a@example.com\r\nDate: Fri, 31 Dec 9999 23:59:59 -1400\r\nSubject: s\r\n\r\nt").Done()
        );
        yield return new(
            "mime/header",
            "date-0000",
            () => new ByteText().Add("Date: Sat, 00 Jan 0000 99:99:99 +9999\r\nSubject: s\r\n\r\nt").Done()
        );
        yield return new(
            "mime/header",
            "date-million-digits",
            () => new ByteText().Add("Date: ").Repeat("9", 90_000).Add("\r\nSubject: s\r\n\r\nt").Done()
        );
        yield return new(
            "mime/header",
            "references-500k",
            () => Mail("References: ").Each(500_000, i => $"<{i}@x>\r\n ").Add("\r\n\r\nt").Done(),
            ""
        );
        yield return new(
            "mime/header",
            "references-one-line",
            () => Mail("References: ").Each(8_000, i => $"<{i}@x> ").Add("\r\n\r\nt").Done(),
            ""
        );
        yield return new("mime/header", "references-unclosed", () => Mail("References: ").Repeat("<", 90_000).Add("\r\n\r\nt").Done());
        yield return new(
            "mime/header",
            "forged-received",
            () =>
                new ByteText()
                    .Add(
                        "Received: from evil ([203.0.113.9]) by mx.example.jp; Thu, 17 Oct 2013 09:02:00 +0900\r\nReceived: from mx.example.jp ([10.0.0.1]) by core.example.jp; Thu, 17 Oct 2033 09:02:00 +0900\r\n"
                    )
                    .Add(Head)
                    .Add("\r\nt")
                    .Done()
        );
        yield return new(
            "mime/header",
            "received-garbage",
            () =>
                new ByteText()
                    .Add("Received: ((((((((((((\r\nReceived: ;;;;;\r\nReceived: from from from by by by [[[[[\r\n")
                    .Add(Head)
                    .Add("\r\nt")
                    .Done()
        );
        yield return new(
            "mime/header",
            "received-loop-times",
            () =>
                new ByteText()
                    .Each(40, i => $"Received: from a ([192.0.2.{i}]) by b; Thu, {17 - (i % 10)} Oct 2013 09:02:00 +0900\r\n")
                    .Add(Head)
                    .Add("\r\nt")
                    .Done()
        );
    }

    private static IEnumerable<HostileInput> Addresses()
    {
        yield return new(
            "mime/address",
            "200k-comments",
            () => new ByteText().Add("From: ").Repeat("(", 200_000).Add(" a@example.com\r\n\r\nt").Done(),
            ""
        );
        yield return new(
            "mime/address",
            "comments-closed",
            () => new ByteText().Add("From: ").Repeat("(a)", 30_000).Add(" a@example.com\r\n\r\nt").Done()
        );
        yield return new(
            "mime/address",
            "comments-folded",
            () => new ByteText().Add("From: a@example.com").Repeat("\r\n (c)", 4_000).Add("\r\n\r\nt").Done()
        );
        yield return new(
            "mime/address",
            "500k-recipients",
            () =>
                new ByteText()
                    .Add("From: a@example.com\r\nTo: x@example.jp")
                    .Each(500_000, i => $",\r\n u{i}@example.jp")
                    .Add("\r\n\r\nt")
                    .Done(),
            ""
        );
        yield return new(
            "mime/address",
            "5k-recipients",
            () =>
                new ByteText()
                    .Add("From: a@example.com\r\nTo: x@example.jp")
                    .Each(4_000, i => $",\r\n u{i}@example.jp")
                    .Add("\r\n\r\nt")
                    .Done()
        );
        yield return new(
            "mime/address",
            "nested-groups",
            () => new ByteText().Add("To: ").Repeat("g:", 40_000).Add("a@example.jp;\r\nFrom: a@example.com\r\n\r\nt").Done()
        );
    }

    private static IEnumerable<HostileInput> Words()
    {
        yield return new(
            "mime/encoded-word",
            "broken",
            () =>
                new ByteText()
                    .Add(
                        "Subject: =?utf-8?B?44GT44KT?= =?utf-8?B?****?= =?utf-8?Q?=ZZ=?= =??B??= =?utf-8?X?abc?= =?utf-8?B?4\r\nFrom: a@example.com\r\n\r\nt"
                    )
                    .Done()
        );
        yield return new(
            "mime/encoded-word",
            "crlf-inside",
            () => new ByteText().Add("Subject: =?us-ascii?Q?a=0D=0ABcc:_evil@example.com?=\r\nFrom: a@example.com\r\n\r\nt").Done()
        );
        yield return new(
            "mime/encoded-word",
            "10k-words",
            () => new ByteText().Add("Subject:").Repeat(" =?utf-8?Q?a?=\r\n", 4_900).Add("From: a@example.com\r\n\r\nt").Done()
        );
        yield return new(
            "mime/rfc2231",
            "100k-pieces",
            () => Mail("Content-Type: application/octet-stream").Each(100_000, i => $";\r\n name*{i}=a").Add("\r\n\r\nt").Done(),
            ""
        );
        yield return new(
            "mime/rfc2231",
            "4k-pieces-reversed",
            () => Mail("Content-Type: application/octet-stream").Each(4_000, i => $";\r\n name*{3_999 - i}=a").Add("\r\n\r\nt").Done()
        );
        yield return new(
            "mime/rfc2231",
            "huge-index",
            () =>
                Mail(
                        "Content-Disposition: attachment; filename*0=a; filename*2147483647=b; filename*99999999999999999999=c; filename*-1=d\r\n\r\nt"
                    )
                    .Done()
        );
    }

    private static IEnumerable<HostileInput> Transfer()
    {
        yield return new(
            "mime/transfer",
            "base64-foreign",
            () =>
                Mail(
                        "Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD!!!!\x80\xFFREVG=A=B==\r\n"
                    )
                    .Done(),
            "mime."
        );
        yield return new(
            "mime/transfer",
            "base64-cut",
            () => Mail("Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJDR").Done()
        );
        yield return new(
            "mime/transfer",
            "base64-only-padding",
            () =>
                Mail("Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n")
                    .Repeat("=", 1_000_000)
                    .Done()
        );
        yield return new(
            "mime/transfer",
            "qp-broken",
            () => Mail("Content-Transfer-Encoding: quoted-printable\r\n\r\na=ZZ=b=\r\n=4=").Done(),
            "mime."
        );
        yield return new(
            "mime/transfer",
            "qp-10M-equals",
            () => Mail("Content-Transfer-Encoding: quoted-printable\r\n\r\n").Repeat("=", 10_000_000).Done(),
            "mime."
        );
        yield return new(
            "mime/transfer",
            "qp-endless-soft",
            () => Mail("Content-Transfer-Encoding: quoted-printable\r\n\r\n").Repeat("=\r\n", 1_000_000).Done()
        );
        yield return new("mime/transfer", "uu-broken", () => Mail("\r\nbegin 644 a.exe\r\nM12345\r\n\xFF\xFF\r\nend\r\n").Done(), "");
        yield return new(
            "mime/transfer",
            "uu-no-end",
            () => Mail("\r\nbegin 644 a.bin\r\n").Repeat("M" + new string('a', 60) + "\r\n", 20_000).Done(),
            ""
        );
        yield return new("mime/transfer", "uu-100k-begins", () => Mail("\r\n").Repeat("begin 644 a\r\n", 100_000).Done(), "");
        yield return new("mime/transfer", "unknown-encoding", () => Mail("Content-Transfer-Encoding: x-rot13\r\n\r\ngrfg\r\n").Done());
    }

    private static IEnumerable<HostileInput> Charsets()
    {
        static byte[] With(string charset, string body) => Mail($"Content-Type: text/plain; charset=\"{charset}\"\r\n\r\n{body}").Done();
        yield return new("mime/charset", "path", () => With("../../etc/passwd", "caf\xE9 caf\xE9"), "");
        yield return new("mime/charset", "utf-7", () => With("utf-7", "+MFMwkzBr-, +ADw-script+AD4-\r\n"));
        yield return new("mime/charset", "utf-7-broken", () => With("utf-7", "+AAAAAAA +++ +ZZZ \r\n"));
        yield return new(
            "mime/charset",
            "iso-2022-jp-2",
            () => With("iso-2022-jp-2", "\x1B$A<r\x1B(B \x1B$(C0!\x1B(B \x1B.A\x1BNi \x1B.F\x1BNa\r\n")
        );
        yield return new("mime/charset", "iso-2022-truncated", () => With("iso-2022-jp", "abc \x1B$B$3$\x1B$\x1B\r\n\x1B"), "");
        yield return new(
            "mime/charset",
            "iso-2022-1M-escapes",
            () => Mail("Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n").Repeat("\x1B$B\x1B(B", 1_000_000).Done()
        );
        yield return new("mime/charset", "100-kB-name", () => With(new string('u', 90_000), "x"));
    }
}
