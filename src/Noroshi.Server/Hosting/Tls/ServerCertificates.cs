using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Hosting.Tls;

/// <summary>
/// The certificate that HTTP and SMTP serve with: PEM files, read again when they change, or the local authority's, renewed in time. A bad file never
/// replaces a good certificate; it shows on the health page.
/// </summary>
internal sealed class ServerCertificates(HubSettings settings, IHubStore store, TimeProvider time, ILoggerFactory logs) : BackgroundService
{
    /// <summary>Name of the file in the data folder with the local authority's certificate.</summary>
    public const string AuthorityFile = "ca.pem";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private readonly ILogger _logger = logs.CreateLogger("Noroshi.Tls");
    private readonly LocalAuthority _authority = new(store.Keys, time);
    private (DateTime Certificate, DateTime Key) _read;
    private DateTimeOffset _renewed;

    /// <summary>What to serve with; null before <see cref="LoadAsync"/> and when nothing is served under TLS.</summary>
    public X509Certificate2? Current { get; private set; }

    /// <summary>The same with its intermediate certificates.</summary>
    public SslStreamCertificateContext? Chain { get; private set; }

    /// <summary>SHA-256 fingerprint of the local authority; null when certificate files are in use.</summary>
    public string? AuthorityFingerprint { get; private set; }

    /// <summary>What is wrong with the files; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>SHA-256 fingerprint, as printed.</summary>
    public static string Fingerprint(X509Certificate2 certificate) =>
        certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();

    /// <summary>Reads or makes the certificate.</summary>
    /// <exception cref="Options.SettingsException">The files cannot be used and there is none that served before.</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        if (settings.Options.Tls is { Certificate: { } file, Key: { } key })
        {
            try
            {
                LoadFiles(file, key);
            }
            catch (Exception error)
                when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new Options.SettingsException([
                    new Options.OptionProblem(
                        "Tls:Certificate",
                        $"Tls:Certificate、Tls:Key: {file} と {key} を証明書と鍵として読めません({error.Message})。PEM形式で、鍵が証明書に合うことを確かめてください。",
                        $"Tls:Certificate, Tls:Key: {file} and {key} cannot be read as a certificate and its key ({error.Message}). Check that they are PEM and belong together."
                    ),
                ]);
            }

            return;
        }

        await RenewAsync(cancellation);
    }

    /// <summary>Looks whether files changed or the certificate ends soon.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        if (Current is null)
        {
            return;
        }

        try
        {
            if (settings.Options.Tls is { Certificate: { } file, Key: { } key })
            {
                if (Written(file, key) != _read)
                {
                    LoadFiles(file, key);
                }
            }
            else if (time.GetUtcNow() - _renewed > TimeSpan.FromHours(1))
            {
                await RenewAsync(cancellation);
            }

            Problem = null;
        }
        catch (Exception error)
            when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException or StorageException)
        {
            if (Problem is null)
            {
                _logger.BadCertificate(error.GetType().Name);
            }

            Problem = error.GetType().Name;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private static (DateTime Certificate, DateTime Key) Written(string file, string key) =>
        (File.GetLastWriteTimeUtc(file), File.GetLastWriteTimeUtc(key));

    private void LoadFiles(string file, string key)
    {
        var read = Written(file, key);
        using var pem = X509Certificate2.CreateFromPemFile(file, key);
        // The old one stays usable for handshakes under way; the collector takes it.
        var whole = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
        var others = new X509Certificate2Collection();
        others.ImportFromPemFile(file);
        Chain = SslStreamCertificateContext.Create(whole, others, offline: true);
        Current = whole;
        _read = read;
        _logger.Certificate(Fingerprint(Current), new DateTimeOffset(Current.NotAfter.ToUniversalTime()));
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        var made = await _authority.ServerAsync(Names(), cancellation);
        using var authority = await _authority.AuthorityAsync(cancellation);
        AuthorityFingerprint = Fingerprint(authority);
        _renewed = time.GetUtcNow();
        if (Current?.Thumbprint == made.Thumbprint)
        {
            made.Dispose();
            return;
        }

        Chain = SslStreamCertificateContext.Create(made, [], offline: true);
        Current = made;
        // Not a secret: whoever wants to trust the hub copies it (curl --cacert, noroshi submit --ca).
        await File.WriteAllTextAsync(
            Path.Combine(settings.DataFolder, AuthorityFile),
            authority.ExportCertificatePem() + "\n",
            cancellation
        );
        _logger.Certificate(Fingerprint(made), new DateTimeOffset(made.NotAfter.ToUniversalTime()));
    }

    private List<string> Names()
    {
        var bound = ListenAddress
            .Read(settings)
            .Select(one => one.Point.Address)
            .Where(one => !one.Equals(IPAddress.Any) && !one.Equals(IPAddress.IPv6Any))
            .Select(one => one.ToString());
        var ascii = new IdnMapping();
        return
        [
            .. new[] { "localhost", "127.0.0.1", "::1", Environment.MachineName.ToLowerInvariant() }
                .Concat(bound)
                .Concat(settings.Options.Tls.Names.Select(name => IPAddress.TryParse(name, out _) ? name : ascii.GetAscii(name)))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }
}
