using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Hosting.Tls;
using Noroshi.Server.Tests.Cli;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_files_the_hub_serves_with_a_certificate_of_its_own_CA_that_stays_over_a_restart()
    {
        string? first;
        await using (var hub = await StartAsync(null))
        {
            first = hub.Get<ServerCertificates>().AuthorityFingerprint;
            (await SeenAsync(hub, Path.Combine(hub.Data, ServerCertificates.AuthorityFile))).ShouldNotBeNull();
        }

        await using var again = await StartAsync(null);
        again.Get<ServerCertificates>().AuthorityFingerprint.ShouldBe(first);
        first.ShouldNotBeNull().Length.ShouldBe(64);
    }

    [Fact]
    public async Task The_key_of_the_CA_is_nowhere_in_the_clear()
    {
        await using (await StartAsync(null)) { }

        foreach (var file in Directory.EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            bytes.AsSpan().IndexOf("PRIVATE KEY"u8).ShouldBe(-1, file);
            // The object id of an elliptic curve key in PKCS#8: the same bytes stand in every certificate, so only outside of ca.pem.
            bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task Certificate_files_are_read_again_and_a_bad_one_never_replaces_a_good_one()
    {
        var first = Write("first.example");
        await using var hub = await StartAsync(new TlsOptions { Certificate = _folder["c.pem"], Key = _folder["k.pem"] });
        var certificates = hub.Get<ServerCertificates>();
        (await SeenAsync(hub, null)).ShouldBe(first);

        File.WriteAllText(_folder["c.pem"], "-----BEGIN CERTIFICATE-----\nbroken\n");
        await certificates.LookAsync(TestContext.Current.CancellationToken);
        certificates.Problem.ShouldNotBeNull();
        (await SeenAsync(hub, null)).ShouldBe(first);

        var second = Write("second.example");
        await certificates.LookAsync(TestContext.Current.CancellationToken);
        certificates.Problem.ShouldBeNull();
        (await SeenAsync(hub, null)).ShouldBe(second);
    }

    [Fact]
    public async Task Certificate_files_that_cannot_be_used_at_the_start_are_an_error_of_the_settings()
    {
        File.WriteAllText(_folder["c.pem"], "none");
        File.WriteAllText(_folder["k.pem"], "none");
        var error = await Should.ThrowAsync<SettingsException>(() =>
            StartAsync(new TlsOptions { Certificate = _folder["c.pem"], Key = _folder["k.pem"] })
        );
        error.Problems[0].Key.ShouldBe("Tls:Certificate");
    }

    private Task<TestHub> StartAsync(TlsOptions? tls) =>
        TestHub.StartAsync(
            _folder.Root,
            change: settings =>
                settings with
                {
                    Url = "https://127.0.0.1:0",
                    Options = settings.Options with { Tls = tls ?? new TlsOptions() },
                }
        );

    /// <summary>Hash of the certificate that a client sees; with a CA, it has to be valid under that alone.</summary>
    private static async Task<string?> SeenAsync(TestHub hub, string? authority)
    {
        string? seen = null;
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            seen = certificate?.GetCertHashString(HashAlgorithmName.SHA256);
            return authority is null || errors == SslPolicyErrors.None;
        };
        if (authority is not null)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPemFile(authority);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(hub.Address, "/health/live"), TestContext.Current.CancellationToken);
        answer.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
        return seen;
    }

    private string Write(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var from = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(from, from.AddYears(100));
        File.WriteAllText(_folder["c.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_folder["k.pem"], key.ExportPkcs8PrivateKeyPem());
        // Two writes within the clock's grain have to differ.
        File.SetLastWriteTimeUtc(_folder["c.pem"], from.UtcDateTime.AddDays(Random.Shared.Next(1, 10_000)));
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }
}
