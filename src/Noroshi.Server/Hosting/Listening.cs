using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Hosting.Tls;

namespace Noroshi.Server.Hosting;

/// <summary>Where something else than HTTP listens: printed with the addresses of HTTP when the hub runs.</summary>
/// <param name="Name">Name in the line of addresses: <c>smtp</c>.</param>
/// <param name="Text">The address once it is bound; null: it does not listen.</param>
internal sealed record BoundAddress(string Name, Func<string?> Text);

/// <summary>One address to listen on.</summary>
internal sealed record ListenAddress(bool Tls, IPEndPoint Point)
{
    /// <summary>Reads the setting and refuses what would send credentials over a network in the clear.</summary>
    /// <exception cref="SettingsException">Not an address, or plain HTTP on a network.</exception>
    public static IReadOnlyList<ListenAddress> Read(HubSettings settings)
    {
        var options = settings.Options;
        var addresses = settings
            .Url.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(One)
            .ToList();
        if (addresses.Count == 0)
        {
            throw Refused(settings.Url);
        }

        if ((options.Tls.Certificate is null) != (options.Tls.Key is null))
        {
            throw new SettingsException([
                new OptionProblem(
                    "Tls:Key",
                    "Tls:Certificate(--tls-cert)と Tls:Key(--tls-key)は必ず両方を指定してください。",
                    "Tls:Certificate (--tls-cert) and Tls:Key (--tls-key) are given together or not at all."
                ),
            ]);
        }

        // A certificate without an address for it: the usual port beside the plain one.
        if (options.Tls.Certificate is not null && !addresses.Any(one => one.Tls))
        {
            var plain = addresses[0].Point;
            addresses.Add(new ListenAddress(Tls: true, new IPEndPoint(plain.Address, plain.Port == 0 ? 0 : 8443)));
        }

        if (
            addresses.FirstOrDefault(one => !one.Tls && !IPAddress.IsLoopback(one.Point.Address)) is { } open
            && options.Http.Proxies.Count == 0
        )
        {
            throw new SettingsException([
                new OptionProblem(
                    "Http:Url",
                    $"Http:Url(--url): {open.Point} で平文のHTTPは使えません。https:// にする(証明書がなければ自前の認証局が発行します)か、ループバックにするか、前段のプロキシを Http:Proxies に書いてください。",
                    $"Http:Url (--url): plain HTTP is not served on {open.Point}. Use https:// (the hub's own CA issues a certificate when there is none), an address of loopback, or list the proxies in front in Http:Proxies."
                ),
            ]);
        }

        return addresses;
    }

    private static ListenAddress One(string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.PathAndQuery is not ("/" or "")
            || uri.UserInfo.Length > 0
        )
        {
            throw Refused(text);
        }

        var address =
            uri.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(uri.DnsSafeHost, out var parsed) ? parsed
            : throw Refused(text);
        return new ListenAddress(uri.Scheme == "https", new IPEndPoint(address, uri.Port));
    }

    private static SettingsException Refused(string text) =>
        new([
            new OptionProblem(
                "Http:Url",
                $"Http:Url(--url): 「{text}」は待ち受けるアドレスとして使えません。http:// または https:// とIPアドレス(または localhost)とポートで書いてください(例 http://127.0.0.1:8080、https://0.0.0.0:8443)。",
                $"Http:Url (--url): '{text}' is no address to listen on. Write http:// or https://, an IP address (or localhost) and a port: http://127.0.0.1:8080, https://0.0.0.0:8443."
            ),
        ]);
}

/// <summary>Tells the web server where to listen and what to put up with.</summary>
internal static class Listening
{
    /// <summary>Tells Kestrel.</summary>
    public static void Configure(IWebHostBuilder host, IReadOnlyList<ListenAddress> addresses, HubOptions options) =>
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowSynchronousIO = false;
            var limits = kestrel.Limits;
            limits.MaxRequestBodySize = 1024 * 1024;
            limits.MaxRequestHeadersTotalSize = 32 * 1024;
            limits.MaxRequestHeaderCount = 64;
            limits.MaxRequestLineSize = 8 * 1024;
            limits.MaxConcurrentConnections = options.Http.MostConnections;
            limits.MaxConcurrentUpgradedConnections = 0;
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
            limits.MinRequestBodyDataRate = new MinDataRate(options.Http.SlowestRate, TimeSpan.FromSeconds(5));
            limits.MinResponseDataRate = new MinDataRate(options.Http.SlowestRate, TimeSpan.FromSeconds(10));
            limits.Http2.MaxStreamsPerConnection = 50;
            foreach (var address in addresses)
            {
                kestrel.Listen(
                    address.Point,
                    listen =>
                    {
                        if (!address.Tls)
                        {
                            listen.Protocols = HttpProtocols.Http1;
                            return;
                        }

                        listen.Protocols = HttpProtocols.Http1AndHttp2;
                        var certificates = kestrel.ApplicationServices.GetRequiredService<ServerCertificates>();
                        listen.UseHttps(
                            new TlsHandshakeCallbackOptions
                            {
                                OnConnection = _ =>
                                    ValueTask.FromResult(
                                        new SslServerAuthenticationOptions
                                        {
                                            ServerCertificateContext = certificates.Chain,
                                            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                                        }
                                    ),
                            }
                        );
                    }
                );
            }
        });
}
