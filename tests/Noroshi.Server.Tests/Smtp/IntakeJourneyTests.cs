using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Smtp;

/// <summary>From the wire to the documents of the first step.</summary>
public sealed class IntakeJourneyTests
{
    [Fact]
    public async Task A_window_that_forwards_inline_has_given_the_mail_inside()
    {
        await using var hub = await AttributionTests.StartAsync();
        var address = await AttributionTests.IssueAsync(hub);
        await SendAsync(
            hub,
            address.Address,
            "clerk@power-a.example",
            $"From: clerk@power-a.example\r\nTo: {address.Address}\r\nSubject: FW: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + "転送します。\r\n\r\n-----Original Message-----\r\nFrom: 山田 太郎 <taro.yamada@free.example>\r\nSent: Thursday, October 17, 2013 9:02 AM\r\n"
                + "To: inquiries@power-a.example\r\nSubject: 製品について\r\n\r\n初めてご連絡いたします。\r\n"
        );
        var mails = await MailsAsync(hub, 2);
        mails.Select(one => one.Mail.Direction).ShouldBe([MailDirection.Provision, MailDirection.Inbound]);
        mails[1].Mail.Carrier.ShouldBe(mails[0].Mail.Key);
        mails[1].Mail.Facts.From?.Address.ShouldBe("taro.yamada@free.example");
        mails.ShouldAllBe(one => !one.Held && one.Mail.Organization == "power-a" && one.Mail.Window == "inquiries");
    }

    [Fact]
    public async Task A_strangers_mail_is_taken_apart_and_held()
    {
        await using var hub = await AttributionTests.StartAsync();
        var address = await AttributionTests.IssueAsync(hub);
        await SendAsync(
            hub,
            address.Address,
            "x@attacker.example",
            "From: x@attacker.example\r\nTo: inquiries@power-a.example\r\nSubject: y\r\n\r\nz\r\n"
        );
        (await MailsAsync(hub, 1)).ShouldHaveSingleItem().Held.ShouldBeTrue();
    }

    [Fact]
    public async Task The_windows_answer_by_bcc_is_its_answer()
    {
        await using var hub = await AttributionTests.StartAsync();
        var address = await AttributionTests.IssueAsync(hub);
        await SendAsync(
            hub,
            address.Address,
            "clerk@power-a.example",
            "From: clerk@power-a.example\r\nTo: taro.yamada@free.example\r\nSubject: Re: y\r\n\r\nI cannot open the file.\r\n"
        );
        (await MailsAsync(hub, 1)).ShouldHaveSingleItem().Mail.Direction.ShouldBe(MailDirection.Outbound);
    }

    private static async Task SendAsync(TestHub hub, string to, string from, string mail)
    {
        await using var client = await AttributionTests.ConnectAsync(hub);
        await client.GreetAsync();
        await client.SayAsync($"MAIL FROM:<{from}> BODY=8BITMIME");
        (await client.SayAsync($"RCPT TO:<{to}>")).ShouldStartWith("250");
        await client.SayAsync("DATA");
        await client.RawAsync(Encoding.UTF8.GetBytes(mail + ".\r\n"));
        (await client.AnswerAsync()).ShouldStartWith("250");
    }

    private static async Task<IReadOnlyList<MailDocument>> MailsAsync(TestHub hub, int most)
    {
        for (var i = 0; i < 600; i++)
        {
            var entries = await hub.Get<IHubStore>().Steps.ReadKindAsync(DocumentKinds.Mail, 0, 10, TestContext.Current.CancellationToken);
            if (entries.Count >= most)
            {
                return [.. entries.Select(MailDocument.Read).OfType<MailDocument>()];
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        return [];
    }
}
