using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OfficeCrypto;

/// <summary>One way to lock a document (MS-OFFCRYPTO), with everything that was read from the file.</summary>
internal abstract class DocumentLock
{
    /// <summary>Encryption in the contract's words.</summary>
    public abstract string Encryption { get; }

    /// <summary>CPU milliseconds of one try.</summary>
    public abstract double CostMilliseconds { get; }

    /// <summary>Why no password is tried; null when they are.</summary>
    public Finding? Refusal { get; init; }

    /// <summary>Passwords that Office tries by itself on this kind of document.</summary>
    public IReadOnlyList<string> Defaults { get; init; } = [];

    /// <summary>The key, or whatever keys are made of, when the password fits; else null.</summary>
    public abstract byte[]? Unlock(string password);

    /// <summary>The document. <paramref name="findings"/> takes what was noticed.</summary>
    public abstract ReadOnlyMemory<byte> Decrypt(byte[] key, List<Finding> findings);
}

/// <summary>A lock that cannot be opened here.</summary>
internal sealed class ClosedLock(string encryption) : DocumentLock
{
    public override string Encryption => encryption;

    public override double CostMilliseconds => 0;

    public override byte[]? Unlock(string password) => null;

    public override ReadOnlyMemory<byte> Decrypt(byte[] key, List<Finding> findings) => ReadOnlyMemory<byte>.Empty;
}
