using System.Text;
using System.Xml;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>Parts of a SpreadsheetML workbook (ECMA-376 part 1, clause 18): text, formulas, names, links to data.</summary>
/// <param name="part">Name of the part.</param>
/// <param name="sink">Takes what is found.</param>
internal sealed class SheetParts(string part, TraitSink sink) : PartVisitor
{
    private const int MaxFormulas = 200_000;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _value = new();
    private int _formulas;
    private string? _capture;

    /// <summary>Whether a defined name runs by itself (MS-XLS 2.5.114 lists the built-in ones).</summary>
    public static bool IsAutoName(string name)
    {
        var own = name.AsSpan();
        if (own.StartsWith("_xlnm.", StringComparison.OrdinalIgnoreCase))
        {
            own = own[6..];
        }

        return own.StartsWith("Auto_Open", StringComparison.OrdinalIgnoreCase)
            || own.StartsWith("Auto_Close", StringComparison.OrdinalIgnoreCase)
            || own.StartsWith("Auto_Activate", StringComparison.OrdinalIgnoreCase)
            || own.StartsWith("Auto_Deactivate", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Notes a sheet that is not shown.</summary>
    public static void Hidden(string? state, string? name, string where, TraitSink sink)
    {
        if (state is not ("hidden" or "veryHidden"))
        {
            return;
        }

        sink.Add(TraitKinds.OfficeDocument.HiddenSheet, $"{state} {name}", where);
        if (state == "veryHidden")
        {
            sink.Add(FindingCodes.OpenXml.HiddenSheet, $"{where}: {name}");
        }
    }

    /// <summary>Judges a formula: DDE is <c>program|'arguments'!item</c>.</summary>
    public static void Formula(string formula, string where, TraitSink sink)
    {
        var bar = formula.IndexOf('|', StringComparison.Ordinal);
        if (bar > 0 && formula.IndexOf('!', bar) > bar && !formula.AsSpan(0, bar).Contains('"'))
        {
            sink.Add(FindingCodes.OpenXml.Dde, $"{where}: {formula}");
            sink.Add(TraitKinds.Common.CommandLine, formula, where);
        }
    }

    /// <inheritdoc/>
    public override void Start(string name, XmlReader reader)
    {
        switch (name)
        {
            case "t" or "f" or "author" or "text":
                _capture = name;
                _value.Clear();
                break;
            case "definedName":
                _capture = name;
                _value.Clear();
                DefinedName(reader);
                break;
            case "sheet":
                Hidden(Attribute(reader, "state"), Attribute(reader, "name"), $"{part} sheet", sink);
                break;
            case "absPath":
                sink.Add(TraitKinds.Common.OriginalPath, Attribute(reader, "url"), $"{part} absPath");
                break;
            case "fileSharing":
                sink.Add(TraitKinds.OfficeDocument.Contributor, Attribute(reader, "userName"), $"{part} fileSharing");
                break;
            case "revisionPtr":
                DocumentId(Attribute(reader, "documentId"));
                break;
            case "ddeLink":
                Dde(Attribute(reader, "ddeService"), Attribute(reader, "ddeTopic"));
                break;
            case "oleObject":
                sink.Add(TraitKinds.OfficeDocument.ObjectClass, Attribute(reader, "progId"), $"{part} oleObject");
                break;
            case "dbPr":
                Connection(Attribute(reader, "connection"));
                Connection(Attribute(reader, "command"));
                break;
            case "webPr":
                var url = Attribute(reader, "url");
                sink.Add(TraitKinds.Common.ExternalTarget, url, $"{part} webPr");
                sink.AddText(url ?? "");
                break;
            case "textPr":
                sink.Add(TraitKinds.Common.OriginalPath, Attribute(reader, "sourceFile"), $"{part} textPr");
                break;
            case "person":
                sink.Add(TraitKinds.OfficeDocument.Contributor, Attribute(reader, "displayName"), $"{part} person");
                if (Attribute(reader, "providerId") is not (null or "None"))
                {
                    sink.Add(TraitKinds.OfficeDocument.ContributorAccount, Attribute(reader, "userId"), $"{part} person");
                }

                break;
        }
    }

    /// <inheritdoc/>
    public override void Text(string text)
    {
        if (_capture is not null && _value.Length < 65_536)
        {
            _value.Append(text);
        }
    }

    /// <inheritdoc/>
    public override void End(string name)
    {
        if (_capture != name)
        {
            return;
        }

        _capture = null;
        var value = _value.ToString();
        switch (name)
        {
            case "author":
                sink.Add(TraitKinds.OfficeDocument.Contributor, value, $"{part} author");
                return;
            case "f" or "definedName" when ++_formulas <= MaxFormulas:
                Formula(value, part, sink);
                break;
        }

        // Formulas matter to indicators when they hold text; references alone do not.
        if (_text.Length < sink.TextLeft && (name is "t" or "text" || value.Contains('"', StringComparison.Ordinal)))
        {
            _text.Append(value).Append('\n');
        }
    }

    /// <summary>The part was read to its end or as far as it goes.</summary>
    public void Finish() => sink.AddText(_text.ToString().Trim());

    private void DefinedName(XmlReader reader)
    {
        if (Attribute(reader, "name") is { } own && IsAutoName(own))
        {
            sink.Add(FindingCodes.OpenXml.AutoName, $"{part}: {own}");
        }
    }

    /// <summary>The id is <c>13_ncr:1_{GUID}</c> or the like; zeros say nothing.</summary>
    private void DocumentId(string? value)
    {
        var brace = value?.IndexOf('{', StringComparison.Ordinal) ?? -1;
        if (value is not null && brace >= 0 && Guid.TryParse(value.AsSpan(brace), out var id) && id != Guid.Empty)
        {
            sink.Add(TraitKinds.Common.DocumentId, id.ToString("B").ToUpperInvariant(), $"{part} revisionPtr");
        }
    }

    private void Dde(string? service, string? topic)
    {
        sink.Add(FindingCodes.OpenXml.Dde, $"{part}: {service} {topic}");
        sink.Add(TraitKinds.Common.CommandLine, $"{service} {topic}", $"{part} ddeLink");
        sink.AddText($"{service} {topic}");
    }

    private void Connection(string? value)
    {
        sink.Add(TraitKinds.OfficeDocument.DataConnection, value, $"{part} dbPr");
        sink.AddText(value ?? "");
    }
}
