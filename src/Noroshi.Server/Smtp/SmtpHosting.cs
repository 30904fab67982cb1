using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noroshi.Server.Smtp.Protocol;
using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Server.Smtp;

/// <summary>How the host takes the mail intake in.</summary>
internal static class SmtpHosting
{
    /// <summary>Bytes that the transport reads ahead of a connection: a thousand idle ones must not hold a gigabyte.</summary>
    private const int ReadAhead = 256 * 1024;

    /// <summary>Registers the listener. An <see cref="ISmtpReception"/> and a <see cref="TimeProvider"/> must be registered, too.</summary>
    public static IServiceCollection AddSmtp(this IServiceCollection services, Action<SmtpOptions>? configure = null)
    {
        var options = services.AddOptions<SmtpOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddSingleton<IValidateOptions<SmtpOptions>, Validation>();
        options.ValidateOnStart();
        services.Configure<SocketTransportOptions>(transport => transport.MaxReadBufferSize = ReadAhead);
        services.AddSingleton(provider => new SmtpServices(
            provider.GetRequiredService<IOptions<SmtpOptions>>().Value,
            provider.GetRequiredService<ISmtpReception>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SmtpServices>>()
        ));
        return services.AddSingleton<SmtpConnectionHandler>();
    }

    /// <summary>Listens. The certificate is asked for at each handshake, so a new one is used without a restart.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="at">Address and port; port 0 takes a free one.</param>
    /// <param name="certificate">The certificate of the moment, with its private key; null offers no TLS.</param>
    /// <param name="implicitTls">TLS from the first byte (port 465).</param>
    public static void UseSmtp(this KestrelServerOptions kestrel, IPEndPoint at, Func<X509Certificate2?> certificate, bool implicitTls = false)
    {
        var endpoint = new SmtpEndpoint(certificate, implicitTls);
        kestrel.Listen(
            at,
            listen =>
            {
                var handler = listen.ApplicationServices.GetRequiredService<SmtpConnectionHandler>();
                listen.Run(connection => handler.HandleAsync(connection, endpoint));
            }
        );
    }

    private sealed class Validation : IValidateOptions<SmtpOptions>
    {
        public ValidateOptionsResult Validate(string? name, SmtpOptions options) =>
            options.Problems() is { Count: > 0 } problems
                ? ValidateOptionsResult.Fail(problems.Select(problem => $"Smtp: {problem}"))
                : ValidateOptionsResult.Success;
    }
}
