using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Noroshi.Makers.Pdf;

/// <summary>Writes small PDF files of one page; harmless by construction: scripts say only a comment, targets are example names.</summary>
public sealed class PdfMaker
{
    private readonly List<(string Dictionary, byte[]? Data)> _objects = [];
    private readonly List<string> _catalog = [];
    private readonly List<string> _page = [];
    private readonly StringBuilder _content = new("BT /F1 12 Tf 20 100 Td (Quarterly figures) Tj ET\n");

    /// <summary>Starts with catalog, page tree, page, font, contents and information.</summary>
    public PdfMaker()
    {
        _objects.Add(("", null));
        _objects.Add(("<</Type/Pages/Kids[3 0 R]/Count 1>>", null));
        _objects.Add(("", null));
        _objects.Add(("<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding>>", null));
        _objects.Add(("", []));
        _objects.Add((Information, null));
    }

    /// <summary>Both identifiers of the trailer.</summary>
    public static byte[] Id { get; } = [0x4E, 0x6F, 0x72, 0x6F, 0x73, 0x68, 0x69, 0, 1, 2, 3, 4, 5, 6, 7, 8];

    /// <summary>Compress object streams and contents; the cross-reference is a stream then.</summary>
    public bool Packed { get; init; }

    /// <summary>How the file is encrypted; null for not at all.</summary>
    public PdfEncryption? Encryption { get; init; }

    private static string Information =>
        "<</Author(Taro Yamada)/Title<FEFF8ACB6C4266F8>/Creator(Writer 2.0)/Producer(Made Library 1.4)/CreationDate(D:20131017090203+09'00')/ModDate(D:20131018)>>";

    /// <summary>Adds an object; its number is the result.</summary>
    public int Add(string dictionary, byte[]? data = null)
    {
        _objects.Add((dictionary, data));
        return _objects.Count;
    }

    /// <summary>Adds to the catalog.</summary>
    public PdfMaker Catalog(string entries)
    {
        _catalog.Add(entries);
        return this;
    }

    /// <summary>Adds to the page.</summary>
    public PdfMaker Page(string entries)
    {
        _page.Add(entries);
        return this;
    }

    /// <summary>Shows a line of text.</summary>
    public PdfMaker Line(string text)
    {
        _content.Append(CultureInfo.InvariantCulture, $"BT /F1 12 Tf 20 80 Td ({text}) Tj ET\n");
        return this;
    }

    /// <summary>A script that runs when the document opens.</summary>
    public PdfMaker Script(string source, bool asStream = false)
    {
        var script = asStream
            ? $"{Add("", Encoding.ASCII.GetBytes(source))} 0 R"
            : $"({source.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)})";
        return Catalog($"/OpenAction {Add($"<</S/JavaScript/JS {script}>>")} 0 R");
    }

