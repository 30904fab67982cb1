using System.Text;
using Noroshi.MailAnatomy.Containers;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace Noroshi.MailAnatomy.FileTypes.Pdf;

/// <summary>
/// The text people see on the pages, by PdfPig. It is given the file written anew: streams decoded under our own limits, no pictures, no
/// font programs and no loops, so that nothing in it can run away.
/// </summary>
internal static class PdfPages
{
    private const int MaxPages = 6;
    private const int MaxText = 128 << 10;
    private const int MaxContent = 160 << 10;
    private const int MaxFile = 16 << 20;

    /// <summary>Text of the first pages; empty when the file is not sane enough to be shown.</summary>
    /// <param name="file">The file in clear, object streams opened.</param>
    /// <param name="pages">Its pages in order.</param>
    public static string Read(PdfFile file, IReadOnlyList<PdfObject> pages)
    {
        if (pages.Count == 0 || file.Bytes.Length > MaxFile || file.TooDeep || file.Limited)
        {
            return "";
        }

        var view = new PdfTextView(file, pages.Take(MaxPages));
        try
        {
            return Text(PdfWriter.Rewritten(file, view), view);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The library throws some dozens of types on files that do not follow the standard; such a file has no text for us.
            return "";
        }
    }

    private static string Text(byte[] plain, PdfTextView view)
    {
        var options = new ParsingOptions
        {
            UseLenientParsing = true,
            SkipMissingFonts = true,
            MaxStackDepth = 64,
        };
        using var document = PdfDocument.Open(plain, options);
        var text = new StringBuilder();
        for (var i = 0; i < view.Pages.Count && i < document.NumberOfPages && text.Length < MaxText; i++)
        {
            if (view.Pages[i] > MaxContent)
            {
                continue;
            }

            try
            {
                text.Append(ContentOrderTextExtractor.GetText(document.GetPage(i + 1))).Append('\n');
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // The next page may be better.
                continue;
            }
        }

        return text.Length > MaxText ? text.ToString(0, MaxText) : text.ToString();
    }
}

/// <summary>
/// A file tamed for text: pages with their own resources and contents, forms one level deep, fonts by their encodings alone.
/// </summary>
internal sealed class PdfTextView : IPdfView
{
    private const int MaxStream = 160 << 10;
    private const int MaxDraws = 200;
    private const int MaxTotal = 8 << 20;

    private static readonly string[] FontKeys =
    [
        "Type",
        "Encoding",
        "ToUnicode",
        "FirstChar",
        "LastChar",
        "Widths",
        "DescendantFonts",
        "CIDSystemInfo",
        "DW",
        "W",
    ];

    private readonly PdfFile _file;
    private readonly Dictionary<PdfObject, byte[]> _data = [];
    private int _total;
    private int _draws;

    /// <summary>Looks the pages over.</summary>
    public PdfTextView(PdfFile file, IEnumerable<PdfObject> pages)
    {
        _file = file;
        Pages = [.. pages.Select(ContentLength)];
    }

    /// <summary>Decoded bytes of the contents of each page.</summary>
    public IReadOnlyList<int> Pages { get; }

    /// <inheritdoc/>
    public PdfValue? Value(PdfObject one)
    {
        if (_file.Find(one.Number) != one)
        {
            return null;
        }

        var value = one.Value;
        if (value.Kind != PdfKind.Map)
        {
            return value;
        }

        if (one.DataAt >= 0)
        {
            // Data is written decoded.
            var map = new Dictionary<string, PdfValue>(StringComparer.Ordinal) { ["Length"] = PdfValue.Of(0) };
            foreach (var (key, item) in value.Map)
            {
                if (key is "Type" or "Subtype" or "BBox" or "Matrix" or "Resources" or "FormType")
                {
                    map[key] = item;
                }
            }

            return Tame(PdfValue.OfMap(map));
        }

        return value["Type"].Is("Font") ? Font(value)
            : value["Type"].Is("FontDescriptor") ? null
            : Tame(value);
    }

