using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Messages;

namespace Noroshi.Server.Analysis;

/// <summary>Digests of a whole input of which only the beginning goes to the worker; lower-case hex.</summary>
internal sealed record WholeInput(long Size, string Sha256, string Sha1, string Md5);

/// <summary>Bytes to send to the worker, with the name they get in results.</summary>
/// <param name="File">Name in results.</param>
/// <param name="Bytes">Bytes; null when they could not be read.</param>
/// <param name="Kind">What to take them for.</param>
/// <param name="Provenance">What is known of them.</param>
/// <param name="Findings">What was noticed while reading.</param>
/// <param name="Whole">Digests of the whole input when <paramref name="Bytes"/> is only its beginning.</param>
internal sealed record Piece(
    string File,
    ReadOnlyMemory<byte>? Bytes,
    InputKind Kind,
    Provenance Provenance,
    IReadOnlyList<Finding> Findings,
    WholeInput? Whole = null
);

/// <summary>Reads inputs piece by piece: an mbox is split by its From_ lines while it streams, everything else goes to the worker whole.</summary>
internal static class MailReader
{
    /// <summary>Largest input that goes to the worker whole: 64 MiB. Of a larger one the beginning goes, and the digest covers all of it.</summary>
    public const int MaxBytes = 64 << 20;

    private const int HeadBytes = 4_096;

    /// <summary>Pieces of an input in their order.</summary>
    /// <param name="input">The input.</param>
    /// <param name="member">The one piece to read again (<c>box.mbox!17</c>); null for all.</param>
    /// <param name="cancellation">Ends the reading of an input that is large.</param>
    public static IEnumerable<Piece> Read(Input input, string? member = null, CancellationToken cancellation = default)
    {
        if (FileKinds.WhyNot(input.FullPath, pipes: input.Named) is { } reason)
        {
            return [Unread(input.Provenance, reason)];
        }

        var extension = Path.GetExtension(input.FullPath);
        var isMail = extension.Equals(".eml", StringComparison.OrdinalIgnoreCase);
        if (extension.Equals(".mbox", StringComparison.OrdinalIgnoreCase) || (!isMail && IsMbox(input.FullPath)))
        {
            return Box(input, member);
        }

        // A .eml gives an entry however broken it is; of anything else the content decides.
        var piece = ReadWhole(input, isMail ? InputKind.Mail : InputKind.Auto, cancellation);
        return isMail && piece.Bytes is { } bytes && HoldsSeveral(bytes) ? Box(input, member, FindingCodes.Run.SeveralMails) : [piece];
    }

    /// <summary>Pieces of bytes that were handed in, by the same rules as those of a file of that name.</summary>
    /// <param name="bytes">The bytes; they do not change any more.</param>
    /// <param name="provenance">What is known of them; the name decides what they are taken for.</param>
    /// <param name="isMail">Whether they are a mail whatever their name is.</param>
    public static IEnumerable<Piece> Read(ReadOnlyMemory<byte> bytes, Provenance provenance, bool isMail)
    {
        var extension = Path.GetExtension(provenance.File);
        isMail |= extension.Equals(".eml", StringComparison.OrdinalIgnoreCase);
        if (
            extension.Equals(".mbox", StringComparison.OrdinalIgnoreCase)
            || (!isMail && MboxReader.LooksLikeMbox(bytes.Span[..Math.Min(bytes.Length, HeadBytes)]))
        )
        {
            return Box(bytes, provenance, notice: null);
        }

        if (isMail && HoldsSeveral(bytes))
        {
            return Box(bytes, provenance, FindingCodes.Run.SeveralMails);
        }

        var kind = isMail ? InputKind.Mail : InputKind.Auto;
        if (bytes.Length <= MaxBytes)
        {
            return [new Piece(provenance.File, bytes, kind, provenance, [])];
        }

        using var rest = StreamOf(bytes[MaxBytes..]);
        var whole = Rest(rest, bytes.Span[..MaxBytes], CancellationToken.None);
        return
        [
            new Piece(
                provenance.File,
                bytes[..MaxBytes],
                kind,
                provenance,
                [FindingCodes.Limits.FileSize.At($"{bytes.Length} bytes")],
                whole
            ),
        ];
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) && array.Array is { } whole
            ? new MemoryStream(whole, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    private static Piece ReadWhole(Input input, InputKind kind, CancellationToken cancellation)
    {
        var provenance = input.Provenance;
        try
        {
            using var stream = Open(input.FullPath);
            var buffer = new byte[stream.CanSeek ? Math.Min(stream.Length, MaxBytes) : MaxBytes];
            var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var bytes = buffer.AsMemory(0, count);
            return Rest(stream, bytes.Span, cancellation) is { } whole
                ? new Piece(provenance.File, bytes, kind, provenance, [FindingCodes.Limits.FileSize.At($"{whole.Size} bytes")], whole)
                : new Piece(provenance.File, bytes, kind, provenance, []);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Unread(provenance, error.Message);
        }
    }

    /// <summary>Digests over the beginning and what follows it; null when nothing follows.</summary>
    private static WholeInput? Rest(Stream stream, ReadOnlySpan<byte> beginning, CancellationToken cancellation)
    {
        var next = stream.ReadByte();
        if (next < 0)
        {
            return null;
        }

        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        IncrementalHash[] all = [sha256, sha1, md5];
        long size = beginning.Length;
        foreach (var hash in all)
        {
            hash.AppendData(beginning);
            hash.AppendData([(byte)next]);
        }

        size++;
        var buffer = new byte[1 << 17];
        for (int count; (count = stream.Read(buffer)) > 0; size += count)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var hash in all)
            {
                hash.AppendData(buffer.AsSpan(0, count));
            }
        }

