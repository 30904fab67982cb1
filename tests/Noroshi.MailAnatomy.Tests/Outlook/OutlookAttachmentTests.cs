using System.Text;
using Noroshi.Makers.Outlook;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Outlook;

public sealed class OutlookAttachmentTests
{
    private static MailFacts Read(MsgMaker maker) => Dissector.Mail(maker.Build());

    private static string? TraitOf(FileFacts file, string name) => file.Traits.FirstOrDefault(trait => trait.Name == name)?.Value;

    [Fact]
    public void Attachments_of_every_kind_are_listed_with_what_the_item_says_of_them()
    {
        var files = Read(MsgCases.Attachments()).Attachments;

        files.Select(file => file.Name).ShouldBe(["性能表.txt", "image001.png", "hidden.bin", "elsewhere.doc", "object.ole"]);
        files[0].Size.ShouldBe(14);
        TraitOf(files[0], "originalPath").ShouldBe(@"C:\Users\maker\Desktop\性能表.txt");
        TraitOf(files[0], "shortName").ShouldBe("SEINOU~1.TXT");
        TraitOf(files[0], "contentType").ShouldBe("text/plain");
        TraitOf(files[1], "contentId").ShouldBe("image001.png@01CE5541.7A2B3C40");
        files[1].Findings.ShouldNotContain(finding => finding.Code == "outlook.hidden-attachment");
        files[2].Findings.ShouldContain(finding => finding.Code == "outlook.hidden-attachment");
        files[3].Sha256.ShouldBeNull();
        files[3]
            .Findings.ShouldContain(finding =>
                finding.Code == "outlook.attachment-by-reference" && finding.Detail == @"\\files.example.org\share\elsewhere.doc"
            );
    }

    [Fact]
    public void An_ole_object_is_rebuilt_as_a_compound_file()
    {
        var file = Read(MsgCases.Attachments()).Attachments[4];

        file.Format.ShouldBe("ole");
        file.Findings.ShouldContain(finding => finding.Code == "outlook.rebuilt");
        file.Findings.ShouldNotContain(finding => finding.Code == "compound.damaged");
        // The same object in another item is the same file.
        var other = Read(
            MsgCases.Basic().Attach(new MsgAttachment { Object = [("CONTENTS", new byte[5_000]), ("Folder/Inner", [7, 8, 9])] })
        );
        other.Attachments[0].Sha256.ShouldBe(file.Sha256);
    }

    [Fact]
    public void A_forwarded_item_is_carrier_and_reported_mail()
    {
        var carrier = Read(MsgCases.Forward());

        carrier.Shape.ShouldBe(MailShape.ForwardAsAttachment);
        var file = carrier.Attachments.ShouldHaveSingleItem();
        file.Name.ShouldBe("RE: 製品仕様の件(髙橋).msg");
        file.Type.ShouldBe(FileType.Mail);
        file.Format.ShouldBe("msg");
        var reported = file.Mail.ShouldNotBeNull();
        reported.MessageId.ShouldBe("abc123@example.net");
        reported.Hops.Count.ShouldBe(1);
        reported.Body.Text.ShouldStartWith("お世話になっております。");
        reported.Sha256.ShouldBe(file.Sha256);
    }

    [Fact]
    public void Names_of_properties_hold_for_embedded_items_too()
    {
        var inner = MsgCases.NamedHeaders();
        var facts = Read(MsgCases.Basic().Header("x-outer", "1").Attach(new MsgAttachment { Message = inner }));

        facts.Attachments[0].Mail.ShouldNotBeNull().Automatic.ShouldNotBeNull().Kind.ShouldBe("auto-reply");
    }

    [Fact]
    public void Items_within_items_are_read_down_to_the_limit_of_depth()
    {
        var item = MsgCases.Basic().Text(0x1000, "the innermost");
        for (var i = 0; i < 12; i++)
        {
            item = MsgCases.Basic().Text(0x1000, $"level {i}").Attach(new MsgAttachment { Message = item });
        }

        var (depth, facts) = (0, Read(item));
        while (facts.Attachments is [{ Mail: { } inner }])
        {
            facts = inner;
            depth++;
        }

        depth.ShouldBe(7);
        facts.Attachments.ShouldHaveSingleItem().Findings.ShouldContain(finding => finding.Code == "limit.depth");
    }

