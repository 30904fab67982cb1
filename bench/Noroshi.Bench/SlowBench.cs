using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Noroshi.Server.Smtp;
using Noroshi.Server.Smtp.Protocol;
using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Bench;

/// <summary>What a thousand clients that send a byte now and then cost those who send mails. The hub behind the protocol keeps nothing here.</summary>
internal static class SlowBench
{
    private static readonly byte[] Mail =
    [
        .. "MAIL FROM:<>\r\nRCPT TO:<a@hub.example>\r\nDATA\r\n"u8,
        .. Enumerable.Repeat((byte)'x', 8_000),
        .. "\r\n.\r\n"u8,
    ];

    /// <summary>Measures with and without, in turns, and prints the table.</summary>
    public static async Task RunAsync(int slow)
    {
        var options = new SmtpOptions
        {
            MostConnections = slow + 100,
            MostNewConnectionsPerMinute = 100_000,
            MostTransactions = int.MaxValue,
            MostCommands = int.MaxValue,
        };
        var services = new SmtpServices(options, new Nowhere(), TimeProvider.System, NullLogger<SmtpServices>.Instance);
        using var listener = new SmtpListener(
            services,
            new SmtpEndpoint(static () => null),
            new IPEndPoint(IPAddress.Loopback, 0),
            NullLoggerFactory.Instance
        );
        await listener.StartAsync(CancellationToken.None);
        var hub = listener.Bound ?? new IPEndPoint(0, 0);
        Console.WriteLine("| slow connections | mails | median us | 99 % us | memory MiB |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        Deliver(hub, 2_000);
        for (var round = 0; round < 3; round++)
        {
            Row(0, Deliver(hub, 20_000));
            Row(slow, await UnderAttackAsync(hub, slow));
        }

        await listener.StopAsync(new CancellationToken(canceled: true));
    }

    private static async Task<List<double>> UnderAttackAsync(IPEndPoint hub, int slow)
    {
        var clients = new List<Socket>(slow);
        using var end = new CancellationTokenSource();
        try
        {
            for (var i = 0; i < slow; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                clients.Add(socket);
                socket.Bind(new IPEndPoint(IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.1.{1 + (i % 200)}")), 0));
                await socket.ConnectAsync(hub);
            }

            // Not their coming but their staying is measured.
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);

            // Each sends a byte every ten seconds: a hundred bytes a second together.
            var drip = DripAsync(clients, end.Token);
            var times = Deliver(hub, 20_000);
            await end.CancelAsync();
            await drip;
            return times;
        }
        finally
        {
            clients.ForEach(one => one.Dispose());
        }
    }

    private static async Task DripAsync(List<Socket> clients, CancellationToken end)
    {
        for (var i = 0; !end.IsCancellationRequested; i++)
        {
            clients[i % clients.Count].Send("N"u8);
            await Task.Delay(TimeSpan.FromSeconds(10.0 / clients.Count), CancellationToken.None);
        }
    }

    private static List<double> Deliver(IPEndPoint hub, int mails)
    {
        var times = new List<double>(mails);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(hub);
        var buffer = new byte[4_096];
        Read(socket, buffer, 1);
        socket.Send("HELO x\r\n"u8);
        Read(socket, buffer, 1);
        for (var i = 0; i < mails; i++)
        {
            var start = Stopwatch.GetTimestamp();
            socket.Send(Mail);
            Read(socket, buffer, 4);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return times;
    }

    private static void Read(Socket socket, byte[] buffer, int lines)
    {
        while (lines > 0)
        {
            var length = socket.Receive(buffer);
            lines = length == 0 ? throw new IOException("The server has closed.") : lines - buffer.AsSpan(0, length).Count((byte)'\n');
        }
    }

    private static void Row(int slow, List<double> times)
    {
        times.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {slow} | {times.Count} | {times[times.Count / 2]:F0} | {times[times.Count * 99 / 100]:F0} | {Environment.WorkingSet >> 20} |"
            )
        );
    }

    private sealed class Nowhere : ISmtpReception
    {
        public ValueTask<SmtpAccount?> AuthenticateAsync(SmtpPeer peer, string user, string secret, CancellationToken cancellation) =>
            ValueTask.FromResult<SmtpAccount?>(null);

        public IntakeGrant Resolve(SmtpPeer peer, SmtpPath recipient) => new(GrantKind.Address, "a", "a", null, null);

        public Task<SmtpVerdict> DeliverAsync(SmtpMail mail) => Task.FromResult(SmtpVerdict.Accepted);
    }
}
