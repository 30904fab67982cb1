using System.Text.Json;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>What is left of text: XML, JSON, tables and prose.</summary>
internal sealed class PlainTextRecogniser : IFileTypeRecogniser
{
    private const int TableLines = 20;

    private static readonly FileTypeMatch Xml = new(
        FileType.Other,
        "xml",
        [
            "xml",
            "xsd",
            "xsl",
            "xslt",
            "rdf",
            "rss",
            "atom",
            "config",
            "plist",
            "xaml",
            "csproj",
            "kml",
            "gpx",
            "resx",
            "xmp",
            "rels",
            "opml",
            "wsdl",
            "dtd",
            "txt",
        ]
    );
    private static readonly FileTypeMatch Json = new(
        FileType.Other,
        "json",
        ["json", "jsonl", "geojson", "har", "ipynb", "map", "webmanifest", "txt"]
    );
    private static readonly FileTypeMatch Csv = new(FileType.Other, "csv", ["csv", "tsv", "tab", "txt"]);
    private static readonly FileTypeMatch Text = new(
        FileType.Other,
        "text",
        ["txt", "text", "log", "md", "ini", "cfg", "conf", "asc", "csv", "tsv", "me", "lst", "nfo", "diz"]
    );

    /// <inheritdoc/>
    public int Priority => 950;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        Span<byte> buffer = stackalloc byte[TextSample.Length];
        var whole = TextSample.Read(bytes, buffer);
        if (whole.IsEmpty)
        {
            return null;
        }

        var cut = whole.Length == TextSample.Length;
        var sample = whole.TrimStart(" \t\r\n"u8);
        return IsXml(sample) ? Xml
            : IsJson(sample, cut) ? Json
            : IsTable(sample, cut) ? Csv
            : Text;
    }

    private static bool IsXml(ReadOnlySpan<byte> sample)
    {
        if (sample.StartsWith("<?xml"u8))
        {
            return true;
        }

        // Without a declaration: an element that is closed.
        return sample.Length > 4
            && sample[0] == '<'
            && (char.IsAsciiLetter((char)sample[1]) || sample[1] == '!')
            && (sample.IndexOf("</"u8) > 0 || sample.IndexOf("/>"u8) > 0)
            && sample.TrimEnd(" \t\r\n"u8) is [.., (byte)'>'];
    }

    /// <summary>One or several JSON values of more than one token.</summary>
    internal static bool IsJson(ReadOnlySpan<byte> sample, bool cut)
    {
        if (sample.IsEmpty || sample[0] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(
                sample,
                isFinalBlock: !cut,
                new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true })
            );
            var tokens = 0;
            while (reader.Read())
            {
                tokens++;
            }

            return tokens >= 2;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>At least three lines that have the same number of separators outside quotes.</summary>
    internal static bool IsTable(ReadOnlySpan<byte> sample, bool cut) =>
        IsTable(sample, (byte)',', cut) || IsTable(sample, (byte)'\t', cut) || IsTable(sample, (byte)';', cut);

    private static bool IsTable(ReadOnlySpan<byte> sample, byte separator, bool cut)
    {
        var (lines, same, columns) = (0, 0, -1);
        if (separator != '\t' && IsPunctuation(sample, separator))
        {
            return false;
        }

        while (lines < TableLines && !sample.IsEmpty)
        {
            var (count, next) = Row(sample, separator);
            var last = next >= sample.Length;
            if (last && cut)
            {
                break;
            }

            if (count == 0 && next <= 2)
            {
                sample = sample[next..];
                continue;
            }

            columns = columns < 0 ? count : columns;
            lines++;
            same += count == columns ? 1 : 0;
            sample = sample[next..];
        }

        return columns >= 1 && lines >= (columns >= 2 ? 2 : 3) && same * 10 >= lines * 9;
    }

    /// <summary>In sentences a blank follows the mark, in source the end of the line; in tables neither is the rule.</summary>
    private static bool IsPunctuation(ReadOnlySpan<byte> sample, byte separator)
    {
        var (all, spaced) = (0, 0);
        for (var at = sample.IndexOf(separator); at >= 0 && at + 1 < sample.Length && all < 64; at = sample.IndexOf(separator))
        {
            all++;
            spaced += sample[at + 1] is (byte)' ' or (byte)'\r' or (byte)'\n' ? 1 : 0;
            sample = sample[(at + 1)..];
        }

        return all == 0 || spaced * 2 > all;
    }

    /// <summary>Separators of the first row and where the next begins; quoted fields may hold line breaks.</summary>
    private static (int Count, int Next) Row(ReadOnlySpan<byte> text, byte separator)
    {
        var (count, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            var value = text[i];
            if (value == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && value == separator)
            {
                count++;
            }
            else if (!quoted && (value == '\n' || (value == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))))
            {
                return (count, i + 1);
            }
        }

        return (count, text.Length);
    }
}
