using System.Text;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Wire;
using Noroshi.Makers;
using Noroshi.Makers.Corpus;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Files;

public sealed class ArchiveOfMailsTests
{
    [Fact]
    public void Mails_are_handed_on_one_by_one_and_the_archive_last_with_the_limit_that_ended_it()
    {
        var zip = Zip([.. Enumerable.Range(0, 20).Select(i => ($"{i:00}.eml", Mail($"m{i}")))]);
        var frames = Frames(zip, new DissectionRequest { MaxEntries = 10 });
        frames.Count(frame => frame.Mail is not null).ShouldBeInRange(3, 10);
        frames[0].Member.ShouldBe("00.eml");
        var own = frames[^1];
        own.Member.ShouldBeEmpty();
        var archive = own.File.ShouldNotBeNull();
        archive.Format.ShouldBe("zip");
        archive.Children.ShouldBeEmpty();
        archive.Findings.ShouldContain(finding => finding.Code == "limit.entries");
    }

    [Fact]
    public void The_headers_of_every_mail_are_read_when_only_headers_are_and_no_other_archive_is_opened()
    {
        var zip = Zip(("1.eml", Mail("first")), ("2.eml", Mail("second")), ("in.zip", Zip(("3.eml", Mail("third")))));
        var frames = Frames(zip, new DissectionRequest { Level = DissectionLevel.HeadersOnly });
        frames.Select(frame => frame.Mail?.Subject).ShouldBe(["first", "second", null, null]);
        frames[0].Mail.ShouldNotBeNull().Findings.ShouldContain(finding => finding.Code == "mail.headers-only");
        frames[2].File.ShouldNotBeNull().Children.ShouldBeEmpty();
    }

    [Fact]
    public void Mails_of_an_archive_in_the_archive_are_members_too()
    {
        var zip = Zip(("readme.txt", "hello"u8.ToArray()), ("in.zip", Zip(("x.eml", Mail("inner")), ("x.eml", Mail("twin")))));
        var frames = Frames(zip, new DissectionRequest());
        frames
            .Select(frame => (frame.Member, frame.Mail?.Subject))
            .ShouldBe([("readme.txt", null), ("in.zip!x.eml", "inner"), ("in.zip!x.eml#2", "twin"), ("in.zip", null), ("", null)]);
    }

    [Fact]
    public void A_password_found_by_the_search_gives_the_mails_of_a_locked_archive_once_each()
    {
        var zip = ZipMaker.Zip(
            [new MadeFile("a.eml", Mail("a")), new MadeFile("b.eml", Mail("b"))],
            new ZipChoices { Password = "infected", Lock = ZipLock.ZipCrypto }
        );
        var frames = Frames(zip, new DissectionRequest());
        frames.Where(frame => frame.Mail is not null).Select(frame => frame.Member).ShouldBe(["a.eml", "b.eml"]);
        frames[^1].File.ShouldNotBeNull().Password.ShouldNotBeNull().Value.ShouldBe("infected");
    }

    [Fact]
    public void What_is_wrong_with_a_members_name_stands_with_the_mail_and_a_folders_name_with_the_archive()
    {
        var zip = Zip(("../../up.eml", Mail("a")), ("../../folder/", []));
        var frames = Frames(zip, new DissectionRequest());
        frames[0].Mail.ShouldNotBeNull().Findings.ShouldContain(one => one.Code == "file.unsafe-name" && one.Detail.Contains("up.eml"));
        frames[^1].File.ShouldNotBeNull().Findings.ShouldContain(one => one.Code == "file.unsafe-name" && one.Detail.Contains("folder"));
    }

    [Theory]
    [InlineData("staff@power-a.example", "look", true, MailShape.ForwardAsAttachment)]
    [InlineData("tanaka@webmail.example", "look", true, MailShape.Ordinary)]
    [InlineData("tanaka@notpower-a.example", "look", true, MailShape.Ordinary)]
    [InlineData("tanaka@webmail.example", "look", false, MailShape.ForwardAsAttachment)]
    [InlineData("tanaka@webmail.example", "Fwd: look", true, MailShape.ForwardAsAttachment)]
    public void A_stranger_who_attaches_a_mail_reports_nothing_unless_he_says_so(string from, string subject, bool known, MailShape shape)
    {
        var mail = new MailMaker()
            .Header("From", from)
            .Header("To", "info@power-a.example")
            .Header("Subject", subject)
            .Header("Content-Type", "multipart/mixed; boundary=\"b\"")
            .Raw("\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n")
            .Raw(Mail("inner"))
            .Raw("\r\n--b--\r\n")
            .Done();
        var estate = known ? new OwnEstate([], [], ["power-a.example"]) : OwnEstate.Unknown;
        Dissector.Mail(mail, new DissectionRequest { Estate = estate }).Shape.ShouldBe(shape);
    }

    private static List<AnatomyFrame> Frames(byte[] bytes, DissectionRequest request)
    {
        var frames = new List<AnatomyFrame>();
        Dissector.Dissect(bytes, request, frames.Add);
        return frames;
    }

    private static byte[] Mail(string subject) =>
        new MailMaker()
            .Header("From", "tanaka@webmail.example")
            .Header("To", "info@power-a.example")
            .Header("Subject", subject)
            .Body(Encoding.ASCII.GetBytes("body\r\n"))
            .Done();

    private static byte[] Zip(params (string Name, byte[] Content)[] files) =>
        ZipMaker.Zip([.. files.Select(file => new MadeFile(file.Name, file.Content))], new ZipChoices { Deflate = false });
}
