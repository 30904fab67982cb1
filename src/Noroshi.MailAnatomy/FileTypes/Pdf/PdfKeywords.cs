using System.Buffers;
using System.Globalization;
using Noroshi.MailAnatomy.Containers;

namespace Noroshi.MailAnatomy.FileTypes.Pdf;

/// <summary>
/// Counts the names by which a PDF becomes active, in the raw bytes: works on files that no parser reads. Names of two letters are left to
/// the parsed objects, since compressed bytes hold them by chance.
/// </summary>
internal sealed class PdfKeywords
{
    private const int MaxName = 120;

    private static readonly Dictionary<string, string> Known = new[]
    {
        "JavaScript",
        "OpenAction",
        "Launch",
        "EmbeddedFile",
        "EmbeddedFiles",
        "RichMedia",
        "XFA",
        "AcroForm",
        "URI",
        "SubmitForm",
        "ImportData",
        "GoToE",
        "GoToR",
        "ObjStm",
        "Encrypt",
        "JBIG2Decode",
        "Rendition",
        "Flash",
    }.ToDictionary(name => name, name => name, StringComparer.Ordinal);

    private static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\r\n\f\0()<>[]{}/%"u8);

    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Names that were spelled with escapes of letters; a few of them.</summary>
    public List<string> Disguised { get; } = [];

    /// <summary>How often a name occurs.</summary>
    public int this[string name] => _counts.GetValueOrDefault(name);

    /// <summary>All of them for people, by name.</summary>
    public string Summary =>
        string.Join(' ', _counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));

    /// <summary>Counts in more bytes.</summary>
    public void Count(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var slash = bytes.IndexOf((byte)'/');
            if (slash < 0)
            {
                return;
            }

            bytes = bytes[(slash + 1)..];
            // Most names are told apart from the known ones by their first letter.
            if (bytes.IsEmpty || (bytes[0] != '#' && "JOLERXAUSIGF".IndexOf((char)bytes[0], StringComparison.Ordinal) < 0))
            {
                continue;
            }

            var window = bytes[..Math.Min(bytes.Length, MaxName)];
            var length = window.IndexOfAny(Ends);
            length = length < 0 ? window.Length : length;
            var name = PdfLexer.DecodeName(window[..length], out var disguised);
            bytes = bytes[length..];
            if (!Known.TryGetValue(name, out var known))
            {
                continue;
            }

            _counts[known] = _counts.GetValueOrDefault(known) + 1;
            if (disguised && Disguised.Count < 8)
            {
                Disguised.Add(known);
            }
        }
    }

    /// <summary>Adds names that were found in parsed objects.</summary>
    public void Add(string name, int count)
    {
        if (count > 0)
        {
            _counts[name] = _counts.GetValueOrDefault(name) + count;
        }
    }
}
