using System.Text;
using MimeKit.Cryptography;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.X509;

namespace Noroshi.Exchange.Notices;

/// <summary>What is wrong with a receiver's key.</summary>
public enum KeyProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is neither a PEM certificate nor an ASCII-armoured OpenPGP public key.</summary>
    Unreadable,

    /// <summary>It has expired.</summary>
    Expired,

    /// <summary>It is not valid yet.</summary>
    NotYetValid,

    /// <summary>It was revoked by its owner.</summary>
    Revoked,

    /// <summary>It is not made for encryption.</summary>
    NotForEncryption,

    /// <summary>It is too weak: RSA below 2,048 bits.</summary>
    TooWeak,

    /// <summary>It is a private key; nobody should have sent it.</summary>
    Private,

    /// <summary>It belongs to other addresses.</summary>
    OtherAddress,
}

/// <summary>A receiver's S/MIME certificate or OpenPGP key, read and checked anew for each mail: what was good at registration expires.</summary>
public sealed class NoticeKey
{
    private const int LongestText = 100_000;
    private const int LeastBits = 2_048;

    private NoticeKey(X509Certificate? certificate, PgpPublicKey? key, KeyProblem problem) =>
        (Certificate, Key, Problem) = (certificate, key, problem);

    /// <summary>What is wrong; with anything but <see cref="KeyProblem.None"/> nothing is encrypted with it.</summary>
    public KeyProblem Problem { get; }

    /// <summary>The certificate.</summary>
    internal X509Certificate? Certificate { get; }

    /// <summary>The key for encryption.</summary>
    internal PgpPublicKey? Key { get; }

    /// <summary>Reads a key.</summary>
    /// <param name="text">PEM certificate or ASCII-armoured OpenPGP public key.</param>
    /// <param name="address">Address that it is to serve.</param>
    /// <param name="now">Time by which it has to be valid.</param>
    public static NoticeKey Read(string text, string address, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(address);
        if (text.Length > LongestText)
        {
            return Bad(KeyProblem.Unreadable);
        }

        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return Bad(KeyProblem.Private);
        }

        try
        {
            return text.Contains("BEGIN PGP PUBLIC KEY BLOCK", StringComparison.Ordinal) ? OfOpenPgp(text, address, now)
                : text.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal) ? OfCertificate(text, address, now)
                : Bad(KeyProblem.Unreadable);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The reader throws whatever it stumbles over; a stranger's key is no reason to stop.
            return Bad(KeyProblem.Unreadable);
        }
    }

    private static NoticeKey Bad(KeyProblem problem) => new(null, null, problem);

    private static NoticeKey OfCertificate(string text, string address, DateTimeOffset now)
    {
        var certificate = new X509CertificateParser().ReadCertificate(Encoding.ASCII.GetBytes(text));
        if (certificate is null)
        {
            return Bad(KeyProblem.Unreadable);
        }

        var usage = certificate.GetKeyUsage();
        var names = certificate.GetSubjectAlternativeNameExtension()?.GetNames() ?? [];
        IEnumerable<string?> addresses =
        [
            certificate.GetSubjectEmailAddress(),
            .. names.Where(one => one.TagNo == GeneralName.Rfc822Name).Select(one => one.Name.ToString()),
        ];
        var problem =
            now.UtcDateTime > certificate.NotAfter ? KeyProblem.Expired
            : now.UtcDateTime < certificate.NotBefore ? KeyProblem.NotYetValid
            // Key usage (RFC 8550 section 4.4.2): 2 is keyEncipherment, 4 keyAgreement; absent, anything goes.
            : usage is not null && !usage[2] && !usage[4] ? KeyProblem.NotForEncryption
            : certificate.GetPublicKey() is RsaKeyParameters rsa && rsa.Modulus.BitLength < LeastBits ? KeyProblem.TooWeak
            : IsFor(addresses, address) ? KeyProblem.None
            : KeyProblem.OtherAddress;
        return new NoticeKey(certificate, null, problem);
    }

    private static NoticeKey OfOpenPgp(string text, string address, DateTimeOffset now)
    {
        using var armour = PgpUtilities.GetDecoderStream(new MemoryStream(Encoding.ASCII.GetBytes(text), writable: false));
        var ring = new PgpPublicKeyRingBundle(armour).GetKeyRings().FirstOrDefault();
        if (ring is null)
        {
            return Bad(KeyProblem.Unreadable);
        }

        var master = ring.GetPublicKey();
        if (master.HasRevocation())
        {
            return Bad(KeyProblem.Revoked);
        }

        if (!IsFor([.. master.GetUserIds()], address))
        {
            return Bad(KeyProblem.OtherAddress);
        }

        if (OpenPgpChecks.HasExpired(master, now))
        {
            return Bad(KeyProblem.Expired);
        }

        var usable = ring.GetPublicKeys().Where(key => OpenPgpChecks.IsForEncryption(key, master)).ToList();
        var living = usable.Where(key => !key.HasRevocation() && !OpenPgpChecks.HasExpired(key, now)).ToList();
        var strong = living.Find(key => key.GetKey() is not RsaKeyParameters rsa || rsa.Modulus.BitLength >= LeastBits);
        return new NoticeKey(
            null,
            strong,
            usable.Count == 0 ? KeyProblem.NotForEncryption
                : living.Count == 0 ? KeyProblem.Expired
                : strong is null ? KeyProblem.TooWeak
                : KeyProblem.None
        );
    }

    /// <summary>Whether one of the names is the address; a key that names none is nobody's.</summary>
    private static bool IsFor(IEnumerable<string?> names, string address) =>
        names
            .OfType<string>()
            .Any(name =>
                name.Trim().Equals(address, StringComparison.OrdinalIgnoreCase)
                || name.TrimEnd().EndsWith($"<{address}>", StringComparison.OrdinalIgnoreCase)
            );
}
