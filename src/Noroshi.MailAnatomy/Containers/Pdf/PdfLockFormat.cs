using System.Security.Cryptography;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>PDF that needs a password (ISO 32000-1, 7.6). Files that open with the empty password are no containers.</summary>
internal sealed class PdfLockFormat : IContainerFormat, IDocumentLock
{
    /// <inheritdoc/>
    public int Priority => 90;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, 1024)];
        return start.IndexOf("%PDF-"u8) >= 0
            && bytes.IndexOf("/Encrypt"u8) >= 0
            && LockOf(bytes.ToArray()) is { } by
            && !OpensForAll(by.Lock);
    }

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password)
    {
        var (file, by) = LockOf(bytes) is { } found ? found : (null, null);
        var info = new ContainerInfo
        {
            Format = "pdf",
            Encrypted = true,
            HeaderEncrypted = true,
            Encryption = by?.Name ?? "pdf",
        };
        if (file is null || by is null || password is null || PdfSecurity.Open(by, password) is not { } key)
        {
            return new OpenedContainer(info, []);
        }

        return new OpenedContainer(
            info,
            [
                new ContainerEntry
                {
                    Name = "",
                    Encrypted = true,
                    Encryption = by.Name,
                    Open = () => new MemoryStream(PdfWriter.Decrypted(file, by, key), writable: false),
                },
            ]
        );
    }

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => LockOf(bytes) is { } found ? new PdfProbe(found.Lock) : null;

    /// <summary>The file and its lock; null when it has none of the standard handler.</summary>
    internal static (PdfFile File, PdfLock Lock)? LockOf(ReadOnlyMemory<byte> bytes)
    {
        var file = PdfFile.Read(bytes);
        return PdfLock.Of(file) is { } by ? (file, by) : null;
    }

    /// <summary>Whether readers open the file without asking: its user password is empty.</summary>
    internal static bool OpensForAll(PdfLock by) => KeyForAll(by) is not null;

    /// <summary>The key when the user password is empty.</summary>
    internal static byte[]? KeyForAll(PdfLock by)
    {
        try
        {
            return PdfSecurity.Open(by, "");
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
