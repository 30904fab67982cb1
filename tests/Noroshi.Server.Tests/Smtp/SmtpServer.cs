using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Noroshi.Server.Smtp;
using Noroshi.Server.Smtp.Protocol;
using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Server.Tests.Smtp;

/// <summary>A listener on loopback with a hub that keeps mails in a list.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    public const string Valid = "<abcdefghijklmnopqrstuvwxyz@hub.example>";

    private readonly SmtpListener _listener;

    private SmtpServer(SmtpOptions options, Notebook notebook, bool tls, TimeProvider clock)
    {
        Notebook = notebook;
        Services = new SmtpServices(options, notebook, clock, NullLogger<SmtpServices>.Instance);
        var certificate = tls ? Certificate.Value : null;
        _listener = new SmtpListener(
            Services,
            new SmtpEndpoint(() => certificate),
            new IPEndPoint(IPAddress.Loopback, 0),
            NullLoggerFactory.Instance
        );
    }

    /// <summary>Made once: keys take time.</summary>
    public static Lazy<X509Certificate2> Certificate { get; } = new(MakeCertificate);

    public Notebook Notebook { get; }

    public SmtpServices Services { get; }

    public IPEndPoint Address => _listener.Bound ?? throw new InvalidOperationException("not started");

    public static async Task<SmtpServer> StartAsync(Action<SmtpOptions>? change = null, bool tls = false, TimeProvider? clock = null)
    {
        var options = new SmtpOptions { HostName = "hub.example", IntakeDomain = "hub.example" };
        change?.Invoke(options);
        var server = new SmtpServer(options, new Notebook(), tls, clock ?? TimeProvider.System);
        await server._listener.StartAsync(CancellationToken.None);
        return server;
    }

    public Task<SmtpClient> ConnectAsync(IPAddress? from = null) => SmtpClient.ConnectAsync(Address, from);

    public Task StopAsync(CancellationToken cancellation) => _listener.StopAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _listener.StopAsync(new CancellationToken(canceled: true));
        _listener.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=hub.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("hub.example");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}

/// <summary>Keeps what is delivered.</summary>
internal sealed class Notebook : ISmtpReception
{
    public const string Key = "0123456789abcdefghijABCDEFGHIJ0123456789";

    private readonly List<SmtpMail> _mails = [];
    private readonly Lock _lock = new();

    /// <summary>What the next mails are told.</summary>
    public Func<Task<SmtpVerdict>> Verdict { get; set; } = static () => Task.FromResult(SmtpVerdict.Accepted);

    public IReadOnlyList<SmtpMail> Mails
    {
        get
        {
            lock (_lock)
            {
                return [.. _mails];
            }
        }
    }

    public IReadOnlyList<string> Texts => [.. Mails.Select(mail => Encoding.Latin1.GetString(mail.Content.Span))];

    public ValueTask<SmtpAccount?> AuthenticateAsync(SmtpPeer peer, string user, string secret, CancellationToken cancellation) =>
        ValueTask.FromResult(secret == Key ? new SmtpAccount("key-1", "power-a", null, null) : null);

    public IntakeGrant? Resolve(SmtpPeer peer, SmtpPath recipient) =>
        recipient.Domain == "hub.example" && recipient.Local.StartsWith("abcdefghijklmnopqrstuvwxy", StringComparison.Ordinal)
            ? new IntakeGrant(GrantKind.Address, recipient.Local, "power-a", "inquiries", null)
        : peer.Account is { } account && recipient.Local == "report"
            ? new IntakeGrant(GrantKind.Account, account.Key, "power-a", null, null)
        : null;

    public async Task<SmtpVerdict> DeliverAsync(SmtpMail mail)
    {
        var verdict = await Verdict();
        if (verdict == SmtpVerdict.Accepted)
        {
            lock (_lock)
            {
                // The bytes belong to the connection again when the delivery has ended.
                _mails.Add(mail with { Content = mail.Content.ToArray() });
            }
        }

        return verdict;
    }
}
