using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Hosting.Tls;

/// <summary>
/// The hub's own certificate authority: made at the first start, for a hub without certificate files. Its key is sealed by the master key and
/// never leaves the store; whoever wants to trust it compares the printed fingerprint.
/// </summary>
internal sealed class LocalAuthority(IKeyStore keys, TimeProvider time)
{
    private const string Area = "tls";
    private const int DaysOfServer = 90;
    private const int RenewedBefore = 30;
    private const int YearsOfAuthority = 10;

    /// <summary>The CA's certificate, without its key.</summary>
    public async Task<X509Certificate2> AuthorityAsync(CancellationToken cancellation)
    {
        using var whole = await WholeAuthorityAsync(cancellation);
        return X509CertificateLoader.LoadCertificate(whole.RawData);
    }

    /// <summary>The certificate to serve with: the stored one while it lasts and says the names, else a new one.</summary>
    public async Task<X509Certificate2> ServerAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var asked = Encoding.UTF8.GetBytes(string.Join('\n', names));
        var stored = await keys.FindAsync(Area, "server", cancellation);
        if (
            stored is not null
            && await keys.FindAsync(Area, "server-names", cancellation) is { } said
            && asked.AsSpan().SequenceEqual(said)
            && Open(stored) is var certificate
        )
        {
            if (certificate.NotAfter.ToUniversalTime() > time.GetUtcNow().AddDays(RenewedBefore).UtcDateTime)
            {
                return certificate;
            }

            certificate.Dispose();
        }

        using var authority = await WholeAuthorityAsync(cancellation);
        var made = Issue(authority, names);
        await keys.PutAsync(Area, "server", made.Export(X509ContentType.Pkcs12), cancellation);
        await keys.PutAsync(Area, "server-names", asked, cancellation);
        return made;
    }

    private static X509Certificate2 Open(byte[] stored) =>
        X509CertificateLoader.LoadPkcs12(stored, password: null, X509KeyStorageFlags.Exportable);

    private async Task<X509Certificate2> WholeAuthorityAsync(CancellationToken cancellation)
    {
        if (await keys.FindAsync(Area, "authority", cancellation) is { } stored && Open(stored) is var known)
        {
            // Old enough that a server certificate would outlive it: a new one, which has to be trusted anew.
            if (known.NotAfter.ToUniversalTime() > time.GetUtcNow().AddDays(DaysOfServer).UtcDateTime)
            {
                return known;
            }

            known.Dispose();
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Noroshi local CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(YearsOfAuthority));
        await keys.PutAsync(Area, "authority", made.Export(X509ContentType.Pkcs12), cancellation);
        return made;
    }

    private X509Certificate2 Issue(X509Certificate2 authority, IReadOnlyList<string> names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Noroshi", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var now = time.GetUtcNow();
        using var bare = request.Create(authority, now.AddDays(-1), now.AddDays(DaysOfServer), RandomNumberGenerator.GetBytes(16));
        using var whole = bare.CopyWithPrivateKey(key);
        return Open(whole.Export(X509ContentType.Pkcs12));
    }
}
