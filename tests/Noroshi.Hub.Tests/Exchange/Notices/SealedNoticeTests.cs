using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;
using Noroshi.Exchange.Notices;
using Noroshi.Hub.Tests.Exchange.Misp;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Notices;

public sealed class SealedNoticeTests
{
    private const string Address = "csirt@member.example";

    // Apart, so that no line of this file looks like a key to those who search the repository for one.
    private const string Dashes = "-----";
    private static readonly DateTimeOffset Now = SampleItems.At;

    [Fact]
    public void A_certificate_seals_a_notice_that_only_its_owner_opens()
    {
        using var owner = Certificate(Address);
        var key = NoticeKey.Read(owner.ExportCertificatePem(), Address, Now);
        key.Problem.ShouldBe(KeyProblem.None);
        var mail = ShareNotice.Whole(SampleItems.First, ShareNoticeTests.Envelope);

        SealedNotice.Seal(mail, key);

        var sealedPart = ShareNoticeTests.Read(mail).Body.ShouldBeAssignableTo<MimePart>().ShouldNotBeNull();
        sealedPart.ContentType.MimeType.ShouldBe("application/pkcs7-mime");
        Encoding.Latin1.GetString(ShareNotice.Bytes(mail)).ShouldNotContain("asker");
        var bytes = Content(sealedPart);
        var envelope = new EnvelopedCms();
        envelope.Decode(bytes);
        envelope.ContentEncryptionAlgorithm.Oid.Value.ShouldBe("2.16.840.1.101.3.4.1.42");
        envelope.Decrypt([owner]);
        var opened = MimeEntity
            .Load(new MemoryStream(envelope.ContentInfo.Content), TestContext.Current.CancellationToken)
            .ShouldBeOfType<Multipart>();
        opened.OfType<TextPart>().First().Text.ShouldContain("製品への問い合わせを装います。");
    }

    [Fact]
    public void An_OpenPGP_key_seals_a_notice_that_only_its_owner_opens()
    {
        var ring = Ring(Address);
        var key = NoticeKey.Read(Armoured(ring.GeneratePublicKeyRing()), Address, Now);
        key.Problem.ShouldBe(KeyProblem.None);
        var mail = ShareNotice.Whole(SampleItems.First, ShareNoticeTests.Envelope);

        SealedNotice.Seal(mail, key);

        var whole = ShareNoticeTests.Read(mail).Body.ShouldBeAssignableTo<Multipart>().ShouldNotBeNull();
        whole.ContentType.Parameters["protocol"].ShouldBe("application/pgp-encrypted");
        var opened = MimeEntity.Load(
            new MemoryStream(Opened(Content((MimePart)whole[1]), ring.GenerateSecretKeyRing())),
            TestContext.Current.CancellationToken
        );
        ((Multipart)opened).OfType<TextPart>().First().Text.ShouldContain("製品への問い合わせを装います。");
    }

    [Fact]
    public void Keys_that_are_not_good_say_why()
    {
        using var good = Certificate(Address);
        using var signing = Certificate(Address, usage: X509KeyUsageFlags.DigitalSignature);
        using var weak = Certificate(Address, bits: 1_024);

        Problem(good.ExportCertificatePem(), "other@member.example").ShouldBe(KeyProblem.OtherAddress);
        Problem(good.ExportCertificatePem(), now: Now.AddYears(3)).ShouldBe(KeyProblem.Expired);
        Problem(good.ExportCertificatePem(), now: Now.AddYears(-3)).ShouldBe(KeyProblem.NotYetValid);
        Problem(signing.ExportCertificatePem()).ShouldBe(KeyProblem.NotForEncryption);
        Problem(weak.ExportCertificatePem()).ShouldBe(KeyProblem.TooWeak);
        Problem("-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----").ShouldBe(KeyProblem.Unreadable);
        Problem("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nbm9uZQ==\n-----END PGP PUBLIC KEY BLOCK-----").ShouldBe(KeyProblem.Unreadable);
        Problem("nothing").ShouldBe(KeyProblem.Unreadable);
        Problem(new string('x', 200_000)).ShouldBe(KeyProblem.Unreadable);
        Problem($"{Dashes}BEGIN PRIVATE KEY{Dashes}").ShouldBe(KeyProblem.Private);
        Problem(Armoured(Ring("else@member.example").GeneratePublicKeyRing())).ShouldBe(KeyProblem.OtherAddress);
        Problem(Armoured(Ring(Address, lasts: TimeSpan.FromDays(1)).GeneratePublicKeyRing()), now: Now.AddDays(30))
            .ShouldBe(KeyProblem.Expired);
        Problem(Armoured(Ring(Address, encrypts: false).GeneratePublicKeyRing())).ShouldBe(KeyProblem.NotForEncryption);
    }

