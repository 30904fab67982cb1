using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>
/// Calls targets of webhooks. A name is resolved once for each call, every address that it has is looked at, and the connection goes to one of the
/// addresses that were looked at: a name that changes its mind in between leads nowhere else. No redirects, no proxy, no cookies; of the
/// answer only the status is taken.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly IReadOnlyList<IPNetwork> _inner;
    private readonly HttpMessageInvoker _http;

    /// <summary>Creates a client.</summary>
    public WebhookClient(DeliveryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _inner = options.Networks();
        _http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                MaxResponseHeadersLength = 16,
                PooledConnectionLifetime = TimeSpan.Zero,
                ConnectTimeout = Patience,
                ConnectCallback = ConnectAsync,
            }
        );
    }

    /// <summary>Posts a body; null when it was taken (2xx), else a code of the reason.</summary>
    public async Task<string?> PostAsync(
        Uri url,
        ReadOnlyMemory<byte> body,
        IReadOnlyDictionary<string, string> headers,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(headers);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode ? null : $"http-{(int)response.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "timeout";
        }
        catch (HttpRequestException error)
        {
            return error.InnerException is UnauthorizedAccessException ? "address"
                : error.InnerException is AuthenticationException ? "tls"
                : "connection";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        var isPlain = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttp;
        if (addresses.Length == 0 || addresses.Any(one => !WebhookAddresses.MayBeCalled(one, _inner, isPlain)))
        {
            throw new UnauthorizedAccessException("An address of the target is not to be called.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Which addresses a webhook may go to.</summary>
internal static class WebhookAddresses
{
    /// <summary>Ranges that lead into somebody's inside, or nowhere (IANA special-purpose registries).</summary>
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/3",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/32",
            "2002::/16",
            "fc00::/7",
            "fe80::/9",
            "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>Whether an address may be called: an inner one when it is listed, an outer one by TLS.</summary>
    public static bool MayBeCalled(IPAddress address, IReadOnlyList<IPNetwork> inner, bool isPlain)
    {
        ArgumentNullException.ThrowIfNull(address);
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return inner.Any(network => network.Contains(real)) || (!isPlain && !Array.Exists(Special, network => network.Contains(real)));
    }
}
