using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;
using Noroshi.Hub.Storage;
using Noroshi.Server.Notices;
using Noroshi.Server.Notices.Sending;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Notices;

/// <summary>What the hub says to a relay, word by word.</summary>
public sealed class SmtpRelayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_goes_with_the_null_return_path_to_the_one_address_on_file()
    {
        var (result, said) = await SendAsync("250 taken");
        result.ShouldBe(new SendResult(Sent.Accepted));
        said.Where(line => line.StartsWith("MAIL FROM:", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("MAIL FROM:<>");
        said.Where(line => line.StartsWith("RCPT TO:", StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .ShouldStartWith("RCPT TO:<toiawase@power-a.example>");
    }

    [Theory]
    [InlineData("451 later", Sent.Later, "smtp-451")]
    [InlineData("550 5.1.1 no toiawase here", Sent.Never, "smtp-550")]
    public async Task What_a_relay_answers_is_kept_as_a_code_without_its_words(string answer, object sent, string why) =>
        (await SendAsync(answer)).Result.ShouldBe(new SendResult((Sent)sent, why));

    [Fact]
    public async Task Without_TLS_nothing_is_said_to_a_relay_that_has_to_have_it()
    {
        var (result, said) = await SendAsync("250 taken", requireTls: true);
        result.Sent.ShouldBe(Sent.Later);
        result.Why.ShouldBe("tls");
        said.ShouldAllBe(line => !line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_relay_that_is_not_there_is_tried_again_and_none_is_said_so()
    {
        await using var hub = await TestHub.StartAsync();
        using var mail = Mail();
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var store = hub.Get<IHubStore>();
        var away = new SmtpRelay(
            new NoticeOptions
            {
                Relay = "127.0.0.1",
                Port = port,
                RequireTls = false,
            },
            store
        );
        (await away.SendAsync(mail, "toiawase@power-a.example", Cancellation)).ShouldBe(new SendResult(Sent.Later, "connection"));
        (await new SmtpRelay(new NoticeOptions(), store).SendAsync(mail, "toiawase@power-a.example", Cancellation)).Sent.ShouldBe(
            Sent.NoRelay
        );
        (await OutboxRoutes.OfAsync(store, hub.Get<SendState>(), Cancellation)).Problem.ShouldBe("no-relay");
    }

    [Theory]
    [InlineData("relay.example", false, "hub@noroshi.example", "RequireTls")]
    [InlineData("relay.example", true, "hub@hub.invalid", "From")]
    [InlineData(null, true, "hub", "From")]
    [InlineData("relay.example", true, "hub@noroshi.example", null)]
    public void Settings_that_cannot_be_are_said_at_the_start(string? relay, bool tls, string from, string? about)
    {
        var problem = new NoticeOptions
        {
            Relay = relay,
            RequireTls = tls,
            From = from,
        }.Problem();
        (problem is null).ShouldBe(about is null);
        (problem ?? "").ShouldContain(about ?? "");
    }

    private static MimeMessage Mail()
    {
        var mail = new MimeMessage
        {
            Subject = "x",
            Body = new TextPart("plain") { Text = "x" },
        };
        mail.From.Add(new MailboxAddress("", "hub@noroshi.example"));
        mail.To.Add(new MailboxAddress("", "toiawase@power-a.example"));
        return mail;
    }

    private static async Task<(SendResult Result, List<string> Said)> SendAsync(string answerToData, bool requireTls = false)
    {
        await using var hub = await TestHub.StartAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var said = new List<string>();
        var serving = ServeAsync(listener, answerToData, said);
        var options = new NoticeOptions
        {
            Relay = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            RequireTls = requireTls,
            From = "hub@noroshi.example",
        };
        using var mail = Mail();
        var result = await new SmtpRelay(options, hub.Get<IHubStore>()).SendAsync(mail, "toiawase@power-a.example", Cancellation);
        await serving.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        return (result, said);
    }

    private static async Task ServeAsync(TcpListener listener, string answerToData, List<string> said)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 relay.example");
        var inData = false;
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            if (inData)
            {
                if (line == ".")
                {
                    inData = false;
                    await writer.WriteLineAsync(answerToData);
                }

                continue;
            }

            said.Add(line);
            inData = line == "DATA";
            await writer.WriteLineAsync(
                line.StartsWith("EHLO", StringComparison.Ordinal) ? "250 relay.example"
                : inData ? "354 go on"
                : "250 ok"
            );
            if (line == "QUIT")
            {
                return;
            }
        }
    }
}
