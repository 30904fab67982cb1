using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.MailAnatomy.FileTypes.Similarity;

/// <summary>Gives files that attackers make again and again a digest by which variants are found.</summary>
internal static class SimilarityTrait
{
    /// <summary>Larger files get none: the digest costs some 10 milliseconds per MiB.</summary>
    private const int MaxBytes = 4 << 20;

    /// <summary>Adds the digest to programs, documents, shortcuts and scripts.</summary>
    public static void Add(ReadOnlySpan<byte> bytes, FileType type, FileInspection inspection)
    {
        if (
            bytes.Length is >= Tlsh.MinBytes and <= MaxBytes
            && type
                is FileType.Executable
                    or FileType.Office
                    or FileType.Justsystems
                    or FileType.Pdf
                    or FileType.Shortcut
                    or FileType.Script
            && Tlsh.Of(bytes) is { } digest
        )
        {
            inspection.Traits.Add(TraitKinds.Common.Tlsh.Of(digest, "file"));
        }
    }
}
