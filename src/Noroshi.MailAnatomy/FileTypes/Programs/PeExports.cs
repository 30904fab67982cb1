using System.Security.Cryptography;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>What a program offers to others.</summary>
/// <param name="Library">Name that the linker gave the library.</param>
/// <param name="Names">Names of functions in stored order, bounded.</param>
/// <param name="Stated">Names as the table counts them.</param>
internal sealed record PeExports(string? Library, IReadOnlyList<string> Names, uint Stated)
{
    private const int MaxNames = 8_192;
    private const int MaxLength = 512;

    /// <summary>SHA-256 over the names in small letters, joined by commas; null when there are none.</summary>
    public string? Hash =>
        Names.Count == 0
            ? null
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(string.Join(',', Names).ToLowerInvariant())));

    /// <summary>Reads the table; null when there is none.</summary>
    public static PeExports? Read(PeFile pe)
    {
        var (address, size) = pe.Directory(PeFile.Exports);
        var table = address == 0 || size == 0 ? [] : pe.At(address, 40);
        if (table.Length < 40)
        {
            return null;
        }

        var names = new List<string>();
        var stated = table.U32(24);
        var pointers = pe.At(table.U32(32), 4L * Math.Min(stated, MaxNames));
        for (var at = 0; at + 4 <= pointers.Length; at += 4)
        {
            if (pe.Text(pointers.U32(at), MaxLength) is not { Length: > 0 } name)
            {
                break;
            }

            names.Add(name);
        }

        return new PeExports(pe.Text(table.U32(12), MaxLength), names, stated);
    }
}