        string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
        return new WholeInput(size, Hex(sha256), Hex(sha1), Hex(md5));
    }

    private static IEnumerable<Piece> Box(Input input, string? member, FindingCode? notice = null)
    {
        var number = 0;
        foreach (var (message, problem) in Messages(input.FullPath))
        {
            if (message is null)
            {
                yield return Unread(input.Provenance, problem);
                yield break;
            }

            number++;
            var piece = OfBox(message, number, input.Provenance, notice);
            if (member is null || string.Equals(piece.File, member, StringComparison.Ordinal))
            {
                yield return piece;
            }
        }
    }

    private static IEnumerable<Piece> Box(ReadOnlyMemory<byte> bytes, Provenance provenance, FindingCode? notice)
    {
        using var stream = StreamOf(bytes);
        var number = 0;
        foreach (var message in MboxReader.Read(stream, MaxBytes))
        {
            number++;
            yield return OfBox(message, number, provenance, notice);
        }
    }

    private static Piece OfBox(MboxMessage message, int number, Provenance provenance, FindingCode? notice)
    {
        var file = $"{provenance.File}!{number}";
        var findings = new List<Finding>();
        if (message.Truncated)
        {
            findings.Add(FindingCodes.Limits.FileSize.At(file));
        }

        if (notice is not null)
        {
            findings.Add(notice.At(provenance.File));
        }

        return new Piece(file, message.Raw, InputKind.Mail, provenance, findings);
    }

    /// <summary>Messages of a box; the last one is null with a reason when the file system stopped the reading.</summary>
    private static IEnumerable<(MboxMessage? Message, string Problem)> Messages(string path)
    {
        var (stream, problem) = TryOpen(path);
        if (stream is null)
        {
            yield return (null, problem);
            yield break;
        }

        using (stream)
        {
            using var messages = MboxReader.Read(stream, MaxBytes).GetEnumerator();
            while (Next(messages, out problem))
            {
                yield return (messages.Current, "");
            }

            if (problem.Length > 0)
            {
                yield return (null, problem);
            }
        }
    }

    private static bool Next(IEnumerator<MboxMessage> messages, out string problem)
    {
        try
        {
            problem = "";
            return messages.MoveNext();
        }
        catch (IOException error)
        {
            problem = error.Message;
            return false;
        }
    }

    private static bool IsMbox(string path)
    {
        // What cannot be wound back is opened once only: whoever writes into a pipe takes the end of its reader for the end of all.
        if (FileKinds.WhyNot(path, pipes: false) is not null)
        {
            return false;
        }

        var (stream, _) = TryOpen(path);
        using (stream)
        {
            if (stream is not { CanSeek: true })
            {
                return false;
            }

            try
            {
                var head = new byte[HeadBytes];
                return MboxReader.LooksLikeMbox(head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
            }
            catch (IOException)
            {
                // The reading proper meets the same fault and reports it.
                return false;
            }
        }
    }

    /// <summary>
    /// Whether a .eml is a whole mbox. Mails quote each other: only a From_ line with a header field right behind it begins another mail.
    /// </summary>
    private static bool HoldsSeveral(ReadOnlyMemory<byte> bytes)
    {
        // The first search is what nearly every mail is decided by: a box of one mail is that mail.
        if (bytes.Span.IndexOf("\nFrom "u8) < 0 || !MboxReader.LooksLikeMbox(bytes.Span))
        {
            return false;
        }

        using var stream = StreamOf(bytes);
        var messages = MboxReader.Read(stream, HeadBytes).Take(1_000).ToList();
        return messages.Count > 1 && messages.TrueForAll(message => StartsWithField(message.Raw.Span));
    }

    private static bool StartsWithField(ReadOnlySpan<byte> raw)
    {
        var colon = raw.IndexOf((byte)':');
        return colon is > 0 and < 77 && raw[..colon].IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0;
    }

    private static Piece Unread(Provenance provenance, string reason)
    {
        // Such a name comes from a ZIP of Windows in Japan; it cannot be asked for by its decoded form.
        var detail = provenance.File.Contains('\uFFFD', StringComparison.Ordinal)
            ? $"the file name is not UTF-8, rename the file: {reason}"
            : reason;
        return new Piece(provenance.File, null, InputKind.Mail, provenance, [FindingCodes.Run.Unread.At(detail)]);
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);

    private static (FileStream? Stream, string Problem) TryOpen(string path)
    {
        try
        {
            return (Open(path), "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return (null, error.Message);
        }
    }
}
