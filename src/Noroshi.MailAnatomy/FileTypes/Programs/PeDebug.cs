using System.Globalization;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>Debug directory: where the symbols lay on the machine of whoever built the program.</summary>
/// <param name="Path">Path of the symbol file; null when none is stated.</param>
/// <param name="Id">GUID and age, or stamp and age, of the symbol file.</param>
/// <param name="Reproducible">The stamp in the header is a hash, not a time.</param>
internal sealed record PeDebug(string? Path, string? Id, bool Reproducible)
{
    private const int MaxEntries = 32;
    private const int CodeView = 2;
    private const int Repro = 16;
    private const int MaxPath = 1_024;

    /// <summary>Reads the directory.</summary>
    public static PeDebug Read(PeFile pe)
    {
        var (address, size) = pe.Directory(PeFile.Debug);
        var result = new PeDebug(null, null, false);
        var table = address == 0 ? [] : pe.At(address, Math.Min(size, 28 * MaxEntries));
        for (var at = 0; at + 28 <= table.Length; at += 28)
        {
            var type = table.U32(at + 12);
            if (type == Repro)
            {
                result = result with { Reproducible = true };
            }
            else if (type == CodeView && result.Path is null)
            {
                var content = pe.Span.Part(table.U32(at + 24), Math.Min(table.U32(at + 16), 24 + MaxPath));
                result = With(content, result);
            }
        }

        return result;
    }

    private static PeDebug With(ReadOnlySpan<byte> content, PeDebug result)
    {
        if (content.StartsWith("RSDS"u8) && content.Length > 24)
        {
            return result with
            {
                Path = Text(content[24..]),
                Id = string.Create(CultureInfo.InvariantCulture, $"{content.Guid(4):D}-{content.U32(20)}"),
            };
        }

        return content.StartsWith("NB10"u8) && content.Length > 16
            ? result with
            {
                Path = Text(content[16..]),
                Id = string.Create(CultureInfo.InvariantCulture, $"{content.U32(8):x8}-{content.U32(12)}"),
            }
            : result;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => CharsetDecoder.Decode(bytes.UntilNil(), null).Text;
}
