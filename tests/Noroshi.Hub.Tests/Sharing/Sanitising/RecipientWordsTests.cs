using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Hub.Sharing.Sanitising;
using Noroshi.MailAnatomy;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Sharing.Sanitising;

/// <summary>An organisation of which the hub knows no domain and no host: its mails name it all the same, and that must not leave.</summary>
public sealed class RecipientWordsTests
{
    private static readonly Organization Unknown = new() { Id = "power-a", NameJa = "霧島電力株式会社" };

    [Fact]
    public void Hosts_of_the_recipient_do_not_leave_in_hops()
    {
        var mail = Sanitised(
            "Received: from mx.kirishima-power.example ([198.51.100.9]) by inner.kirishima-power.example with LMTP; Thu, 17 Oct 2013 09:07:00 +0900\r\n"
                + "Received: from relay.free.example ([203.0.113.5]) by mx.kirishima-power.example with ESMTP for <sato@kirishima-power.example>; Thu, 17 Oct 2013 09:06:00 +0900\r\n"
                + "Received: from client.free.example ([203.0.113.7]) by relay.free.example with ESMTP; Thu, 17 Oct 2013 09:05:00 +0900\r\n"
                + Head("a@free.example", "sato@kirishima-power.example", "s", "1@free.example"),
            "text"
        );
        mail.Hops.ShouldNotContain(hop => $"{hop.From} {hop.By}".Contains("kirishima", StringComparison.Ordinal));
        mail.Hops.ShouldContain(hop => hop.By == "relay.free.example");
    }

    [Theory]
    [InlineData("20131017.AB@kirishima-power.example")]
    [InlineData("bounce-77-hanako.sato#kirishima-power.example@list.free.example")]
    public void A_message_id_that_tells_the_recipient_does_not_leave(string id) =>
        Sanitised(Head("a@free.example", "hanako.sato@kirishima-power.example", "s", id), "text").MessageId.ShouldBeNull();

    [Fact]
    public void Texts_and_urls_lose_the_recipient_and_keep_the_rest()
    {
        var mail = Sanitised(
            Head(
                "a@free.example",
                "hanako.sato@kirishima-power.example",
                "mailbox of hanako.sato@kirishima-power.example is full",
                "1@free.example"
            ),
            "http://bad.example/u/hanako.sato/login\r\nhttp://www.kirishima-power.example/\r\nhttp://bad.example/plain\r\n"
        );
        mail.Subject.ShouldStartWith("mailbox of ");
        mail.Subject.ShouldNotContain("sato");
        mail.Urls.ShouldBe(["http://bad.example/u/{victim-token}/login", "http://bad.example/plain"], StringComparer.Ordinal);
    }

    [Fact]
    public void An_attacker_who_writes_to_himself_is_told()
    {
        var mail = Sanitised(Head("evil.writer@free.example", "evil.writer@free.example", "s", "1@free.example"), "text");
        mail.From?.Address.ShouldBe("evil.writer@free.example");
        mail.MessageId.ShouldBe("1@free.example");
    }

    [Fact]
    public void Who_is_sent_from_his_own_address_is_not_told()
    {
        var mail = Sanitised(
            "Received: from x.free.example ([203.0.113.5]) by mx.kirishima-power.example with ESMTP for <hanako.sato@kirishima-power.example>; Thu, 17 Oct 2013 09:06:00 +0900\r\n"
                + Head("hanako.sato@kirishima-power.example", "hanako.sato@kirishima-power.example", "s", "1@free.example"),
            "text"
        );
        mail.From.ShouldBeNull();
    }

    [Fact]
    public void A_url_that_two_groups_saw_keeps_its_values_but_no_address()
    {
        UrlRules
            .WithoutQueryValues("http://me@bad.example/x?id=5&to=sato%40a.example", all: false)
            .ShouldBe("http://bad.example/x?id=5&to={token}");
        UrlRules
            .WithoutTokens("http://bad.example/sato@a.example/0123456789ab", all: false)
            .ShouldBe("http://bad.example/{token}/0123456789ab");
    }

    private static string Head(string from, string to, string subject, string id) =>
        $"From: <{from}>\r\nTo: <{to}>\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\nDate: Thu, 17 Oct 2013 09:05:00 +0900\r\n\r\n";

    private static SanitisedMail Sanitised(string head, string body)
    {
        var estate = Estates.Of(Unknown);
        var facts = Dissector.Mail(
            Encoding.ASCII.GetBytes(head + body),
            new DissectionRequest { Estate = estate, PasswordBudgetMilliseconds = 0 }
        );
        var given = new ProvidedMail
        {
            Key = "m",
            File = "m",
            Organization = Unknown.Id,
            Channel = "mail",
            Facts = facts,
        };
        var made = DraftMaker.Make(
            new DraftOrder
            {
                Kind = ItemKind.Alert,
                Audience = new Audience { Reach = AudienceReach.AllGroups },
                Marking = new Marking
                {
                    Tlp = Tlp.Amber,
                    Pap = Pap.Amber,
                    Redistribution = Redistribution.OwnOrganizationOnly,
                    ExpiresAt = DateTimeOffset.MaxValue,
                },
                Contact = new BothLanguages("ハブ", "hub"),
            },
            new DraftMaterial
            {
                Mails = [new GivenMail(given, "p")],
                Members = new Members { Organizations = [Unknown] },
            },
            new IdentityGuard(IdentityTerms.Of(Unknown))
        );
        return ItemAssembly.Assemble(made.Draft, _ => true).Mails.Single();
    }
}
