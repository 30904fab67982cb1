namespace Noroshi.MailAnatomy.Containers;

/// <summary>
/// Which program of which era opens an archive. The rows are data (<see cref="UnarchiversTable"/>); their sources are listed in
/// docs/unarchivers.md. What no source says is null, not a guess.
/// </summary>
public static class Unarchivers
{
    /// <summary>Version of the table, the date of its last change.</summary>
    public static string Version => UnarchiversTable.Version;

    /// <summary>One line per program, in the order of the table.</summary>
    public static IReadOnlyList<OpensIn> For(ContainerInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return [.. UnarchiversTable.Programs.Select(program => Judge(program, info))];
    }

    private static OpensIn Judge(UnarchiverProgram program, ContainerInfo info)
    {
        foreach (var row in program.Rows)
        {
            if (Fits(row, info))
            {
                var why = $"{row.Ja} / {row.En} [{row.Source}]";
                return new OpensIn(program.Name, row.Opens, row.Tried ? "tried" : "format", why);
            }
        }

        return new OpensIn(program.Name, null, "format", "資料に記載がありません。 / The sources do not say.");
    }

    private static bool Fits(UnarchiverRow row, ContainerInfo info) =>
        row.Formats.Split(' ').Contains(info.Format, StringComparer.Ordinal)
        && row.Lock switch
        {
            ArchiveLock.Any => true,
            ArchiveLock.Open => !info.Encrypted && !info.HeaderEncrypted,
            ArchiveLock.Locked => info.Encrypted || info.HeaderEncrypted,
            ArchiveLock.Names => info.HeaderEncrypted,
            ArchiveLock.ZipCrypto => info.Encryption == "zipcrypto",
            ArchiveLock.AesInZip => info.Encryption is { } cipher && cipher.StartsWith("aes-", StringComparison.Ordinal),
        };
}

/// <summary>Which locks a row is about.</summary>
internal enum ArchiveLock
{
    /// <summary>Whether locked or not.</summary>
    Any,

    /// <summary>Not locked.</summary>
    Open,

    /// <summary>Content or names locked.</summary>
    Locked,

    /// <summary>Names locked.</summary>
    Names,

    /// <summary>The old ZIP cipher.</summary>
    ZipCrypto,

    /// <summary>AES in ZIP.</summary>
    AesInZip,
}

/// <summary>A row of the table: the first that fits is taken.</summary>
/// <param name="Formats">Formats, separated by a space.</param>
/// <param name="Lock">Locks it is about.</param>
/// <param name="Opens">Whether it opens, given the password.</param>
/// <param name="Source">Key of the source in docs/unarchivers.md.</param>
/// <param name="Ja">Reason, Japanese.</param>
/// <param name="En">Reason, English.</param>
internal sealed record UnarchiverRow(string Formats, ArchiveLock Lock, bool? Opens, string Source, string Ja, string En)
{
    /// <summary>Somebody opened such a file with the program.</summary>
    public bool Tried { get; init; }
}

/// <summary>A program of one era.</summary>
/// <param name="Name">Name with version or era.</param>
/// <param name="Rows">Rows, most special first.</param>
internal sealed record UnarchiverProgram(string Name, IReadOnlyList<UnarchiverRow> Rows);
