using System.Security.Cryptography;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.FileTypes.OfficeCrypto;

/// <summary>
/// Documents of Office under a password (MS-OFFCRYPTO): packages with agile or standard encryption, and binary documents with RC4 or XOR.
/// The entry is the document as it was before; for binary documents an image of the same length without the mark of encryption.
/// </summary>
public sealed class OfficeLockFormat : IContainerFormat, IDocumentLock
{
    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) => bytes.StartsWith(CompoundFile.Signature) && OfficeLocks.IsLocked(bytes);

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password)
    {
        var by = Find(bytes);
        var key = by is { Refusal: null } && password is not null ? TryUnlock(by, password) : null;
        var info = new ContainerInfo
        {
            Format = "office",
            Encrypted = true,
            HeaderEncrypted = key is null,
            Encryption = by?.Encryption,
        };
        return LazyContainer.Create(info, FindingCodes.OfficeCrypto.Broken, findings => Entries(by, key, password, findings));
    }

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => Find(bytes) is { Refusal: null } by ? new OfficeLockProbe(by) : null;

    /// <summary>Unlocks; whatever a cipher thinks of made-up parameters means "no".</summary>
    internal static byte[]? TryUnlock(DocumentLock by, string password)
    {
        try
        {
            return by.Unlock(password);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static DocumentLock? Find(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return OfficeLocks.Find(bytes);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return new ClosedLock("office") { Refusal = FindingCodes.OfficeCrypto.Broken.At(error.GetType().Name) };
        }
    }

    private static IEnumerable<ContainerEntry> Entries(DocumentLock? by, byte[]? key, string? password, List<Finding> findings)
    {
        if (by is null)
        {
            findings.Add(FindingCodes.OfficeCrypto.Broken.At("no encryption found"));
            yield break;
        }

        if (by.Refusal is { } refusal)
        {
            findings.Add(refusal);
        }

        if (key is null)
        {
            yield break;
        }

        if (by.Defaults.Contains(password, StringComparer.Ordinal))
        {
            findings.Add(FindingCodes.OfficeCrypto.DefaultPassword.At(password ?? ""));
        }

        var plain = by.Decrypt(key, findings);
        yield return new ContainerEntry
        {
            Name = "",
            Size = plain.Length,
            Encrypted = true,
            Encryption = by.Encryption,
            Open = () => new ReadOnlyMemoryStream(plain),
        };
    }
}

/// <summary>Key check of a locked document: its verifier, 16 bytes or more but for XOR, whose key and verifier have 31 bits together.</summary>
internal sealed class OfficeLockProbe(DocumentLock by) : IPasswordProbe
{
    /// <inheritdoc/>
    public double CostMilliseconds => by.CostMilliseconds;

    /// <inheritdoc/>
    public bool Conclusive => true;

    /// <inheritdoc/>
    public IReadOnlyList<PasswordCandidate> First { get; } =
    [.. by.Defaults.Select(value => new PasswordCandidate(value, "list", "password that Office tries by itself"))];

    /// <inheritdoc/>
    public bool Check(string password) => OfficeLockFormat.TryUnlock(by, password) is not null;
}
