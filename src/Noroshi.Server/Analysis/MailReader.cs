using System.Security.Cryptography;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Messages;

namespace Noroshi.Server.Analysis;

/// <summary>Bytes to send to the worker, with the name they get in results.</summary>
/// <param name="File">Name in results.</param>
/// <param name="Bytes">Bytes; null when they could not be read.</param>
/// <param name="Kind">What to take them for.</param>
/// <param name="Provenance">What is known of them.</param>
/// <param name="Findings">What was noticed while reading.</param>
/// <param name="Sha256">Digest of the whole input when <paramref name="Bytes"/> is only its beginning.</param>
internal sealed record Piece(
    string File,
    ReadOnlyMemory<byte>? Bytes,
    InputKind Kind,
    Provenance Provenance,
    IReadOnlyList<Finding> Findings,
    string? Sha256 = null);

/// <summary>Reads inputs piece by piece: an mbox is split by its From_ lines while it streams, everything else goes to the worker whole.</summary>
internal static class MailReader
{
    /// <summary>Largest input that goes to the worker whole: 64 MiB. Of a larger one the beginning goes, and the digest covers all of it.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>Pieces of an input in their order.</summary>
    /// <param name="input">The input.</param>
    /// <param name="member">The one piece to read again (<c>box.mbox!17</c>); null for all.</param>
    public static IEnumerable<Piece> Read(Input input, string? member = null)
    {
        var provenance = input.Provenance;
        if (Path.GetExtension(input.FullPath).Equals(".mbox", StringComparison.OrdinalIgnoreCase))
        {
            return ReadMbox(input, member);
        }

        // A .eml gives an entry however broken it is; of anything else the content decides.
        var isMail = Path.GetExtension(input.FullPath).Equals(".eml", StringComparison.OrdinalIgnoreCase);
        var kind = isMail ? InputKind.Mail : InputKind.Auto;
        return [ReadWhole(input.FullPath, provenance, kind)];
    }

    private static Piece ReadWhole(string path, Provenance provenance, InputKind kind)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length <= MaxBytes)
            {
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return new Piece(provenance.File, bytes, kind, provenance, []);
            }

            var start = new byte[MaxBytes];
            stream.ReadExactly(start);
            stream.Position = 0;
            var digest = Convert.ToHexStringLower(SHA256.HashData(stream));
            return new Piece(provenance.File, start, kind, provenance, [FindingCodes.Limits.FileSize.At($"{stream.Length} bytes")], digest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Piece(provenance.File, null, kind, provenance, [FindingCodes.Run.Unread.At(error.Message)]);
        }
    }

    private static IEnumerable<Piece> ReadMbox(Input input, string? member)
    {
        var (stream, problem) = TryOpen(input.FullPath);
        if (stream is null)
        {
            yield return new Piece(input.Provenance.File, null, InputKind.Mail, input.Provenance, [FindingCodes.Run.Unread.At(problem)]);
            yield break;
        }

        using (stream)
        {
            var number = 0;
            foreach (var message in MboxReader.Read(stream, MaxBytes))
            {
                number++;
                var file = $"{input.Provenance.File}!{number}";
                if (member is null || string.Equals(file, member, StringComparison.Ordinal))
                {
                    IReadOnlyList<Finding> findings = message.Truncated ? [FindingCodes.Limits.FileSize.At(file)] : [];
                    yield return new Piece(file, message.Raw, InputKind.Mail, input.Provenance, findings);
                }
            }
        }
    }

    private static (FileStream? Stream, string Problem) TryOpen(string path)
    {
        try
        {
            return (File.OpenRead(path), "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, error.Message);
        }
    }
}