    [Fact]
    public void Nothing_is_sealed_with_a_key_that_is_not_good()
    {
        var mail = ShareNotice.Whole(SampleItems.First, ShareNoticeTests.Envelope);

        Should.Throw<ArgumentException>(() => SealedNotice.Seal(mail, NoticeKey.Read("nothing", Address, Now)));
    }

    private static KeyProblem Problem(string text, string address = Address, DateTimeOffset? now = null) =>
        NoticeKey.Read(text, address, now ?? Now).Problem;

    private static byte[] Content(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content.ShouldNotBeNull().DecodeTo(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }

    private static X509Certificate2 Certificate(
        string address,
        int bits = 2_048,
        X509KeyUsageFlags usage = X509KeyUsageFlags.KeyEncipherment
    )
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=CSIRT", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress(address);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }

    private static PgpKeyRingGenerator Ring(string address, TimeSpan? lasts = null, bool encrypts = true)
    {
        var flags = new PgpSignatureSubpacketGenerator();
        flags.SetKeyFlags(false, PgpKeyFlags.CanCertify | PgpKeyFlags.CanSign);
        flags.SetKeyExpirationTime(false, (long)(lasts?.TotalSeconds ?? 0));
        var generator = new PgpKeyRingGenerator(
            PgpSignature.PositiveCertification,
            Pair(),
            $"CSIRT <{address}>",
            SymmetricKeyAlgorithmTag.Aes256,
            Array.Empty<char>(),
            true,
            flags.Generate(),
            null,
            new SecureRandom()
        );
        if (encrypts)
        {
            var forMail = new PgpSignatureSubpacketGenerator();
            forMail.SetKeyFlags(false, PgpKeyFlags.CanEncryptCommunications);
            generator.AddSubKey(Pair(), forMail.Generate(), null);
        }

        return generator;
    }

    private static PgpKeyPair Pair()
    {
        var rsa = new RsaKeyPairGenerator();
        rsa.Init(new RsaKeyGenerationParameters(BigInteger.ValueOf(0x10001), new SecureRandom(), 2_048, 25));
        return new PgpKeyPair(PublicKeyAlgorithmTag.RsaGeneral, rsa.GenerateKeyPair(), Now.AddDays(-7).UtcDateTime);
    }

    private static string Armoured(PgpPublicKeyRing ring)
    {
        using var bytes = new MemoryStream();
        using (var armour = new ArmoredOutputStream(bytes))
        {
            ring.Encode(armour);
        }

        return Encoding.ASCII.GetString(bytes.ToArray());
    }

    private static byte[] Opened(byte[] message, PgpSecretKeyRing ring)
    {
        using var armour = PgpUtilities.GetDecoderStream(new MemoryStream(message));
        var list = (PgpEncryptedDataList)new PgpObjectFactory(armour).NextPgpObject();
        var data = (PgpPublicKeyEncryptedData)list[0];
        var secret = ring.GetSecretKey(data.KeyId).ShouldNotBeNull();
        using var clear = data.GetDataStream(secret.ExtractPrivateKey(Array.Empty<char>()));
        var literal = (PgpLiteralData)new PgpObjectFactory(clear).NextPgpObject();
        using var bytes = new MemoryStream();
        literal.GetInputStream().CopyTo(bytes);
        data.Verify().ShouldBeTrue();
        return bytes.ToArray();
    }
}