    /// <summary>Colours, patterns and states can refer to themselves, and text needs none of them: their names stay, their content does not.</summary>
    private PdfValue Tame(PdfValue value)
    {
        var map = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        foreach (var (key, item) in value.Map)
        {
            if (
                key is "Annots" or "Pattern" or "Shading" or "Properties" or "AA" or "Names" or "Outlines" or "AcroForm" or "StructTreeRoot"
            )
            {
                continue;
            }

            map[key] = key switch
            {
                "ColorSpace" => Replaced(item, PdfValue.OfName("DeviceGray")),
                "ExtGState" => Replaced(item, PdfValue.OfMap([])),
                "Resources" when item.Kind == PdfKind.Map => Tame(item),
                _ => item,
            };
        }

        return PdfValue.OfMap(map);
    }

    private PdfValue Replaced(PdfValue value, PdfValue by) =>
        PdfValue.OfMap(_file.Resolve(value).Map.Keys.ToDictionary(key => key, _ => by, StringComparer.Ordinal));

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data(PdfObject stream) => Decoded(stream);

    /// <inheritdoc/>
    public byte[] Text(PdfObject one, byte[] bytes) => bytes;

    /// <summary>A simple font becomes one that needs no font program and no file of the machine; its encoding says what the codes mean.</summary>
    private static PdfValue Font(PdfValue value)
    {
        var map = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        foreach (var key in FontKeys)
        {
            if (value.Has(key, out var item))
            {
                map[key] = item;
            }
        }

        var subtype = value["Subtype"].Name;
        map["Subtype"] = PdfValue.OfName(subtype is "Type0" or "CIDFontType0" or "CIDFontType2" ? subtype : "Type1");
        map["BaseFont"] = PdfValue.OfName("Helvetica");
        return PdfValue.OfMap(map);
    }

    private int ContentLength(PdfObject page)
    {
        var contents = page.Value["Contents"];
        var resolved = _file.Resolve(contents);
        IReadOnlyList<PdfValue> parts = resolved.Kind == PdfKind.List ? resolved.Items : [contents];
        if (parts.Count > 64)
        {
            return int.MaxValue;
        }

        var total = 0;
        foreach (var part in parts)
        {
            total += _file.Stream(part) is { } stream ? Decoded(stream).Length : 0;
        }

        return total;
    }

    private byte[] Decoded(PdfObject stream)
    {
        if (_data.TryGetValue(stream, out var known))
        {
            return known;
        }

        var data = Needless(stream) ? [] : _file.Decode(stream, MaxStream) ?? [];
        var draws = Count(data, " Do"u8);
        // A form that draws forms can multiply; a picture that is drawn again and again costs nothing, since it is empty here.
        var form = stream.Value["Subtype"].Is("Form");
        _draws += draws;
        _total += data.Length;
        if (_total > MaxTotal || _draws > MaxDraws || (form && draws > 0) || data.Length >= MaxStream)
        {
            data = [];
        }

        _data[stream] = data;
        return data;
    }

    /// <summary>Pictures, font programs, metadata and files say nothing about the text of a page.</summary>
    private static bool Needless(PdfObject stream) =>
        stream.Value["Subtype"].Is("Image")
        || stream.Value["Type"].Name is "Metadata" or "EmbeddedFile"
        || stream.Value.Map.ContainsKey("Length1")
        || stream.Value["Subtype"].Name is "Type1C" or "CIDFontType0C" or "OpenType"
        || stream.Value.Map.ContainsKey("PatternType")
        || stream.Value.Map.ContainsKey("ShadingType")
        || stream.Value.Map.ContainsKey("FunctionType");

    private static int Count(ReadOnlySpan<byte> data, ReadOnlySpan<byte> word)
    {
        var count = 0;
        for (var at = data.IndexOf(word); at >= 0; at = data.IndexOf(word))
        {
            count++;
            data = data[(at + word.Length)..];
        }

        return count;
    }
}