    /// <summary>An embedded file.</summary>
    public PdfMaker File(string name, byte[] content)
    {
        var data = Add("<</Type/EmbeddedFile/Params<</Size " + content.Length.ToString(CultureInfo.InvariantCulture) + ">>", content);
        var hex = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes("\uFEFF" + name));
        var specification = Add($"<</Type/Filespec/F(x)/UF<{hex}>/EF<</F {data} 0 R>>>>");
        return Catalog($"/Names<</EmbeddedFiles<</Names[(x) {specification} 0 R]>>>>");
    }

    /// <summary>A link on the page.</summary>
    public PdfMaker Link(string address)
    {
        var note = Add($"<</Type/Annot/Subtype/Link/Rect[0 0 100 100]/A<</S/URI/URI({address})>>>>");
        return Page($"/Annots[{note} 0 R]");
    }

    /// <summary>The file.</summary>
    public byte[] Build()
    {
        _objects[0] = ($"<</Type/Catalog/Pages 2 0 R{string.Concat(_catalog)}>>", null);
        _objects[2] = (
            $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R{string.Concat(_page)}>>",
            null
        );
        _objects[4] = ("", Encoding.Latin1.GetBytes(_content.ToString()));
        using var output = new MemoryStream();
        Write(output, "%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        var places = new Dictionary<int, long>();
        var held = new List<int>();
        for (var number = 1; number <= _objects.Count; number++)
        {
            if (Packed && _objects[number - 1].Data is null)
            {
                held.Add(number);
                continue;
            }

            places[number] = output.Length;
            WriteObject(output, number, _objects[number - 1]);
        }

        var next = _objects.Count + 1;
        var encrypt = "";
        if (Encryption is { } encryption)
        {
            places[next] = output.Length;
            Write(output, $"{next} 0 obj\n{encryption.Dictionary(Id)}\nendobj\n");
            encrypt = $"/Encrypt {next} 0 R";
            next++;
        }

        var id = Convert.ToHexString(Id);
        var trailer = $"/Root 1 0 R/Info 6 0 R/ID[<{id}><{id}>]{encrypt}";
        if (Packed)
        {
            places[next] = output.Length;
            WriteObject(output, next, Hold(held));
            WriteTable(output, (next, held), places, trailer);
        }
        else
        {
            WriteTable(output, next, places, trailer);
        }

        return output.ToArray();
    }

    private (string, byte[]?) Hold(List<int> held)
    {
        var index = new StringBuilder();
        var body = new StringBuilder();
        foreach (var number in held)
        {
            index.Append(CultureInfo.InvariantCulture, $"{number} {body.Length} ");
            body.Append(_objects[number - 1].Dictionary).Append(' ');
        }

        return ($"<</Type/ObjStm/N {held.Count}/First {index.Length}", Encoding.Latin1.GetBytes(index.ToString() + body));
    }

    private void WriteObject(MemoryStream output, int number, (string Dictionary, byte[]? Data) one)
    {
        Write(output, $"{number} 0 obj\n");
        if (one.Data is { } data)
        {
            var stored = Packed ? Compress(data) : data;
            stored = Encryption?.Encrypt(number, stored) ?? stored;
            var open = one.Dictionary.Length == 0 ? "<<" : one.Dictionary;
            Write(output, $"{open}{(Packed ? "/Filter/FlateDecode" : "")}/Length {stored.Length}>>\nstream\n");
            output.Write(stored);
            Write(output, "\nendstream");
        }
        else
        {
            Write(output, Encryption is { } encryption ? encryption.EncryptStrings(number, one.Dictionary) : one.Dictionary);
        }

        Write(output, "\nendobj\n");
    }

    private static void WriteTable(MemoryStream output, int next, Dictionary<int, long> places, string trailer)
    {
        var start = output.Length;
        Write(output, $"xref\n0 {next}\n0000000000 65535 f \n");
        for (var number = 1; number < next; number++)
        {
            Write(output, string.Create(CultureInfo.InvariantCulture, $"{places[number]:D10} 00000 n \n"));
        }

        Write(output, $"trailer\n<</Size {next}{trailer}>>\nstartxref\n{start}\n%%EOF\n");
    }

    private static void WriteTable(MemoryStream output, (int Holder, List<int> Held) streams, Dictionary<int, long> places, string trailer)
    {
        var start = output.Length;
        var own = streams.Holder + 1;
        places[own] = start;
        using var rows = new MemoryStream();
        for (var number = 0; number <= own; number++)
        {
            var index = streams.Held.IndexOf(number);
            var (kind, value, last) =
                index >= 0 ? (2, streams.Holder, index)
                : places.TryGetValue(number, out var at) ? (1, at, 0)
                : (0, 0L, 0);
            rows.Write([(byte)kind, (byte)(value >> 16), (byte)(value >> 8), (byte)value, (byte)last]);
        }

        var data = Compress(rows.ToArray());
        Write(output, $"{own} 0 obj\n<</Type/XRef/Size {own + 1}/W[1 3 1]{trailer}/Filter/FlateDecode/Length {data.Length}>>\nstream\n");
        output.Write(data);
        Write(output, $"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n");
    }

    /// <summary>zlib data.</summary>
    public static byte[] Compress(byte[] data)
    {
        using var output = new MemoryStream();
        using (var stream = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(data);
        }

        return output.ToArray();
    }

    private static void Write(MemoryStream output, string text) => output.Write(Encoding.Latin1.GetBytes(text));
}
