using System.Text;
using CsCheck;
using MimeKit.Tnef;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Messages;
using Noroshi.MailAnatomy.Messages.Outlook;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Messages;

public sealed class TnefTests
{
    private static byte[] Attribute(int level, int id, byte[] value)
    {
        var sum = (ushort)value.Sum(item => item);
        var type = id switch
        {
            0x9003 or 0x9005 or 0x800F or 0x9002 or 0x9007 => 6,
            0x8005 => 3,
            0x8008 => 7,
            0x800C => 2,
            _ => 1,
        };
        return
        [
            (byte)level,
            (byte)id,
            (byte)(id >> 8),
            (byte)type,
            0,
            .. BitConverter.GetBytes(value.Length),
            .. value,
            .. BitConverter.GetBytes(sum),
        ];
    }

    private static byte[] File(params byte[][] attributes) => [0x78, 0x9F, 0x3E, 0x22, 1, 0, .. attributes.SelectMany(bytes => bytes)];

    private static byte[] Properties(params byte[][] properties) =>
        [.. BitConverter.GetBytes(properties.Length), .. properties.SelectMany(bytes => bytes)];

    private static byte[] Variable(int id, int type, byte[] value) =>
        [
            (byte)type,
            (byte)(type >> 8),
            (byte)id,
            (byte)(id >> 8),
            1,
            0,
            0,
            0,
            .. BitConverter.GetBytes(value.Length),
            .. value,
            .. new byte[(4 - (value.Length % 4)) % 4],
        ];

    private static byte[] Text(int id, string text) => Variable(id, 0x1F, Encoding.Unicode.GetBytes(text + "\0"));

    private static byte[] Fixed(int id, int type, byte[] value) => [(byte)type, 0, (byte)id, (byte)(id >> 8), .. value];

    private static byte[] Cp932(string text) =>
        [.. (CodePagesEncodingProvider.Instance.GetEncoding(932) ?? Encoding.UTF8).GetBytes(text), 0];

    private static byte[] Mail(byte[] inner) =>
        File(
            Attribute(1, 0x9007, BitConverter.GetBytes(932L)),
            Attribute(1, 0x8004, Cp932("古い件名")),
            Attribute(
                1,
                0x9003,
                Properties(
                    Text(0x0037, "見積りの件"),
                    Text(0x0C1A, "山田 太郎"),
                    Text(0x0C1F, "/O=EXCHANGE/CN=YAMADA"),
                    Text(0x5D01, "yamada@example.jp"),
                    Text(0x1035, "<id@example.jp>"),
                    Text(0x001A, "IPM.Note"),
                    Fixed(0x0039, 0x40, BitConverter.GetBytes(new DateTime(2013, 8, 5, 1, 20, 30, DateTimeKind.Utc).ToFileTimeUtc())),
                    Variable(0x1000, 0x1E, Cp932("本文です。\\表")),
                    Variable(0x1013, 0x102, Cp932("<p>本文です。</p>")),
                    Fixed(0x3FDE, 3, BitConverter.GetBytes(932))
                )
            ),
            Attribute(2, 0x9002, new byte[14]),
            Attribute(2, 0x8010, Cp932("短い名.DOC")),
            Attribute(2, 0x800F, [1, 2, 3]),
            Attribute(
                2,
                0x9005,
                Properties(Text(0x3707, "長い名前の見積書.docx"), Text(0x370E, "application/msword"), Text(0x3712, "<cid@x>"))
            ),
            Attribute(2, 0x9002, new byte[14]),
            Attribute(2, 0x9005, Properties(Text(0x3001, "転送されたメール"), Variable(0x3701, 0x0D, [.. Interface, .. inner])))
        );

    private static readonly byte[] Interface = [0x07, 0x03, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    private static (TnefContent? Content, List<Finding> Findings) Read(byte[] bytes)
    {
        var findings = new List<Finding>();
        return (Tnef.Read(bytes, findings), findings);
    }

    [Fact]
    public void A_message_with_attachments_and_a_message_within_is_read()
    {
        var (read, findings) = Read(Mail(File(Attribute(1, 0x8004, Encoding.ASCII.GetBytes("inner\0")))));
        var content = read.ShouldNotBeNull();

        content.Subject.ShouldBe("見積りの件");
        content.FromName.ShouldBe("山田 太郎");
        content.FromAddress.ShouldBe("yamada@example.jp");
        content.MessageId.ShouldBe("id@example.jp");
        content.MessageClass.ShouldBe("IPM.Note");
        content.SentAt.ShouldBe(new DateTime(2013, 8, 5, 1, 20, 30, DateTimeKind.Utc));
        content.PlainBody.ShouldBe("本文です。\\表");
        content.HtmlCodePage.ShouldBe(932);
        content.HtmlBody.ToArray().ShouldBe(Cp932("<p>本文です。</p>"));
        content.Attachments.Select(attachment => attachment.Name).ShouldBe(["長い名前の見積書.docx", "転送されたメール"]);
        content.Attachments[0].Content.ToArray().ShouldBe([1, 2, 3]);
        content.Attachments[0].MediaType.ShouldBe("application/msword");
        content.Attachments[0].ContentId.ShouldBe("cid@x");
        content.Attachments[1].Message.ShouldNotBeNull().Subject.ShouldBe("inner");
        findings.ShouldBeEmpty();
    }

    [Fact]
    public void The_old_attributes_are_enough()
    {
        var sender = Encoding.ASCII.GetBytes("Taro\0SMTP:taro@example.jp\0");
        var (read, _) = Read(
            File(
                Attribute(1, 0x8000, [4, 0, 8, 0, 5, 0, 21, 0, .. sender]),
                Attribute(1, 0x8005, [0xDD, 7, 8, 0, 5, 0, 10, 0, 20, 0, 30, 0, 1, 0]),
                Attribute(1, 0x8008, Encoding.ASCII.GetBytes("IPM.Microsoft Mail.Note\0")),
                Attribute(1, 0x800C, Cp932("本文"))
            )
        );
        var content = read.ShouldNotBeNull();
        content.FromName.ShouldBe("Taro");
        content.FromAddress.ShouldBe("taro@example.jp");
        content.SentAt.ShouldBe(new DateTime(2013, 8, 5, 10, 20, 30, DateTimeKind.Unspecified));
        content.MessageClass.ShouldBe("IPM.Microsoft Mail.Note");
        content.PlainBody.ShouldBe("本文");
    }

    [Fact]
    public void The_same_attachment_is_seen_by_mimekit()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var part = new MemoryStream(Mail(File()));
        var tnef = new TnefPart { Content = new MimeKit.MimeContent(part) };
        var names = tnef.ExtractAttachments().OfType<MimeKit.MimePart>().Select(attachment => attachment.FileName).ToList();
        names.Exists(name => name == "長い名前の見積書.docx").ShouldBeTrue();
    }

