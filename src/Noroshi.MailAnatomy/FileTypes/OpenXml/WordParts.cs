using System.Text;
using System.Xml;
using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>Parts of a WordprocessingML document (ECMA-376 part 1, clause 17): text, fields, authors, editing sessions.</summary>
/// <param name="part">Name of the part.</param>
/// <param name="sink">Takes what is found.</param>
internal sealed class WordParts(string part, TraitSink sink) : PartVisitor
{
    private const int MaxRsids = 100;

    // The template that python-docx ships: its values say nothing about a person.
    private static readonly string[] LibraryIds =
    [
        "00B47730",
        "00034616",
        "0006063C",
        "0015074B",
        "0029639D",
        "00326F90",
        "00AA1D8D",
        "00CB0664",
        "00FC693F",
        "24062061",
    ];

    private enum Capture
    {
        Nothing,
        Text,
        Instruction,
    }

    private readonly StringBuilder _text = new();
    private readonly FieldStack _fields = new(part, sink, LinkCodes.OpenXml);
    private readonly SortedSet<string> _rsids = new(StringComparer.Ordinal);
    private Capture _capture;

    /// <inheritdoc/>
    public override void Start(string name, XmlReader reader)
    {
        switch (name)
        {
            case "t" or "delText":
                _capture = Capture.Text;
                break;
            case "instrText" or "delInstrText":
                _capture = Capture.Instruction;
                break;
            case "fldChar":
                FieldMark(Attribute(reader, "fldCharType"));
                break;
            case "fldSimple":
                _fields.Begin();
                _fields.Add(Attribute(reader, "instr") ?? "");
                break;
            case "rsidRoot" or "rsid":
                Rsid(name, Attribute(reader, "val"));
                break;
            case "docId":
                if (Attribute(reader, "val") is { } id && !LibraryIds.Contains(id, StringComparer.OrdinalIgnoreCase))
                {
                    sink.Add(TraitKinds.Common.DocumentId, id, $"{part} {reader.Name}");
                }

                break;
            case "themeFontLang":
                sink.Add(TraitKinds.Common.Language, Attribute(reader, "val"), $"{part} themeFontLang");
                sink.Add(TraitKinds.Common.Language, Attribute(reader, "eastAsia"), $"{part} themeFontLang eastAsia");
                break;
            case "presenceInfo":
                Account(Attribute(reader, "providerId"), Attribute(reader, "userId"));
                break;
            case "connectString" or "query":
                sink.Add(TraitKinds.OfficeDocument.DataConnection, Attribute(reader, "val"), $"{part} {name}");
                break;
            case "docVar":
                sink.AddText(Attribute(reader, "val") ?? "");
                break;
            case "OLEObject":
                sink.Add(TraitKinds.OfficeDocument.ObjectClass, Attribute(reader, "ProgID"), $"{part} OLEObject");
                break;
            case "ins" or "del" or "moveFrom" or "moveTo" or "comment" or "person":
                sink.Add(TraitKinds.OfficeDocument.Contributor, Attribute(reader, "author"), $"{part} {name}");
                break;
            default:
                if (name.EndsWith("Change", StringComparison.Ordinal))
                {
                    sink.Add(TraitKinds.OfficeDocument.Contributor, Attribute(reader, "author"), $"{part} {name}");
                }

                break;
        }
    }

    /// <inheritdoc/>
    public override void Text(string text)
    {
        if (_capture == Capture.Instruction)
        {
            _fields.Add(text);
        }
        else if (_capture == Capture.Text && _text.Length < sink.TextLeft)
        {
            _text.Append(text);
        }
    }

    /// <inheritdoc/>
    public override void End(string name)
    {
        _capture = Capture.Nothing;
        switch (name)
        {
            case "p" or "br":
                _text.Append('\n');
                break;
            case "tab":
                _text.Append('\t');
                break;
            case "fldSimple":
                _fields.End();
                break;
        }
    }

    /// <summary>The part was read to its end or as far as it goes.</summary>
    public void Finish()
    {
        _fields.Finish();
        sink.AddText(_text.ToString().Trim());
        if (_rsids.Count > 0)
        {
            sink.Add(TraitKinds.OfficeDocument.Rsids, string.Join(' ', _rsids), $"{part} rsids");
        }
    }

    private void FieldMark(string? kind)
    {
        switch (kind)
        {
            case "begin":
                _fields.Begin();
                break;
            case "separate":
                _fields.Separate();
                break;
            case "end":
                _fields.End();
                break;
        }
    }

    private void Rsid(string name, string? value)
    {
        if (value is not { Length: > 0 and <= 8 } || LibraryIds.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        if (name == "rsidRoot")
        {
            sink.Add(TraitKinds.OfficeDocument.RsidRoot, value.ToUpperInvariant(), $"{part} rsidRoot");
        }
        else if (_rsids.Count < MaxRsids)
        {
            _rsids.Add(value.ToUpperInvariant());
        }
    }

    private void Account(string? provider, string? user)
    {
        // "None" has the plain name for an id.
        if (provider is not null and not "None")
        {
            sink.Add(TraitKinds.OfficeDocument.ContributorAccount, user, $"{part} presenceInfo {provider}");
        }
    }
}
