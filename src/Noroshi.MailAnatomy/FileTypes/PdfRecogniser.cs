using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Pdf;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>PDF (ISO 32000-1): readers accept the header anywhere in the first 1,024 bytes, and attackers know it.</summary>
internal sealed class PdfRecogniser : IFileTypeRecogniser
{
    private const int Window = 1024;
    private static readonly FileTypeMatch Document = new(FileType.Pdf, "pdf", ["pdf", "fdf", "ai"]);

    /// <inheritdoc/>
    public int Priority => 110;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        var at = HeaderAt(bytes);
        if (at < 0 || (at > 0 && !IsBody(bytes[at..])))
        {
            return null;
        }

        // Mail and pages may quote a whole document in clear; what comes first is what they are.
        if (at > 0 && (MailText.LooksLikeMail(bytes) || MarkupRecogniser.IsHtml(bytes[..at])))
        {
            return null;
        }

        // An archive that stores a document without compression has its header near the beginning too.
        if (at > 0 && ContainerFormats.BeginsWith(bytes))
        {
            return null;
        }

        var version = Encoding.ASCII.GetString(bytes.Slice(at + 5, 3));
        var match = Document with { FormatVersion = version };
        return IsEncrypted(bytes) ? WithLock(match, bytes) : match;
    }

    /// <inheritdoc/>
    public void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        Polyglots.Add(bytes.Span, match, inspection);
        PdfInspector.Inspect(bytes, inspection);
    }

    /// <summary>What opens with the empty password is open to every reader.</summary>
    private static FileTypeMatch WithLock(FileTypeMatch match, ReadOnlySpan<byte> bytes)
    {
        var found = PdfLockFormat.LockOf(bytes.ToArray());
        return found is { Lock: var by } && PdfLockFormat.OpensForAll(by)
            ? match
            : match with
            {
                Encrypted = true,
                Encryption = found?.Lock.Name ?? "pdf",
            };
    }

    /// <summary>Offset of <c>%PDF-n.n</c> within the first 1,024 bytes; -1 when there is none.</summary>
    internal static int HeaderAt(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, Window)];
        var at = start.IndexOf("%PDF-"u8);
        return
            at >= 0
            && at + 8 <= start.Length
            && char.IsAsciiDigit((char)start[at + 5])
            && start[at + 6] == '.'
            && char.IsAsciiDigit((char)start[at + 7])
            ? at
            : -1;
    }

    private static bool IsBody(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf(" obj"u8) >= 0 && (bytes.IndexOf("endobj"u8) >= 0 || bytes.IndexOf("%%EOF"u8) >= 0);

    /// <summary>The trailer or the dictionary of a cross-reference stream refers to the encryption dictionary by <c>/Encrypt n n R</c>.</summary>
    private static bool IsEncrypted(ReadOnlySpan<byte> bytes)
    {
        var name = "/Encrypt"u8;
        for (var from = 0; from < bytes.Length; )
        {
            var at = bytes[from..].IndexOf(name);
            if (at < 0)
            {
                return false;
            }

            from += at + name.Length;
            var rest = bytes[from..];
            rest = rest[..Math.Min(rest.Length, 32)];
            // Not /EncryptMetadata; the value is a reference or a dictionary in place.
            var value = rest.TrimStart(" \r\n\t\0\f"u8);
            if (value.StartsWith("<<"u8) || (value.Length < rest.Length && value.Length > 0 && char.IsAsciiDigit((char)value[0])))
            {
                return true;
            }
        }

        return false;
    }
}