    [Fact]
    public void Compressed_rtf_is_unpacked_as_mimekit_does()
    {
        // Literals, a copy from the prepared history, a copy that overlaps itself, the end mark.
        byte[] data =
        [
            .. Flags("{\\rtf1 "u8, (0, 6)),
            0b1000_0011,
            .. Copy(4, 5),
            .. Copy(212, 17),
            (byte)'a',
            (byte)'b',
            (byte)'c',
            (byte)'d',
            (byte)'}',
            0,
            0,
        ];
        byte[] packed = [.. BitConverter.GetBytes(data.Length + 12), .. BitConverter.GetBytes(1000), .. "LZFu"u8, 0, 0, 0, 0, .. data];

        var ours = CompressedRtf.Decompress(packed).ShouldNotBeNull().Bytes.ToArray();

        var theirs = new RtfCompressedToRtf()
            .Flush(packed, 0, packed.Length, out var start, out var length)
            .AsSpan(start, length)
            .ToArray();
        Encoding.ASCII.GetString(ours)[..24].ShouldStartWith("{\\rtf1 {\\rtf1");
        theirs.Length.ShouldBeGreaterThan(20);
        ours.AsSpan(0, Math.Min(ours.Length, theirs.Length))
            .SequenceEqual(theirs.AsSpan(0, Math.Min(ours.Length, theirs.Length)))
            .ShouldBeTrue();
        byte[] stored = [.. BitConverter.GetBytes(20), .. BitConverter.GetBytes(3), .. "MELA"u8, 0, 0, 0, 0, 65, 66, 67, 68];
        CompressedRtf.Decompress(stored).ShouldNotBeNull().Bytes.ToArray().ShouldBe("ABC"u8.ToArray());
    }

    private static byte[] Flags(ReadOnlySpan<byte> literals, (int Place, int Length) copy) =>
        [0b1000_0000, .. literals, .. Copy(copy.Place, copy.Length)];

    private static byte[] Copy(int place, int length) => [(byte)(place >> 4), (byte)((place << 4) | (length - 2))];

    [Fact]
    public void Messages_nested_without_end_stop_at_the_limit()
    {
        var bytes = File();
        for (var i = 0; i < 12; i++)
        {
            bytes = Mail(bytes);
        }

        var (content, findings) = Read(bytes);
        var depth = 0;
        for (var at = content; at is not null; at = at.Attachments.Count > 0 ? at.Attachments[^1].Message : null)
        {
            depth++;
        }

        depth.ShouldBe(8);
        findings.ShouldContain(finding => finding.Code == "tnef.limit");
    }

    [Fact]
    public void A_million_empty_attachments_stop_at_the_limit()
    {
        var bytes = File([.. Enumerable.Repeat(Attribute(2, 0x9002, []), 30_000)]);
        var (content, findings) = Read(bytes);
        content.ShouldNotBeNull().Attachments.Count.ShouldBe(2000);
        findings.ShouldContain(finding => finding.Code == "tnef.limit");
    }

    [Fact]
    public void Counts_and_lengths_of_four_gigabytes_are_findings()
    {
        byte[] count =
        [
            .. BitConverter.GetBytes(uint.MaxValue),
            0x1F,
            0x10,
            0x37,
            0,
            .. BitConverter.GetBytes(uint.MaxValue),
            .. BitConverter.GetBytes(uint.MaxValue),
        ];
        var (content, findings) = Read(File(Attribute(1, 0x9003, count)));
        content.ShouldNotBeNull();
        findings.ShouldContain(finding => finding.Code == "tnef.broken");

        var cut = File(Attribute(2, 0x800F, [1, 2, 3]));
        cut[11] = 0xFF;
        var (kept, noted) = Read(cut);
        kept.ShouldNotBeNull().Attachments.Single().Content.Span.StartsWith((byte[])[1, 2, 3]).ShouldBeTrue();
        noted.ShouldContain(finding => finding.Code == "tnef.broken");
    }

    [Fact]
    public void Other_bytes_are_no_tnef() => Read("not tnef"u8.ToArray()).Content.ShouldBeNull();

    [Fact]
    public void Changed_bytes_never_throw() =>
        Gen.Select(Gen.Int[6, 1500], Gen.Byte)
            .Array[1, 10]
            .Sample(
                changes =>
                {
                    var bytes = Mail(Mail(File()));
                    foreach (var (at, value) in changes)
                    {
                        bytes[6 + (at % (bytes.Length - 6))] = value;
                    }

                    Read(bytes).Content.ShouldNotBeNull();
                },
                iter: 3000
            );
}
