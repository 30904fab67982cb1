using System.Net;
using Noroshi.Server.Hosting;
using Noroshi.Server.Smtp.Protocol;
using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Server.Smtp;

/// <summary>Starts and stops the mail intake with the hub, when the settings name an endpoint for it.</summary>
internal sealed class SmtpHost(
    HubSettings settings,
    IntakeAddresses addresses,
    SmtpServices services,
    SmtpEndpoint endpoint,
    ILoggerFactory logs
) : IHostedService, IDisposable
{
    private SmtpListener? _listener;

    /// <summary>Where mail is taken; null when nowhere.</summary>
    public IPEndPoint? Bound => _listener?.Bound;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await addresses.OpenAsync(cancellationToken);
        if (settings.Smtp is not { } text)
        {
            return;
        }

        var problems = services.Options.Problems();
        if (problems.Count > 0 || !IPEndPoint.TryParse(text, out var at))
        {
            throw new InvalidOperationException(
                problems.Count > 0
                    ? $"SMTP settings: {string.Join("; ", problems)}."
                    : $"SMTP: '{text}' is no address and port (127.0.0.1:2525, [::]:25)."
            );
        }

        _listener = new SmtpListener(services, endpoint, at, logs);
        await _listener.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _listener?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _listener?.Dispose();
}
