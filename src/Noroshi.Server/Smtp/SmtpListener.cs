using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Noroshi.Server.Smtp.Protocol;

namespace Noroshi.Server.Smtp;

/// <summary>
/// Listens on one endpoint, on Kestrel's transport but beside its server: an endpoint that is added to that one in code would make it forget
/// the addresses it was told to listen on. Stopping lets mails that are on their way end.
/// </summary>
internal sealed class SmtpListener(SmtpServices services, SmtpEndpoint endpoint, IPEndPoint at, ILoggerFactory logs) : IDisposable
{
    /// <summary>Bytes read ahead of a connection: a thousand of them must not hold a gigabyte.</summary>
    private const int ReadAhead = 128 * 1024;

    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<ConnectionContext> _open = [];
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConnectionListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where it listens; after the start.</summary>
    public IPEndPoint? Bound { get; private set; }

    /// <summary>Begins to listen.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions { MaxReadBufferSize = ReadAhead, MaxWriteBufferSize = ReadAhead }),
            logs
        );
        _listener = await transport.BindAsync(at, cancellationToken);
        Bound = (IPEndPoint)_listener.EndPoint;
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Takes no more, lets what is under way end, and cuts the rest off when the host has no more patience.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is null)
        {
            return;
        }

        await _listener.UnbindAsync(cancellationToken);
        await _accepting;
        await _stopping.CancelAsync();
        lock (_lock)
        {
            if (_open.Count == 0)
            {
                _empty.TrySetResult();
            }
        }

        try
        {
            await _empty.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Abort();
        }

        await _listener.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private void Abort()
    {
        ConnectionContext[] left;
        lock (_lock)
        {
            left = [.. _open];
        }

        foreach (var connection in left)
        {
            connection.Abort(new ConnectionAbortedException("the server has stopped"));
        }
    }

    private async Task AcceptAsync(IConnectionListener listener)
    {
        while (await listener.AcceptAsync() is { } connection)
        {
            lock (_lock)
            {
                _open.Add(connection);
            }

            _ = Task.Run(() => HandleAsync(connection));
        }
    }

    private async Task HandleAsync(ConnectionContext connection)
    {
        try
        {
            await TalkAsync(connection);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The other end is gone.
        }
        catch (Exception error)
        {
            SmtpLog.SessionFailed(services.Log, error.GetType().Name);
        }
        finally
        {
            await connection.DisposeAsync();
            lock (_lock)
            {
                _open.Remove(connection);
                if (_open.Count == 0 && _stopping.IsCancellationRequested)
                {
                    _empty.TrySetResult();
                }
            }
        }
    }

    private async Task TalkAsync(ConnectionContext connection)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        using var place = services.Gate.Enter(address);
        await using var wire = new SmtpWire(connection.Transport, services.Options, services.Clock, _stopping.Token);
        if (place is null)
        {
            SmtpLog.TurnedAway(services.Log, services.Gate.Connections);
            if (!endpoint.ImplicitTls)
            {
                wire.Write(SmtpReplies.TooManyConnections);
            }

            return;
        }

        using var session = new SmtpSession(services, endpoint, wire, address);
        await session.RunAsync();
    }
}
