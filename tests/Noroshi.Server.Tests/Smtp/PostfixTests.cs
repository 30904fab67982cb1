using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Smtp;

/// <summary>Debian's Postfix as the mail server of a member, in a folder of its own that takes no mail from the network.</summary>
public sealed class PostfixTests
{
    private static readonly string[] Services =
    [
        "pickup unix n - n 60 1 pickup",
        "cleanup unix n - n - 0 cleanup",
        "qmgr unix n - n 300 1 qmgr",
        "rewrite unix - - n - - trivial-rewrite",
        "bounce unix - - n - 0 bounce",
        "defer unix - - n - 0 bounce",
        "trace unix - - n - 0 bounce",
        "smtp unix - - n - - smtp",
        "error unix - - n - - error",
        "retry unix - - n - - error",
        "discard unix - - n - - discard",
        "proxymap unix - - n - - proxymap",
        "tlsmgr unix - - n 1000? 1 tlsmgr",
        "postlog unix-dgram n - n - 1 postlogd",
    ];

    [Fact]
    public async Task Postfix_delivers_under_tls_and_takes_the_refusal_of_one_recipient_as_final()
    {
        if (!File.Exists("/usr/sbin/postfix") || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("needs Postfix and root; ./noroshi test installs it");
        }

        await using var server = await SmtpServer.StartAsync(tls: true);
        var root = Directory.CreateTempSubdirectory("noroshi-postfix-").FullName;
        try
        {
            Configure(root, server.Address.Port);
            await RunAsync("/bin/chown", ["postfix", $"{root}/data"]);
            await RunAsync("/usr/sbin/postfix", ["-c", $"{root}/etc", "start"]);
            var sent = await RunAsync(
                "/usr/sbin/sendmail",
                ["-C", $"{root}/etc", "-i", "-f", "clerk@power-a.example", SmtpServer.Valid.Trim('<', '>'), "nobody@hub.example"],
                "From: clerk@power-a.example\nTo: x@hub.example\nSubject: x\n\n.dot\n.\nend\n"
            );
            sent.ShouldBe(0);
            var log = await LogAsync(root);
            log.ShouldContain("dsn=2.0.0, status=sent (250 2.0.0 Received and kept)", Case.Sensitive, log);
            log.ShouldContain("550 5.1.1 Recipient not accepted");
            var mail = server.Notebook.Mails.ShouldHaveSingleItem();
            mail.Peer.Tls.ShouldNotBeNull();
            mail.Peer.Helo.ShouldBe("relay.power-a.example");
            server.Notebook.Texts[0].ShouldEndWith("\r\n\r\n.dot\r\n.\r\nend\r\n");
        }
        finally
        {
            await RunAsync("/usr/sbin/postfix", ["-c", $"{root}/etc", "stop"]);
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Configure(string root, int port)
    {
        foreach (var folder in new[] { "etc", "queue", "data", "log" })
        {
            Directory.CreateDirectory($"{root}/{folder}");
        }

        if (!OperatingSystem.IsWindows())
        {
            // Its processes run as another user.
            File.SetUnixFileMode(root, (UnixFileMode)Convert.ToInt32("755", 8));
        }

        string[] settings =
        [
            "compatibility_level = 3.6",
            $"queue_directory = {root}/queue",
            $"data_directory = {root}/data",
            "command_directory = /usr/sbin",
            "daemon_directory = /usr/lib/postfix/sbin",
            "mail_owner = postfix",
            "setgid_group = postdrop",
            "myhostname = relay.power-a.example",
            "mydestination =",
            string.Create(CultureInfo.InvariantCulture, $"relayhost = [127.0.0.1]:{port}"),
            "inet_interfaces = loopback-only",
            "inet_protocols = ipv4",
            "smtp_host_lookup = native",
            "disable_dns_lookups = yes",
            "smtp_tls_security_level = encrypt",
            // The bounce has nowhere to go and is not what this is about.
            "bounce_notice_recipient = postmaster",
            "alias_maps =",
            $"maillog_file = {root}/log/mail.log",
            "maillog_file_prefixes = /tmp, /var, " + Path.GetTempPath().TrimEnd('/'),
        ];
        File.WriteAllLines($"{root}/etc/main.cf", settings);
        File.WriteAllLines($"{root}/etc/master.cf", Services);
    }

    /// <summary>The log when the mail has been dealt with.</summary>
    private static async Task<string> LogAsync(string root)
    {
        var log = "";
        for (var i = 0; i < 300 && !(log.Contains("status=sent") && log.Contains("status=bounced")); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            log = File.Exists($"{root}/log/mail.log")
                ? await File.ReadAllTextAsync($"{root}/log/mail.log", TestContext.Current.CancellationToken)
                : "";
        }

        return log;
    }

    private static async Task<int> RunAsync(string program, string[] arguments, string input = "")
    {
        // Postfix leaves processes behind that would hold a pipe open: nothing of it is read.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var word in (string[])["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
