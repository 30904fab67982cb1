using System.Net;
using System.Text;
using CsCheck;
using Noroshi.Server.Smtp;
using Noroshi.Server.Smtp.Protocol;
using Noroshi.Server.Smtp.Reception;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Smtp;

public sealed class SmtpDefenceTests
{
    private const string Smuggled = "MAIL FROM:<evil@attacker.example>\r\nRCPT TO:" + SmtpServer.Valid + "\r\nDATA\r\nsmuggled";

    private static readonly string[] Pieces = ["\r", "\n", ".", "\r\n", "\r\n.", "\r\n..", "a", "\0", "\r\n.\r"];

    /// <summary>Ends of data that some servers take for one and that are none, as published since 2023, and neighbours of them.</summary>
    public static TheoryData<string> FalseEnds =>
        [
            "\n.\n",
            "\n.\r\n",
            "\r.\r",
            "\r.\r\n",
            "\r\n.\n",
            "\r\n.\r",
            "\r.\n",
            "\n.\r",
            "\n\n.\r\n",
            "\r\r.\r\n",
            "\r\n\0.\r\n",
            "\r\n.\0\r\n",
            "\r\n.\r\r\n",
            "\r\n\r.\r\n",
            "\0\r.\0\r",
            "\r\n. \r\n",
            "\r\n \r.\r\n",
            "\n\r.\r\n",
            "\u0085.\r\n",
            "\u2028.\r\n",
        ];

