using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Noroshi.Server.Tests.Smtp;

/// <summary>A client that says exactly the bytes it is told to say.</summary>
internal sealed class SmtpClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _tcp;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Stream _stream;
    private int _from;
    private int _to;

    private SmtpClient(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
    }

    public static async Task<SmtpClient> ConnectAsync(IPEndPoint to, IPAddress? from = null)
    {
        var tcp = new TcpClient(new IPEndPoint(from ?? IPAddress.Loopback, 0)) { NoDelay = true };
        await tcp.ConnectAsync(to);
        return new SmtpClient(tcp);
    }

    /// <summary>Sends bytes as they are (Latin-1).</summary>
    public async Task RawAsync(string bytes)
    {
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(bytes));
        await _stream.FlushAsync();
    }

    public async Task RawAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes);
        await _stream.FlushAsync();
    }

    /// <summary>Sends a line and reads the answer to it.</summary>
    public async Task<string> SayAsync(string line)
    {
        await RawAsync(line + "\r\n");
        return await AnswerAsync();
    }

    /// <summary>One answer, all its lines; empty when the server has closed.</summary>
    public async Task<string> AnswerAsync()
    {
        var text = new StringBuilder();
        while (await LineAsync() is { } line)
        {
            text.Append(line).Append('\n');
            if (line.Length < 4 || line[3] != '-')
            {
                break;
            }
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>Everything until the server closes.</summary>
    public async Task<string> RestAsync()
    {
        var text = new StringBuilder();
        while (await LineAsync() is { } line)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>Greeting, EHLO.</summary>
    public async Task<string> GreetAsync()
    {
        await AnswerAsync();
        return await SayAsync("EHLO client.example");
    }

    /// <summary>Greeting, EHLO, MAIL, RCPT.</summary>
    public async Task<string> BeginAsync(string recipient = SmtpServer.Valid)
    {
        await GreetAsync();
        await SayAsync("MAIL FROM:<sender@power-a.example>");
        return await SayAsync($"RCPT TO:{recipient}");
    }

    /// <summary>A whole mail after BeginAsync.</summary>
    public async Task<string> DataAsync(string body)
    {
        await SayAsync("DATA");
        await RawAsync(body);
        return await AnswerAsync();
    }

    public async Task TlsAsync()
    {
        var tls = new SslStream(
            _stream,
            leaveInnerStreamOpen: false,
            (_, certificate, _, _) => certificate?.GetCertHashString() == SmtpServer.Certificate.Value.GetCertHashString()
        );
        await tls.AuthenticateAsClientAsync("hub.example");
        _stream = tls;
    }

    /// <summary>Ends the sending side; the answers can still be read.</summary>
    public void EndSending() => _tcp.Client.Shutdown(SocketShutdown.Send);

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    private async Task<string?> LineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            while (_from < _to)
            {
                var value = (char)_buffer[_from++];
                if (value == '\n')
                {
                    return line.ToString().TrimEnd('\r');
                }

                line.Append(value);
            }

            try
            {
                using var patience = new CancellationTokenSource(Patience);
                (_from, _to) = (0, await _stream.ReadAsync(_buffer, patience.Token));
            }
            catch (IOException)
            {
                return null;
            }

            if (_to == 0)
            {
                return line.Length > 0 ? line.ToString() : null;
            }
        }
    }
}
