using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>Files and files inside them by SHA-256.</summary>
internal sealed class FileHashes : IEvidenceSource
{
    /// <summary>Shorter files are separators, empty parts and one-word notes that everybody sends.</summary>
    private const int ShortestFile = 64;

    /// <inheritdoc/>
    public EvidenceFamily Family => EvidenceFamily.FileHash;

    /// <summary>Whether a file can do harm by itself or is what an attacker wants opened.</summary>
    public static bool IsPayload(FileFacts file) =>
        file.Size >= ShortestFile
        && (
            file.Type is FileType.Executable or FileType.Shortcut or FileType.Script
            || file.Type is FileType.Office or FileType.Justsystems or FileType.Pdf or FileType.Html && IsActive(file)
        );

    /// <inheritdoc/>
    public IEnumerable<Feature> Of(ProvidedMail mail, MailContext context)
    {
        foreach (var file in mail.AllFiles())
        {
            if (file is { Sha256: { } hash, Size: >= ShortestFile } && KindOf(file) is { } kind)
            {
                yield return new Feature(EvidenceFamily.FileHash, kind, hash);
            }
        }
    }

    private static string? KindOf(FileFacts file) =>
        file.Type switch
        {
            _ when IsPayload(file) => "payload",
            FileType.Archive or FileType.DiskImage or FileType.EncryptedUnopened => "archive",
            FileType.Image => "image",
            FileType.Mail => null,
            FileType.Other when file.Format is "text" or "vcard" or "calendar" or "unknown" => null,
            _ => "file",
        };

    private static bool IsActive(FileFacts file) =>
        file.Findings.Any(finding => finding.Severity == MailAnatomy.Findings.Severity.Suspicious)
        || file.Traits.Any(trait => trait.Name is "macros" or "externalTarget" or "commandLine");
}
