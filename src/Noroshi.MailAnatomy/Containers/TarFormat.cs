using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>TAR: v7, ustar, pax, GNU.</summary>
public sealed class TarFormat : IContainerFormat
{
    /// <inheritdoc/>
    public int Priority => 300;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) => TarWalker.IsHeader(bytes) || IsEmpty(bytes);

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password)
    {
        var findings = new List<Finding>();
        var records = TarWalker.Read(bytes.Span, findings);
        var magic = bytes.Length < 265 ? default : bytes.Span.Slice(257, 8);
        var info = new ContainerInfo
        {
            Format = "tar",
            FormatVersion =
                records.Exists(record => record.Charset == "utf-8") && magic.StartsWith("ustar\0"u8) ? "pax"
                : magic.StartsWith("ustar "u8) ? "gnu"
                : magic.StartsWith("ustar\0"u8) ? "ustar"
                : "v7",
            HostOs = "unix",
        };
        var opened = new OpenedContainer(info, records.Select(record => Entry(bytes, record)));
        opened.Findings.AddRange(findings);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (records.Find(record => !seen.Add(record.Name)) is { } twice)
        {
            opened.Findings.Add(FindingCodes.Container.NameTwice.At(EntryNames.Short(twice.Name)));
        }

        return opened;
    }

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;

    /// <summary>An archive of nothing: twenty blocks of zeros as written by tar, told from other files of zeros by that length.</summary>
    private static bool IsEmpty(ReadOnlySpan<byte> bytes) => bytes.Length == 20 * 512 && !bytes.ContainsAnyExcept((byte)0);

    private static ContainerEntry Entry(ReadOnlyMemory<byte> bytes, TarRecord record)
    {
        var directory = record.Type is '5' or 'D' || (record.Type is '0' or '\0' && record.Name.EndsWith('/'));
        var file = !directory && record.Type is '0' or '\0' or '7' or 'S' or 'M' or (>= 'A' and <= 'Z');
        return new ContainerEntry
        {
            Name = record.Name,
            NameCharset = record.Charset,
            Size = record.Size,
            PackedSize = record.Size,
            ModifiedAt = record.Time,
            IsDirectory = directory,
            LinkTarget = record.Link,
            Method = "store",
            HostOs = "unix",
            Open =
                file && record.Data <= bytes.Length
                    ? () => new VerifiedStream(() => Data(bytes, record), new Expected(record.Size, null), stopAtSize: true)
                    : null,
            Findings = record.Findings,
        };
    }

    private static ReadOnlyMemoryStream Data(ReadOnlyMemory<byte> bytes, TarRecord record) =>
        new(bytes.Slice((int)record.Data, (int)Math.Min(record.Size, bytes.Length - record.Data)));
}
