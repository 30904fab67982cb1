using Org.BouncyCastle.Bcpg.OpenPgp;

namespace Noroshi.Exchange.Notices;

/// <summary>What an OpenPGP key says of itself (RFC 9580 section 5.2.3), as far as its owner's own signature carries it.</summary>
internal static class OpenPgpChecks
{
    private const int EncryptsCommunication = 0x04;
    private const int EncryptsStorage = 0x08;

    /// <summary>Whether its time is over.</summary>
    public static bool HasExpired(PgpPublicKey key, DateTimeOffset now)
    {
        var seconds = key.GetValidSeconds();
        return seconds > 0 && new DateTimeOffset(key.CreationTime, TimeSpan.Zero).AddSeconds(seconds) < now;
    }

    /// <summary>Whether it is made for encryption, and signed as such by the key's owner.</summary>
    public static bool IsForEncryption(PgpPublicKey key, PgpPublicKey master)
    {
        if (!key.IsEncryptionKey)
        {
            return false;
        }

        var signatures = key.IsMasterKey ? OwnSignatures(master) : Bindings(key, master);
        return signatures.Any(one =>
            one.GetHashedSubPackets()?.GetKeyFlags() is not { } flags
            || flags == 0
            || (flags & (EncryptsCommunication | EncryptsStorage)) != 0
        );
    }

    private static IEnumerable<PgpSignature> OwnSignatures(PgpPublicKey master) =>
        from id in master.GetUserIds()
        from one in master.GetSignaturesForId(id)
        where one.KeyId == master.KeyId && IsValid(one, master, () => one.VerifyCertification(id, master))
        select one;

    private static IEnumerable<PgpSignature> Bindings(PgpPublicKey key, PgpPublicKey master) =>
        key.GetSignatures()
            .Where(one =>
                one.SignatureType == PgpSignature.SubkeyBinding
                && one.KeyId == master.KeyId
                && IsValid(one, master, () => one.VerifyCertification(master, key))
            );

    private static bool IsValid(PgpSignature signature, PgpPublicKey master, Func<bool> verify)
    {
        try
        {
            signature.InitVerify(master);
            return verify();
        }
        catch (PgpException)
        {
            return false;
        }
    }
}
