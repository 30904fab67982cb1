using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Noroshi.Server.Smtp.Protocol;

namespace Noroshi.Server.Smtp;

/// <summary>Takes Kestrel's connections to the protocol.</summary>
internal sealed class SmtpConnectionHandler(SmtpServices services)
{
    /// <summary>Talks with one client until the end.</summary>
    public async Task HandleAsync(ConnectionContext connection, SmtpEndpoint endpoint)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        using var place = services.Gate.Enter(address);
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        await using var wire = new SmtpWire(connection.Transport, services.Options, services.Clock, stopping);
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
        try
        {
            await session.RunAsync();
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The other end is gone.
        }
        catch (Exception error)
        {
            SmtpLog.SessionFailed(services.Log, error.GetType().Name);
        }
    }
}
