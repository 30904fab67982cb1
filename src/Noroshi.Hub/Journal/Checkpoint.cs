using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Hub.Journal;

/// <summary>
/// A signed statement of size and root of the journal, in the shape of a transparency log's checkpoint (C2SP tlog-checkpoint): lines of text, an
/// empty line, a signature (ECDSA P-256 over SHA-256, DER).
/// </summary>
public sealed record Checkpoint
{
    private const string SignatureMark = "— noroshi ";

    /// <summary>Which journal: <c>noroshi/</c> and the store's id.</summary>
    public required string Origin { get; init; }

    /// <summary>Records.</summary>
    public required long Size { get; init; }

    /// <summary>Root of the tree over them.</summary>
    public required string RootHash { get; init; }

    /// <summary>When it was signed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Base64 of the signature.</summary>
    public required string Signature { get; init; }

    /// <summary>Signs size and root.</summary>
    public static Checkpoint Sign(ECDsa key, string origin, long size, ReadOnlySpan<byte> root, DateTimeOffset at)
    {
        var unsigned = new Checkpoint
        {
            Origin = origin,
            Size = size,
            RootHash = Convert.ToBase64String(root),
            At = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()),
            Signature = "",
        };
        var signature = key.SignData(
            Encoding.UTF8.GetBytes(unsigned.Body()),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return unsigned with { Signature = Convert.ToBase64String(signature) };
    }

    /// <summary>Whether the signature is of that key (SubjectPublicKeyInfo).</summary>
    public bool IsSignedBy(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> signature = stackalloc byte[128];
        if (!Convert.TryFromBase64String(Signature, signature, out var length))
        {
            return false;
        }

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return key.VerifyData(
            Encoding.UTF8.GetBytes(Body()),
            signature[..length],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
    }

    /// <summary>The checkpoint as it is stored and sent.</summary>
    public string ToText() => $"{Body()}\n{SignatureMark}{Signature}\n";

    /// <summary>Reads what <see cref="ToText"/> wrote; the signature is not looked at.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(text);
        checkpoint = null;
        var lines = text.Split('\n');
        if (
            lines.Length != 7
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || !lines[3].StartsWith("time ", StringComparison.Ordinal)
            || !long.TryParse(lines[3].AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            || time > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            || lines[4].Length > 0
            || !lines[5].StartsWith(SignatureMark, StringComparison.Ordinal)
            || lines[6].Length > 0
        )
        {
            return false;
        }

        var read = new Checkpoint
        {
            Origin = lines[0],
            Size = size,
            RootHash = lines[2],
            At = DateTimeOffset.FromUnixTimeMilliseconds(time),
            Signature = lines[5][SignatureMark.Length..],
        };
        // One text for one checkpoint: no leading zeros.
        checkpoint = read.ToText() == text ? read : null;
        return checkpoint is not null;
    }

    private string Body() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{RootHash}\ntime {At.ToUnixTimeMilliseconds()}\n");
}