    [Fact]
    public void A_mime_mail_in_an_item_and_an_item_in_a_mime_mail_are_reported_mails()
    {
        var eml = Encoding.ASCII.GetBytes(
            "Received: from a by b; Mon, 20 May 2013 10:30:05 +0900\r\nFrom: taro@example.net\r\nSubject: inner\r\nMessage-ID: <1@example.net>\r\n\r\nbody\r\n"
        );
        var outer = Read(
            new MsgMaker()
                .Mail("FW: report", "a", "a@window.example", MsgCases.Sent)
                .Attach(
                    new MsgAttachment
                    {
                        Name = "inner.eml",
                        MediaType = "message/rfc822",
                        Content = eml,
                    }
                )
        );
        outer.Shape.ShouldBe(MailShape.ForwardAsAttachment);
        outer.Attachments[0].Mail.ShouldNotBeNull().Subject.ShouldBe("inner");

        var mime = Dissector.Mail(
            Encoding.ASCII.GetBytes(
                "From: a@window.example\r\nSubject: FW: report\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee\r\n--b\r\n"
                    + "Content-Type: application/vnd.ms-outlook; name=\"a.msg\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"a.msg\"\r\n\r\n"
                    + Convert.ToBase64String(MsgCases.Received().Build(), Base64FormattingOptions.InsertLineBreaks)
                    + "\r\n--b--\r\n"
            )
        );
        mime.Shape.ShouldBe(MailShape.ForwardAsAttachment);
        mime.Attachments[0].Mail.ShouldNotBeNull().MessageId.ShouldBe("abc123@example.net");
    }

    private const string SignedMail =
        "Content-Type: multipart/mixed; boundary=\"in\"\r\n\r\n--in\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nsigned text\r\n--in\r\n"
        + "Content-Type: application/octet-stream; name=\"a.bin\"\r\nContent-Disposition: attachment; filename=\"a.bin\"\r\n\r\nxyz\r\n--in--\r\n";

    [Fact]
    public void A_clear_signed_item_gives_the_mail_inside()
    {
        var mail =
            "Content-Type: multipart/signed; protocol=\"application/x-pkcs7-signature\"; boundary=\"out\"\r\n\r\n--out\r\n"
            + SignedMail
            + "\r\n--out\r\nContent-Type: application/x-pkcs7-signature; name=\"smime.p7s\"\r\n\r\n00\r\n--out--\r\n";
        var facts = Read(
            MsgCases
                .Basic()
                .Text(0x001A, "IPM.Note.SMIME.MultipartSigned")
                .Text(0x1000, "signed text\r\n")
                .Attach(
                    new MsgAttachment
                    {
                        Name = "smime.p7m",
                        MediaType = "multipart/signed",
                        Content = Encoding.ASCII.GetBytes(mail),
                    }
                )
        );

        facts.Body.Text.Trim().ShouldBe("signed text");
        facts.Attachments.Select(file => file.Name).ShouldBe(["a.bin", "smime.p7s"]);
        facts.Findings.ShouldContain(finding => finding.Code == "outlook.smime");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_opaquely_signed_item_gives_the_mail_inside(bool indefinite)
    {
        byte[] Value(int tag, params byte[][] parts)
        {
            byte[] content = [.. parts.SelectMany(part => part)];
            return indefinite && tag is 0x30 or 0xA0 or 0x24 ? [(byte)tag, 0x80, .. content, 0, 0]
                : content.Length < 128 ? [(byte)tag, (byte)content.Length, .. content]
                : [(byte)tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content];
        }

        var mail = Encoding.ASCII.GetBytes(SignedMail);
        var octets = indefinite ? Value(0x24, Value(0x04, mail[..100]), Value(0x04, mail[100..])) : Value(0x04, mail);
        byte[] data = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];
        byte[] signed = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
        byte[] algorithms = [0x31, 0x00];
        var cms = Value(0x30, signed, Value(0xA0, Value(0x30, [0x02, 0x01, 0x01], algorithms, Value(0x30, data, Value(0xA0, octets)))));

        var facts = Read(
            MsgCases
                .Basic()
                .Text(0x001A, "IPM.Note.SMIME")
                .Attach(
                    new MsgAttachment
                    {
                        Name = "smime.p7m",
                        MediaType = "application/pkcs7-mime",
                        Content = cms,
                    }
                )
        );

        facts.Body.Text.Trim().ShouldBe("signed text");
        facts.Attachments.ShouldHaveSingleItem().Name.ShouldBe("a.bin");
    }

    [Fact]
    public void Counts_that_do_not_fit_are_remarked_on()
    {
        var maker = new MsgMaker { StatedRecipients = 7, StatedAttachments = 0 }
            .Mail("x", "a", "a@example.net", MsgCases.Sent)
            .Recipient(1, "b", "b@example.net")
            .Attach(new MsgAttachment { Name = "a", Content = [1] });

        var facts = Read(maker);

        facts.To.Count.ShouldBe(1);
        facts.Attachments.Count.ShouldBe(1);
        facts.Findings.Count(finding => finding.Code == "outlook.count-differs").ShouldBe(2);
    }
}
