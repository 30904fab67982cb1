using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Security;

namespace Noroshi.Exchange.Notices;

/// <summary>
/// Encrypts a notice for one receiver: S/MIME (RFC 8551, AES-256) or OpenPGP (RFC 3156). Encryption only; nothing is signed, since a signature under a
/// certificate of the hub's machine would say no more than the relay's own.
/// </summary>
public static class SealedNotice
{
    /// <summary>Replaces the body by its encryption.</summary>
    /// <param name="mail">A whole notice.</param>
    /// <param name="key">A key without a problem.</param>
    /// <exception cref="ArgumentException">The key has a problem.</exception>
    public static void Seal(MimeMessage mail, NoticeKey key)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(key);
        var body = mail.Body ?? throw new ArgumentException("The mail has no body.", nameof(mail));
        if (key is { Problem: KeyProblem.None, Certificate: { } certificate })
        {
            using var context = new TemporarySecureMimeContext();
            var recipient = new CmsRecipient(certificate) { EncryptionAlgorithms = [EncryptionAlgorithm.Aes256] };
            mail.Body = ApplicationPkcs7Mime.Encrypt(context, new CmsRecipientCollection { recipient }, body);
        }
        else if (key is { Problem: KeyProblem.None, Key: { } openPgp })
        {
            mail.Body = OfOpenPgp(body, openPgp);
        }
        else
        {
            throw new ArgumentException($"The key cannot be used: {key.Problem}.", nameof(key));
        }
    }

    private static Multipart OfOpenPgp(MimeEntity body, PgpPublicKey key)
    {
        using var plain = new MemoryStream();
        body.WriteTo(ShareNotice.Format, plain);
        var control = new MimePart("application", "pgp-encrypted") { Content = Content("Version: 1\r\n"u8.ToArray()) };
        var data = new MimePart("application", "octet-stream")
        {
            FileName = "encrypted.asc",
            Content = Content(Encrypted(plain.ToArray(), key)),
        };
        var whole = new Multipart("encrypted") { control, data };
        whole.ContentType.Parameters.Add("protocol", "application/pgp-encrypted");
        return whole;
    }

    private static MimeContent Content(byte[] bytes) => new(new MemoryStream(bytes, writable: false));

    private static byte[] Encrypted(byte[] plain, PgpPublicKey key)
    {
        using var literal = new MemoryStream();
        using (var inside = new PgpLiteralDataGenerator().Open(literal, PgpLiteralData.Binary, "", plain.Length, DateTime.UnixEpoch))
        {
            inside.Write(plain);
        }

        using var result = new MemoryStream();
        using (var armour = new ArmoredOutputStream(result, addVersionHeader: false))
        {
            var generator = new PgpEncryptedDataGenerator(SymmetricKeyAlgorithmTag.Aes256, withIntegrityPacket: true, new SecureRandom());
            generator.AddMethod(key);
            using var sealing = generator.Open(armour, literal.Length);
            literal.WriteTo(sealing);
        }

        return result.ToArray();
    }
}
