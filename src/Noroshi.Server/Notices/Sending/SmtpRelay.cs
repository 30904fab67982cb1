using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Notices.Sending;

/// <summary>Hands mails to the configured relay by SMTP.</summary>
internal sealed class SmtpRelay(NoticeOptions options, IHubStore store) : IMailRelay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(MimeMessage mail, string to, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (options.Relay is not { } host)
        {
            return new SendResult(Sent.NoRelay, "no-relay");
        }

        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(host, options.Port, Security(), cancellation);
            if (options.User is { } user)
            {
                var password = await store.Keys.FindAsync(NoticeOptions.SecretArea, NoticeOptions.SecretName, cancellation);
                if (password is null)
                {
                    return new SendResult(Sent.Later, "no-password");
                }

                await client.AuthenticateAsync(user, Encoding.UTF8.GetString(password), cancellation);
            }

            // The null return path (RFC 3834): what bounces comes back to nobody. The recipient is the address on file and no other.
            await client.SendAsync(mail, new MailboxAddress("", ""), [new MailboxAddress("", to)], cancellation);
            await client.DisconnectAsync(quit: true, cancellation);
            return new SendResult(Sent.Accepted);
        }
        catch (SmtpCommandException refused)
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"smtp-{(int)refused.StatusCode}");
            return new SendResult((int)refused.StatusCode >= 500 ? Sent.Never : Sent.Later, code);
        }
        catch (AuthenticationException)
        {
            return new SendResult(Sent.Later, "authentication");
        }
        catch (Exception error)
            when (error
                    is SmtpProtocolException
                        or SslHandshakeException
                        or NotSupportedException
                        or ServiceNotConnectedException
                        or ServiceNotAuthenticatedException
                        or IOException
                        or SocketException
                        or TimeoutException
            )
        {
            return new SendResult(Sent.Later, error is SslHandshakeException or NotSupportedException ? "tls" : "connection");
        }
    }

    private SecureSocketOptions Security() =>
        !options.RequireTls ? SecureSocketOptions.StartTlsWhenAvailable
        : options.Port == 465 ? SecureSocketOptions.SslOnConnect
        : SecureSocketOptions.StartTls;
}