    [Theory]
    [MemberData(nameof(FalseEnds))]
    public async Task What_only_looks_like_the_end_stays_a_part_of_the_mail(string end)
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        await client.SayAsync("DATA");
        await client.RawAsync($"Subject: x\r\n\r\nfirst{end}{Smuggled}\r\n.\r\n");
        (await client.AnswerAsync()).ShouldStartWith("250");
        (await client.SayAsync("NOOP")).ShouldBe("250 2.0.0 Ok");
        server.Notebook.Mails.Count.ShouldBe(1);
        server.Notebook.Texts[0].ShouldContain("first");
        server.Notebook.Texts[0].ShouldEndWith(Smuggled + "\r\n");
    }

    [Fact]
    public void However_the_bytes_are_cut_the_same_mail_comes_out() =>
        Gen.Select(
                Gen.Int[0, Pieces.Length - 1].Array[0, 30].Select(picks => string.Concat(picks.Select(pick => Pieces[pick]))),
                Gen.Int[1, 7]
            )
            .Sample(
                (text, cut) =>
                {
                    var options = new SmtpOptions();
                    var memory = new MemoryBudget(options.MemoryBytes, TimeProvider.System);
                    var whole = Decode(text + "\r\n.\r\nQUIT", int.MaxValue, options, memory);
                    Decode(text + "\r\n.\r\nQUIT", cut, options, memory).ShouldBe(whole);
                    // A sender that doubles its dots gets its mail through unchanged.
                    var doubled = ("\r\n" + text).Replace("\r\n.", "\r\n..", StringComparison.Ordinal)[2..];
                    Decode(doubled + "\r\n.\r\nQUIT", cut, options, memory).ShouldBe((text + "\r\n", "QUIT"));
                },
                iter: 2_000
            );

    [Theory]
    [InlineData("NOOP\n", "500 5.5.2 Lines end with CRLF; closing")]
    [InlineData("NOOP\rQUIT\r\n", "500 5.5.2 Lines end with CRLF; closing")]
    [InlineData("NOOP\r\r\n", "500 5.5.2 Lines end with CRLF; closing")]
    [InlineData("\n", "500 5.5.2 Lines end with CRLF; closing")]
    public async Task A_command_that_does_not_end_in_crlf_ends_the_talk(string bytes, string answer)
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.GreetAsync();
        await client.RawAsync(bytes);
        (await client.RestAsync()).ShouldBe(answer);
    }

    [Fact]
    public async Task An_endless_line_ends_the_talk()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.GreetAsync();
        await client.RawAsync(new string('a', 5_000));
        (await client.RestAsync()).ShouldBe("500 5.5.2 Line too long; closing");
    }

    [Fact]
    public async Task Commands_put_behind_starttls_in_the_clear_are_never_carried_out()
    {
        await using var server = await SmtpServer.StartAsync(tls: true);
        await using var client = await server.ConnectAsync();
        await client.GreetAsync();
        await client.RawAsync("STARTTLS\r\nEHLO injected.example\r\nMAIL FROM:<injected@attacker.example>\r\n");
        (await client.AnswerAsync()).ShouldStartWith("220");
        await client.TlsAsync();
        (await client.SayAsync("RCPT TO:" + SmtpServer.Valid)).ShouldBe("503 5.5.1 Bad sequence of commands");
        (await client.SayAsync("MAIL FROM:<>")).ShouldBe("503 5.5.1 Bad sequence of commands");
    }

    [Fact]
    public async Task Commands_that_come_in_the_clear_after_the_220_break_the_handshake()
    {
        await using var server = await SmtpServer.StartAsync(tls: true);
        await using var client = await server.ConnectAsync();
        await client.GreetAsync();
        (await client.SayAsync("STARTTLS")).ShouldStartWith("220");
        await client.RawAsync($"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:{SmtpServer.Valid}\r\nDATA\r\nx\r\n.\r\n");
        (await client.RestAsync()).ShouldNotContain("250");
        server.Notebook.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_said_before_tls_counts_after_it()
    {
        await using var server = await SmtpServer.StartAsync(tls: true);
        await using var client = await server.ConnectAsync();
        await client.GreetAsync();
        await client.SayAsync("STARTTLS");
        await client.TlsAsync();
        (await client.SayAsync("MAIL FROM:<>")).ShouldStartWith("503");
        (await client.SayAsync("EHLO again.example")).ShouldContain("AUTH PLAIN LOGIN");
        (await client.SayAsync("EHLO again.example")).ShouldNotContain("STARTTLS");
        (await client.SayAsync("STARTTLS")).ShouldStartWith("503");
    }

    [Fact]
    public async Task A_key_is_taken_under_tls_only_and_opens_the_shared_address()
    {
        await using var server = await SmtpServer.StartAsync(tls: true);
        await using var client = await server.ConnectAsync();
        (await client.GreetAsync()).ShouldNotContain("AUTH");
        var plain = Convert.ToBase64String(Encoding.ASCII.GetBytes($"\0power-a\0{Notebook.Key}"));
        (await client.SayAsync($"AUTH PLAIN {plain}")).ShouldStartWith("538");
        await client.SayAsync("STARTTLS");
        await client.TlsAsync();
        await client.SayAsync("EHLO again.example");
        (await client.SayAsync("AUTH PLAIN")).ShouldBe("334 ");
        (await client.SayAsync(plain)).ShouldBe("235 2.7.0 Authentication succeeded");
        (await client.SayAsync($"AUTH PLAIN {plain}")).ShouldStartWith("503");
        await client.SayAsync("MAIL FROM:<>");
        (await client.SayAsync("RCPT TO:<report@hub.example>")).ShouldStartWith("250");
        await client.DataAsync("x\r\n.\r\n");
        server.Notebook.Mails.Single().Peer.Account?.Key.ShouldBe("key-1");
        server.Notebook.Mails.Single().Peer.Tls.ShouldNotBeNull();
    }

    [Fact]
    public async Task Guessing_keys_ends_the_talk()
    {
        await using var server = await SmtpServer.StartAsync(tls: true);
        await using var client = await server.ConnectAsync();
        await client.GreetAsync();
        await client.SayAsync("STARTTLS");
        await client.TlsAsync();
        await client.SayAsync("EHLO again.example");
        (await client.SayAsync("AUTH LOGIN *")).ShouldStartWith("501");
        (await client.SayAsync("AUTH LOGIN")).ShouldBe("334 VXNlcm5hbWU6");
        (await client.SayAsync("cG93ZXItYQ==")).ShouldBe("334 UGFzc3dvcmQ6");
        (await client.SayAsync("d3Jvbmc=")).ShouldBe("535 5.7.8 Authentication credentials invalid");
        (await client.SayAsync("AUTH PLAIN =")).ShouldBe("535 5.7.8 Authentication credentials invalid");
        (await client.SayAsync("AUTH CRAM-MD5")).ShouldStartWith("504");
        (await client.SayAsync("AUTH PLAIN !!!")).ShouldStartWith("501");
        await client.RawAsync("AUTH PLAIN =\r\n");
        (await client.RestAsync()).ShouldBe("535 5.7.8 Authentication credentials invalid\n421 4.7.0 Too many errors; closing");
    }

    [Fact]
    public async Task A_client_of_errors_is_sent_away()
    {
        await using var server = await SmtpServer.StartAsync(options => options.MostErrors = 3);
        await using var client = await server.ConnectAsync();
        await client.GreetAsync();
        await client.RawAsync("WHAT\r\nWHAT\r\nWHAT\r\nWHAT\r\n");
        (await client.RestAsync()).Split('\n')[^1].ShouldBe("421 4.7.0 Too many errors; closing");
    }

    [Fact]
    public async Task A_mail_larger_than_allowed_is_refused_after_its_end_and_the_next_one_comes_through()
    {
        await using var server = await SmtpServer.StartAsync(options => options.MostMessageBytes = 64 * 1024);
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        (await client.DataAsync(new string('a', 64 * 1024) + "\r\n.\r\n")).ShouldBe("552 5.3.4 Message too large");
        await client.SayAsync("MAIL FROM:<>");
        await client.SayAsync($"RCPT TO:{SmtpServer.Valid}");
        (await client.DataAsync(new string('a', (64 * 1024) - 2) + "\r\n.\r\n")).ShouldStartWith("250");
        server.Notebook.Mails.Single().Content.Length.ShouldBe(64 * 1024);
    }

    [Fact]
    public async Task A_mail_without_end_is_cut_off()
    {
        await using var server = await SmtpServer.StartAsync(options => options.MostMessageBytes = 64 * 1024);
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        (await client.DataAsync(new string('a', 256 * 1024))).ShouldStartWith("552");
        (await client.RestAsync()).ShouldBe("");
    }

    [Fact]
    public async Task A_chunk_larger_than_anything_is_refused_at_once()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        await client.RawAsync("BDAT 999999999999 LAST\r\n");
        (await client.RestAsync()).ShouldStartWith("552");
    }

    [Fact]
    public async Task Too_many_connections_of_one_address_are_turned_away_and_others_are_not()
    {
        await using var server = await SmtpServer.StartAsync(options => options.MostConnectionsPerAddress = 2);
        await using var first = await server.ConnectAsync();
        await using var second = await server.ConnectAsync();
        await first.AnswerAsync();
        await second.AnswerAsync();
        await using var third = await server.ConnectAsync();
        (await third.RestAsync()).ShouldStartWith("421 4.7.0");
        await using var other = await server.ConnectAsync(IPAddress.Parse("127.0.0.2"));
        (await other.BeginAsync()).ShouldStartWith("250");
        (await first.SayAsync("QUIT")).ShouldStartWith("221");
        (await first.RestAsync()).ShouldBe("");
        await using var fourth = await Eventually(server, "220");
    }

    [Fact]
    public async Task Who_connects_too_often_waits_for_the_next_minute()
    {
        var clock = new ManualClock();
        await using var server = await SmtpServer.StartAsync(options => options.MostNewConnectionsPerMinute = 2, clock: clock);
        for (var i = 0; i < 2; i++)
        {
            await using var client = await server.ConnectAsync();
            (await client.AnswerAsync()).ShouldStartWith("220");
        }

        await using (var third = await server.ConnectAsync())
        {
            (await third.AnswerAsync()).ShouldStartWith("421");
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        await using var fourth = await server.ConnectAsync();
        (await fourth.AnswerAsync()).ShouldStartWith("220");
    }

    [Fact]
    public async Task Who_says_nothing_is_sent_away_after_five_minutes()
    {
        var clock = new ManualClock();
        await using var server = await SmtpServer.StartAsync(clock: clock);
        await using var client = await server.ConnectAsync();
        await client.GreetAsync();
        await WaitForTimer(clock);
        clock.Advance(TimeSpan.FromMinutes(5));
        (await client.RestAsync()).ShouldBe("421 4.4.2 Timeout; closing");
    }

    [Fact]
    public async Task Who_types_a_line_byte_by_byte_has_twenty_seconds_for_it()
    {
        var clock = new ManualClock();
        await using var server = await SmtpServer.StartAsync(clock: clock);
        await using var client = await server.ConnectAsync();
        await client.GreetAsync();
        var (answer, drops) = await DripAsync(client, clock);
        answer.ShouldBe("421 4.4.2 Timeout; closing");
        drops.ShouldBeInRange(3, 10);
    }

    [Fact]
    public async Task Who_sends_a_mail_drop_by_drop_is_cut_off()
    {
        var clock = new ManualClock();
        await using var server = await SmtpServer.StartAsync(clock: clock);
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        await client.SayAsync("DATA");
        var (answer, drops) = await DripAsync(client, clock);
        answer.ShouldBe("421 4.4.2 Too slow; closing");
        drops.ShouldBeInRange(20, 40);
    }

    [Fact]
    public async Task A_stop_lets_a_mail_on_its_way_end_and_sends_the_idle_away()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var idle = await server.ConnectAsync();
        await idle.GreetAsync();
        await using var busy = await server.ConnectAsync();
        await busy.BeginAsync();
        await busy.SayAsync("DATA");
        await busy.RawAsync("half ");
        var stop = server.StopAsync(CancellationToken.None);
        (await idle.RestAsync()).ShouldBe("421 4.3.2 Closing; try again later");
        stop.IsCompleted.ShouldBeFalse();
        await busy.RawAsync("and whole\r\n.\r\n");
        (await busy.RestAsync()).ShouldBe("250 2.0.0 Received and kept\n421 4.3.2 Closing; try again later");
        await stop;
        server.Notebook.Texts.ShouldBe(["half and whole\r\n"]);
    }

    [Fact]
    public async Task Without_patience_a_stop_cuts_off()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        await client.SayAsync("DATA");
        await server.StopAsync(new CancellationToken(canceled: true));
        (await client.RestAsync()).ShouldNotContain("250");
    }

    [Fact]
    public async Task Large_mails_take_turns_and_none_is_lost()
    {
        await using var server = await SmtpServer.StartAsync(options =>
        {
            options.MostMessageBytes = 1 << 20;
            options.MemoryBytes = 2 << 20;
        });
        var body = new string('x', 900_000) + "\r\n.\r\n";
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async _ =>
                {
                    await using var client = await server.ConnectAsync();
                    await client.BeginAsync();
                    return await client.DataAsync(body);
                })
        );
        answers.ShouldAllBe(answer => answer == "250 2.0.0 Received and kept");
        server.Notebook.Mails.Count.ShouldBe(12);
        server.Services.Memory.Free.ShouldBe(2 << 20);
    }

    [Fact]
    public async Task A_large_mail_that_finds_no_room_is_asked_to_come_again()
    {
        await using var server = await SmtpServer.StartAsync(options =>
        {
            options.MostMessageBytes = 1 << 20;
            options.MemoryBytes = 2 << 20;
            options.MemoryWait = TimeSpan.FromMilliseconds(50);
        });
        (await server.Services.Memory.TakeAsync(2 << 20, TimeSpan.Zero, CancellationToken.None)).ShouldBeTrue();
        await using var client = await server.ConnectAsync();
        await client.BeginAsync();
        (await client.DataAsync(new string('x', 900_000) + "\r\n.\r\n")).ShouldBe("452 4.3.1 No room now; try again later");
        await client.SayAsync("MAIL FROM:<>");
        await client.SayAsync($"RCPT TO:{SmtpServer.Valid}");
        (await client.DataAsync("small\r\n.\r\n")).ShouldStartWith("250");
    }

    [Theory]
    [InlineData("a\r\n250 injected")]
    [InlineData("a\nb")]
    [InlineData("\u00e9")]
    public void A_reply_cannot_hold_a_second_one(string text) => Should.Throw<ArgumentException>(() => new SmtpReply(250, "2.0.0", text));

    [Fact]
    public async Task What_the_client_says_never_comes_back()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var client = await server.ConnectAsync();
        var said = await client.GreetAsync();
        said += await client.SayAsync("EHLO marker.example");
        said += await client.SayAsync("MAIL FROM:<marker@marker.example>");
        said += await client.SayAsync("RCPT TO:<marker@marker.example>");
        said += await client.SayAsync("VRFY marker");
        said += await client.SayAsync("marker");
        said.ShouldNotContain("marker");
    }

    [Fact]
    public void Settings_that_cannot_work_are_named()
    {
        new SmtpOptions().Problems().ShouldBeEmpty();
        new SmtpOptions { HostName = "a\r\n250 b" }
            .Problems()
            .ShouldHaveSingleItem()
            .ShouldContain("HostName");
        new SmtpOptions { MostMessageBytes = 1 << 30 }
            .Problems()
            .ShouldContain(problem => problem.StartsWith("MostMessageBytes", StringComparison.Ordinal));
        new SmtpOptions { Relays = [new SmtpRelay("192.0.2.0/99", "power-a")] }
            .Problems()
            .ShouldHaveSingleItem()
            .ShouldContain("192.0.2.0/99");
    }

    private static (string Mail, string Behind) Decode(string text, int cut, SmtpOptions options, MemoryBudget memory)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var decoder = new DotDecoder();
        using var buffer = new MessageBuffer(memory, options, 0);
        var at = 0;
        while (at < bytes.Length && !decoder.Ended)
        {
            var piece = bytes.AsSpan(at, Math.Min(cut, bytes.Length - at));
            buffer.EnsureAsync(piece.Length, CancellationToken.None).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
            at += decoder.Feed(piece, buffer);
        }

        return (Encoding.Latin1.GetString(buffer.Content.Span), text[at..]);
    }

    /// <summary>Sends a byte each five seconds until the server answers.</summary>
    private static async Task<(string Answer, int Drops)> DripAsync(SmtpClient client, ManualClock clock)
    {
        var answer = client.AnswerAsync();
        var drops = 0;
        for (; drops < 200 && !answer.IsCompleted; drops++)
        {
            try
            {
                await client.RawAsync("a");
            }
            catch (IOException)
            {
                break;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        return (await answer, drops);
    }

    private static async Task WaitForTimer(ManualClock clock)
    {
        while (clock.Set == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<SmtpClient> Eventually(SmtpServer server, string greeting)
    {
        for (var i = 0; ; i++)
        {
            var client = await server.ConnectAsync();
            if ((await client.AnswerAsync()).StartsWith(greeting, StringComparison.Ordinal) || i == 100)
            {
                return client;
            }

            await client.DisposeAsync();
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
