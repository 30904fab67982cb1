using System.Buffers;
using System.Globalization;
using System.Text;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>How a file is written anew.</summary>
internal interface IPdfView
{
    /// <summary>The value to write for an object; null leaves the object out.</summary>
    PdfValue? Value(PdfObject one);

    /// <summary>The data to write for a stream, as its dictionary describes it.</summary>
    ReadOnlyMemory<byte> Data(PdfObject stream);

    /// <summary>The bytes of a string.</summary>
    byte[] Text(PdfObject one, byte[] bytes);
}

/// <summary>
/// Writes a PDF anew with a table that fits and no object streams: an encrypted one in clear, so that whoever looks into PDF files needs to
/// know nothing of keys, or a hostile one tamed. The same file gives the same bytes.
/// </summary>
internal sealed class PdfWriter
{
    private const int MaxDepth = 64;

    private readonly ArrayBufferWriter<byte> _output = new(1 << 12);
    private readonly PdfFile _file;
    private readonly IPdfView _view;

    private PdfWriter(PdfFile file, IPdfView view)
    {
        _file = file;
        _view = view;
    }

    /// <summary>The file in clear.</summary>
    /// <param name="file">An encrypted file; its object streams are opened by this.</param>
    /// <param name="by">Its lock.</param>
    /// <param name="key">Its key.</param>
    public static byte[] Decrypted(PdfFile file, PdfLock by, byte[] key)
    {
        var view = new DecryptedView(file, by, key);
        file.OpenObjectStreams(view.Data);
        return Rewritten(file, view);
    }

    /// <summary>The objects of the file as the view shows them; object streams must have been opened before.</summary>
    public static byte[] Rewritten(PdfFile file, IPdfView view) => new PdfWriter(file, view).Write();

    private byte[] Write()
    {
        Text("%PDF-1.7\n");
        var lockNumber = _file.Trailer("Encrypt").Target;
        var places = new SortedDictionary<int, (long At, int Generation)>();
        foreach (var one in _file.Objects)
        {
            // Object streams are written as the objects they hold; tables of the old file fit nothing any more.
            if (one.Number == lockNumber || (one.DataAt >= 0 && (one.Value["Type"].Is("ObjStm") || one.Value["Type"].Is("XRef"))))
            {
                continue;
            }

            if (_view.Value(one) is { } value)
            {
                if (_file.Find(one.Number) == one)
                {
                    places[one.Number] = (_output.WrittenCount, one.Generation);
                }

                Write(one, value);
            }
        }

        var table = _output.WrittenCount;
        Text("xref\n0 1\n0000000000 65535 f \n");
        foreach (var (number, (at, generation)) in places)
        {
            Text(string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{at:D10} {generation:D5} n \n"));
        }

        var size = places.Count == 0 ? 1L : places.Keys.Max() + 1L;
        Text(string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {size}"));
        foreach (var key in (string[])["Root", "Info", "ID"])
        {
            if (_file.Trailer(key) is { Kind: not PdfKind.Null } value)
            {
                Text("/" + key + " ");
                // Strings of the trailer are never encrypted.
                Value(value, null, 0);
            }
        }

        Text(string.Create(CultureInfo.InvariantCulture, $">>\nstartxref\n{table}\n%%EOF\n"));
        return _output.WrittenSpan.ToArray();
    }

    private void Write(PdfObject one, PdfValue value)
    {
        Text(string.Create(CultureInfo.InvariantCulture, $"{one.Number} {one.Generation} obj\n"));
        Value(value, one, 0, one.DataAt >= 0 ? _view.Data(one) : default(ReadOnlyMemory<byte>?));
        Text("\nendobj\n");
    }

    private void Value(PdfValue value, PdfObject? owner, int depth, ReadOnlyMemory<byte>? data = null)
    {
        switch (value.Kind)
        {
            case PdfKind.Bool or PdfKind.Number:
                Text(value.ToString());
                break;
            case PdfKind.Name:
                Name(value.Name);
                break;
            case PdfKind.Text:
                var bytes = owner is null ? value.Bytes : _view.Text(owner, value.Bytes);
                Text("<" + Convert.ToHexString(bytes) + ">");
                break;
            case PdfKind.Reference:
                Text(string.Create(CultureInfo.InvariantCulture, $"{value.Target} {value.Generation} R"));
                break;
            case PdfKind.List when depth < MaxDepth:
                Text("[");
                foreach (var item in value.Items)
                {
                    Value(item, owner, depth + 1);
                    Text(" ");
                }

                Text("]");
                break;
            case PdfKind.Map when depth < MaxDepth:
                Map(value, owner, depth, data?.Length);
                break;
            default:
                Text("null");
                break;
        }

        if (data is { } stream)
        {
            Text("\nstream\n");
            _output.Write(stream.Span);
            Text("\nendstream");
        }
    }

    private void Map(PdfValue value, PdfObject? owner, int depth, int? length)
    {
        Text("<<");
        foreach (var (key, item) in value.Map)
        {
            Name(key);
            Text(" ");
            if (length is { } bytes && key == "Length")
            {
                Text(bytes.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                Value(item, owner, depth + 1);
            }
        }

        Text(">>");
    }

    private void Name(string name)
    {
        var text = new StringBuilder("/");
        foreach (var c in name)
        {
            if (c is > ' ' and < '\x7F' && "()<>[]{}/%#".IndexOf(c, StringComparison.Ordinal) < 0)
            {
                text.Append(c);
            }
            else
            {
                text.Append('#').Append(((int)c & 0xFF).ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        Text(text.ToString());
    }

    private void Text(string text) => _output.Write(Encoding.Latin1.GetBytes(text));
}

/// <summary>An encrypted file in clear.</summary>
internal sealed class DecryptedView(PdfFile file, PdfLock by, byte[] key) : IPdfView
{
    /// <inheritdoc/>
    public PdfValue Value(PdfObject one) => one.Value;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data(PdfObject stream)
    {
        var stored = file.Raw(stream);
        var open =
            stream.Value["Type"].Is("XRef")
            || (stream.Value["Type"].Is("Metadata") && !by.EncryptMetadata)
            || (file.Filters(stream.Value) is [("Crypt", var parameters), ..] && file.Get(parameters, "Name").Name is "" or "Identity");
        return open ? stored : PdfSecurity.Decrypt(key, by.Streams, stream, stored.Span);
    }

    /// <inheritdoc/>
    public byte[] Text(PdfObject one, byte[] bytes) =>
        // The strings in an object stream were decrypted with it, and a signature is never encrypted.
        one.Holder >= 0
        || one.Value["Type"].Is("Sig")
            ? bytes
            : PdfSecurity.Decrypt(key, by.Strings, one, bytes);
}
