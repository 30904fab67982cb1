using System.Text;
using Noroshi.Server.Smtp.Reception;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Smtp;

public sealed class SmtpProtocolTests
{
    [Fact]
    public async Task A_mail_arrives_byte_for_byte_with_its_envelope()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        (await client.BeginAsync()).ShouldBe("250 2.1.5 Recipient ok");
        (await client.DataAsync("Subject: x\r\n\r\n..dot\r\n.\u00ff tail\r\n.\r\n")).ShouldBe("250 2.0.0 Received and kept");
        (await client.SayAsync("QUIT")).ShouldBe("221 2.0.0 Bye");
        server.Notebook.Texts.ShouldBe(["Subject: x\r\n\r\n.dot\r\n\u00ff tail\r\n"]);
        var mail = server.Notebook.Mails[0];
        mail.From.ShouldBe("sender@power-a.example");
        mail.Peer.Helo.ShouldBe("client.example");
        mail.Recipients.Single().Window.ShouldBe("inquiries");
    }

    [Fact]
    public async Task Ehlo_lists_what_is_offered_and_helo_is_one_line()
    {
        await using var server = await SmtpServer.StartAsync(tls: true);
        await using var client = await server.ConnectAsync();
        (await client.AnswerAsync()).ShouldBe("220 hub.example ESMTP");
        (await client.SayAsync("EHLO client.example")).ShouldBe(
            "250-hub.example\n250-SIZE 52428800\n250-PIPELINING\n250-8BITMIME\n250-SMTPUTF8\n250-CHUNKING\n250-ENHANCEDSTATUSCODES\n250 STARTTLS"
        );
        (await client.SayAsync("HELO client.example")).ShouldBe("250 hub.example");
    }

    [Theory]
    [InlineData("MAIL FROM:<a@b.example>", "503")]
    [InlineData("RCPT TO:<a@b.example>", "503")]
    [InlineData("DATA", "503")]
    [InlineData("STARTTLS", "503")]
    [InlineData("AUTH PLAIN", "503")]
    [InlineData("NOOP", "250")]
    [InlineData("RSET", "250")]
    [InlineData("VRFY somebody", "252")]
    [InlineData("EXPN staff", "502")]
    [InlineData("HELP", "214")]
    [InlineData("TURN", "500")]
    [InlineData("", "500")]
    [InlineData("EHLO", "501")]
    [InlineData("EHLO a\u0001b", "500")]
    [InlineData("BDAT 0 LAST", "503")]
    public async Task Before_a_greeting_only_some_commands_make_sense(string command, string code)
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.AnswerAsync();
        (await client.SayAsync(command)).ShouldStartWith(code);
        (await client.SayAsync("NOOP")).ShouldStartWith("250");
    }

    [Theory]
    [InlineData("MAIL FROM:<>", "250")]
    [InlineData("mail from: <a@b.example>", "250")]
    [InlineData("MAIL FROM:<a@b.example> SIZE=1000 BODY=8BITMIME", "250")]
    [InlineData("MAIL FROM:<@relay.example:a@b.example>", "250")]
    [InlineData("MAIL FROM:<\"a b\\\"c>\"@b.example>", "250")]
    [InlineData("MAIL FROM:<a@[192.0.2.1]>", "250")]
    [InlineData("MAIL FROM:<a@[IPv6:2001:db8::1]>", "250")]
    [InlineData("MAIL FROM:<\u00e3\u0081\u0082@b.example> SMTPUTF8", "250")]
    [InlineData("MAIL FROM:<\u00e3\u0081\u0082@b.example>", "553")]
    [InlineData("MAIL FROM:<a@b.example> SIZE=99999999999999", "552")]
    [InlineData("MAIL FROM:<a@b.example> SIZE=-1", "501")]
    [InlineData("MAIL FROM:<a@b.example> SIZE=1 SIZE=1", "501")]
    [InlineData("MAIL FROM:<a@b.example> BODY=BINARYMIME", "501")]
    [InlineData("MAIL FROM:<a@b.example> WHAT=EVER", "555")]
    [InlineData("MAIL FROM:a@b.example", "501")]
    [InlineData("MAIL FROM:<a@b.example", "501")]
    [InlineData("MAIL FROM:<a@@b.example>", "501")]
    [InlineData("MAIL FROM:<a..b@b.example>", "501")]
    [InlineData("MAIL FROM:<a@-b.example>", "501")]
    [InlineData("MAIL FROM:<a>b@b.example>", "501")]
    [InlineData("MAIL TO:<a@b.example>", "501")]
    public async Task Mail_takes_the_senders_of_the_standard_and_no_others(string command, string code)
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.GreetAsync();
        (await client.SayAsync(command)).ShouldStartWith(code);
    }

    [Fact]
    public async Task Commands_and_mails_sent_in_one_go_are_answered_in_order()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.GreetAsync();
        await client.RawAsync(
            $"MAIL FROM:<a@b.example>\r\nRCPT TO:{SmtpServer.Valid}\r\nRCPT TO:<no@hub.example>\r\nDATA\r\none\r\n.\r\n"
                + $"MAIL FROM:<>\r\nRCPT TO:{SmtpServer.Valid}\r\nDATA\r\ntwo\r\n.\r\nQUIT\r\n"
        );
        (await client.RestAsync())
            .Split('\n')
            .Select(line => line[..3])
            .ShouldBe(["250", "250", "550", "354", "250", "250", "250", "354", "250", "221"]);
        server.Notebook.Texts.ShouldBe(["one\r\n", "two\r\n"]);
    }

    [Fact]
    public async Task Chunks_are_taken_as_they_are()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        await client.RawAsync("BDAT 6\r\n.\r\n.\r\nBDAT 4 LAST\r\n\n.\n\rQUIT\r\n");
        (await client.RestAsync()).ShouldBe("250 2.0.0 Chunk received\n250 2.0.0 Received and kept\n221 2.0.0 Bye");
        server.Notebook.Texts.ShouldBe([".\r\n.\r\n\n.\n\r"]);
    }

    [Fact]
    public async Task Chunks_of_a_refused_mail_are_never_taken_for_commands()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        (await client.BeginAsync("<no@hub.example>")).ShouldStartWith("550");
        await client.RawAsync("BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n");
        (await client.AnswerAsync()).ShouldBe("554 5.5.1 No valid recipients");
        (await client.AnswerAsync()).ShouldBe("250 2.0.0 Ok");
    }

    [Fact]
    public async Task Data_between_chunks_is_out_of_place_and_reset_ends_the_mail()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        await client.RawAsync("BDAT 2\r\nab");
        (await client.AnswerAsync()).ShouldStartWith("250");
        (await client.SayAsync("DATA")).ShouldStartWith("503");
        (await client.SayAsync("RSET")).ShouldStartWith("250");
        (await client.SayAsync("DATA")).ShouldStartWith("503");
        server.Notebook.Mails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SmtpVerdict.Accepted, "250 2.0.0")]
    [InlineData(SmtpVerdict.TryAgain, "451 4.3.0")]
    [InlineData(SmtpVerdict.NoRoom, "452 4.3.1")]
    [InlineData(SmtpVerdict.Refused, "554 5.7.1")]
    internal async Task What_the_hub_says_is_what_the_client_is_told(SmtpVerdict verdict, string answer)
    {
        await using var server = await SmtpServer.StartAsync();
        server.Notebook.Verdict = () => Task.FromResult(verdict);
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        (await client.DataAsync("x\r\n.\r\n")).ShouldStartWith(answer);
        (await client.SayAsync("MAIL FROM:<>")).ShouldStartWith("250");
    }

    [Fact]
    public async Task A_hub_that_fails_unexpectedly_never_says_250()
    {
        await using var server = await SmtpServer.StartAsync();
        server.Notebook.Verdict = () => throw new InvalidOperationException("made to fail");
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        (await client.DataAsync("x\r\n.\r\n")).ShouldBe("451 4.3.0 Not stored; try again later");
    }

    [Fact]
    public async Task The_answer_waits_until_the_hub_has_stored()
    {
        await using var server = await SmtpServer.StartAsync();
        var stored = new TaskCompletionSource<SmtpVerdict>();
        server.Notebook.Verdict = () => stored.Task;
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        await client.SayAsync("DATA");
        await client.RawAsync("x\r\n.\r\n");
        var answer = client.AnswerAsync();
        (await Task.WhenAny(answer, Task.Delay(200, TestContext.Current.CancellationToken))).ShouldNotBe(answer);
        stored.SetResult(SmtpVerdict.Accepted);
        (await answer).ShouldStartWith("250");
    }

    [Fact]
    public async Task A_mail_that_breaks_off_is_not_delivered()
    {
        await using var server = await SmtpServer.StartAsync();
        await using (var client = await server.ConnectAsync())
        {
            await client.BeginAsync();
            await client.SayAsync("DATA");
            await client.RawAsync("half a mail\r\n.");
            client.EndSending();
            (await client.RestAsync()).ShouldBe("");
        }

        server.Notebook.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recipients_beyond_the_limit_are_put_off_whoever_they_are()
    {
        await using var server = await SmtpServer.StartAsync(options => options.MostRecipients = 2);
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        (await client.SayAsync($"RCPT TO:{SmtpServer.Valid}")).ShouldStartWith("250");
        (await client.SayAsync($"RCPT TO:{SmtpServer.Valid}")).ShouldStartWith("452");
        (await client.SayAsync("RCPT TO:<no@hub.example>")).ShouldStartWith("452");
        await client.DataAsync("x\r\n.\r\n");
        server.Notebook.Mails.Single().Recipients.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Random_bytes_never_stop_the_server()
    {
        await using var server = await SmtpServer.StartAsync(options => options.MostConnectionsPerAddress = 1_000);
        var random = new Random(20131017);
        string[] words =
        [
            "EHLO x",
            "MAIL FROM:<>",
            $"RCPT TO:{SmtpServer.Valid}",
            "DATA",
            ".",
            "\r",
            "\n",
            "\r\n",
            "BDAT 3",
            "\0",
            "RSET",
            "<",
            ">",
            "LAST",
        ];
        for (var round = 0; round < 100; round++)
        {
            await using var client = await server.ConnectAsync();
            var text = new StringBuilder();
            for (var i = 0; i < 40; i++)
            {
                text.Append(
                    random.Next(4) == 0
                        ? ((char)random.Next(256)).ToString()
                        : words[random.Next(words.Length)] + (random.Next(2) == 0 ? "\r\n" : "")
                );
            }

            await client.RawAsync(text.ToString());
            client.EndSending();
            await client.RestAsync();
        }

        await using var last = await server.ConnectAsync();
        (await last.BeginAsync()).ShouldStartWith("250");
        (await last.DataAsync("x\r\n.\r\n")).ShouldStartWith("250");
    }
}
