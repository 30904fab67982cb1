using System.Security.Cryptography;

namespace Noroshi.MailAnatomy.Files;

/// <summary>The three digests by which others know a file, lower-case hex. MD5 and SHA-1 are indicators, not protection.</summary>
internal sealed record Hashes(string Sha256, string Sha1, string Md5)
{
    /// <summary>Digests of the bytes.</summary>
    public static Hashes Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        var sha256 = Convert.ToHexStringLower(digest);
        SHA1.HashData(bytes, digest);
        var sha1 = Convert.ToHexStringLower(digest[..SHA1.HashSizeInBytes]);
        MD5.HashData(bytes, digest);
        return new Hashes(sha256, sha1, Convert.ToHexStringLower(digest[..MD5.HashSizeInBytes]));
    }

    /// <summary>SHA-256 alone.</summary>
    public static string Sha256Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return Convert.ToHexStringLower(digest);
    }
}

/// <summary>Computes the digests of a stream that is too large to keep.</summary>
internal sealed class StreamingHashes : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        _sha1.AppendData(bytes);
        _md5.AppendData(bytes);
    }

    public Hashes Finish() =>
        new(
            Convert.ToHexStringLower(_sha256.GetHashAndReset()),
            Convert.ToHexStringLower(_sha1.GetHashAndReset()),
            Convert.ToHexStringLower(_md5.GetHashAndReset())
        );

    public void Dispose()
    {
        _sha256.Dispose();
        _sha1.Dispose();
        _md5.Dispose();
    }
}
