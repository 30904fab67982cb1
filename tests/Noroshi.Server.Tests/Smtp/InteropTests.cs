using System.Diagnostics;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Smtp;

/// <summary>Clients that nobody here wrote.</summary>
public sealed class InteropTests
{
    [Fact]
    public async Task MailKit_delivers_under_tls_with_a_key_pipelining_and_chunks()
    {
        await using var server = await SmtpServer.StartAsync(tls: true);
        using var client = new MailKit.Net.Smtp.SmtpClient();
        client.ServerCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.GetCertHashString() == SmtpServer.Certificate.Value.GetCertHashString();
        await client.ConnectAsync("127.0.0.1", server.Address.Port, SecureSocketOptions.StartTls, TestContext.Current.CancellationToken);
        foreach (
            var one in new[]
            {
                SmtpCapabilities.Chunking,
                SmtpCapabilities.Pipelining,
                SmtpCapabilities.EightBitMime,
                SmtpCapabilities.UTF8,
                SmtpCapabilities.Size,
                SmtpCapabilities.EnhancedStatusCodes,
                SmtpCapabilities.Authentication,
            }
        )
        {
            client.Capabilities.HasFlag(one).ShouldBeTrue(one.ToString());
        }

        await client.AuthenticateAsync("power-a", Notebook.Key, TestContext.Current.CancellationToken);
        var mail = Mail();
        await client.SendAsync(mail, TestContext.Current.CancellationToken);
        mail.Subject = "二通目";
        await client.SendAsync(mail, TestContext.Current.CancellationToken);
        await client.DisconnectAsync(true, TestContext.Current.CancellationToken);

        server.Notebook.Mails.Count.ShouldBe(2);
        server.Notebook.Mails.ShouldAllBe(one => one.Peer.Account != null && one.Recipients.Count == 2);
        using var content = new MemoryStream(server.Notebook.Mails[1].Content.ToArray());
        var read = await MimeMessage.LoadAsync(content, TestContext.Current.CancellationToken);
        read.Subject.ShouldBe("二通目");
        (read.TextBody ?? "").ReplaceLineEndings("\n").ShouldBe(".一行目は点で始まる\n.\n最後\n");
    }

    [Fact]
    public async Task MailKit_delivers_in_the_clear_and_is_told_of_a_wrong_recipient()
    {
        await using var server = await SmtpServer.StartAsync();
        using var client = new MailKit.Net.Smtp.SmtpClient();
        await client.ConnectAsync("127.0.0.1", server.Address.Port, SecureSocketOptions.None, TestContext.Current.CancellationToken);
        client.Capabilities &= ~(SmtpCapabilities.Chunking | SmtpCapabilities.Pipelining);
        var mail = Mail();
        mail.To.Clear();
        mail.To.Add(MailboxAddress.Parse("nobody@hub.example"));
        var error = await Should.ThrowAsync<SmtpCommandException>(() => client.SendAsync(mail, TestContext.Current.CancellationToken));
        error.ErrorCode.ShouldBe(SmtpErrorCode.RecipientNotAccepted);
        mail.To.Clear();
        mail.To.Add(MailboxAddress.Parse(SmtpServer.Valid.Trim('<', '>')));
        await client.SendAsync(mail, TestContext.Current.CancellationToken);
        server.Notebook.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Swaks_of_Debian_delivers_under_tls_with_a_key()
    {
        if (!File.Exists("/usr/bin/swaks"))
        {
            Assert.Skip("swaks is not installed; ./noroshi test installs it");
        }

        await using var server = await SmtpServer.StartAsync(tls: true);
        var (code, talk) = await SwaksAsync(
            server,
            ["--tls", "--auth", "PLAIN", "--auth-user", "power-a", "--auth-password", Notebook.Key, "--to", "report@hub.example"]
        );
        code.ShouldBe(0, talk);
        (code, talk) = await SwaksAsync(server, ["--pipeline", "--to", SmtpServer.Valid.Trim('<', '>')]);
        code.ShouldBe(0, talk);
        (code, talk) = await SwaksAsync(server, ["--to", "nobody@hub.example"]);
        code.ShouldBe(24, talk);
        server.Notebook.Texts.Count.ShouldBe(2);
        server.Notebook.Texts.ShouldAllBe(text => text.Contains(".\r\n.dot at the start of a line"));
    }

    private static async Task<(int Code, string Talk)> SwaksAsync(SmtpServer server, string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/swaks")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all =
        [
            "--server",
            "127.0.0.1",
            "--port",
            server.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "--from",
            "clerk@power-a.example",
            "--body",
            ".\\n.dot at the start of a line",
            .. arguments,
        ];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("swaks does not start");
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var talk = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, talk + await errors);
    }

    private static MimeMessage Mail()
    {
        var mail = new MimeMessage();
        mail.From.Add(new MailboxAddress("受付", "clerk@power-a.example"));
        mail.To.Add(MailboxAddress.Parse("abcdefghijklmnopqrstuvwxyz@hub.example"));
        mail.Cc.Add(MailboxAddress.Parse("abcdefghijklmnopqrstuvwxy2@hub.example"));
        mail.Subject = "一通目";
        mail.Body = new TextPart("plain") { Text = ".一行目は点で始まる\r\n.\r\n最後\r\n" };
        return mail;
    }
}
