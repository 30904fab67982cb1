using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound.Objects;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Compound.Office;

/// <summary>
/// Workbooks of Excel 5 to 2003 (MS-XLS): who wrote it, sheets nobody sees, macro sheets with their formulas, names that run, and what lies
/// outside (linked workbooks, DDE, queries, hyperlinks).
/// </summary>
internal sealed class Workbook(DocumentFacts facts)
{
    private const int MaxRecords = 2_000_000;
    private const int MaxSheets = 256;
    private const int MaxFormulas = 4_000;
    private const int MaxNames = 4_096;
    private const int MaxTexts = 128 << 10;

    private readonly List<(uint At, string Name, int State, int Kind)> _sheets = [];
    private readonly List<string> _names = [];
    private readonly List<ReadOnlyMemory<byte>> _shared = [];
    private readonly StringBuilder _formulas = new();
    private readonly StringBuilder _texts = new();
    private readonly SortedSet<string> _programs = new(StringComparer.Ordinal);
    private readonly List<string> _auto = [];
    private bool _wide = true;
    private int _codePage;
    private int _macroSheets;
    private int _formulaCount;
    private string _sheet = "";
    private bool _inMacros;
    private bool _inShared;

    /// <summary>Reads the stream <c>Workbook</c> or <c>Book</c>.</summary>
    public void Read(ReadOnlyMemory<byte> book)
    {
        var bytes = book.Span;
        for (var (at, records) = (0, 0); at + 4 <= bytes.Length && records < MaxRecords; records++)
        {
            int kind = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]), bytes.Length - at - 4);
            // Behind the last sheet there is nothing but zeros to the end of the sector.
            if (kind == 0 && length == 0)
            {
                break;
            }

            if (kind == 0x003C && _inShared)
            {
                _shared.Add(book.Slice(at + 4, length));
            }
            else
            {
                _inShared = kind == 0x00FC;
                if (_inShared && _shared.Count == 0)
                {
                    _shared.Add(book.Slice(at + 4, length));
                }

                Record(kind, bytes.Slice(at + 4, length), (uint)at);
            }

            at += 4 + length;
        }

        Report();
    }

    private void Record(int kind, ReadOnlySpan<byte> body, uint at)
    {
        switch (kind)
        {
            case 0x0809 or 0x0409 or 0x0209:
                Begin(body, at);
                break;
            case 0x0042 when body.Length >= 2:
                _codePage = BinaryPrimitives.ReadUInt16LittleEndian(body);
                break;
            case 0x005C:
                Writer(body);
                break;
            case 0x0085:
                Sheet(body);
                break;
            case 0x0018:
                Name(body);
                break;
            case 0x0006 or 0x0206 or 0x0406 when _inMacros:
                Formula(body);
                break;
            case 0x0207 when body.Length >= 3:
                Add(BiffText.Read(body[2..], BinaryPrimitives.ReadUInt16LittleEndian(body), _wide, _codePage));
                break;
            case 0x0204 or 0x00D6 when body.Length >= 9:
                Add(BiffText.Read(body[8..], BinaryPrimitives.ReadUInt16LittleEndian(body[6..]), _wide, _codePage));
                break;
            case 0x01AE or 0x0017 when body.Length >= 4:
                External(kind, body);
                break;
            case 0x01B8 when body.Length > 8:
                Hyperlink(body[8..]);
                break;
            case 0x00CD when body.Length >= 4:
                Query(BiffText.Read(body[2..], BinaryPrimitives.ReadUInt16LittleEndian(body), _wide, _codePage));
                break;
            default:
                break;
        }
    }

    private void Begin(ReadOnlySpan<byte> body, uint at)
    {
        if (body.Length < 4)
        {
            return;
        }

        int kind = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
        if (kind == 5)
        {
            _wide = BinaryPrimitives.ReadUInt16LittleEndian(body) >= 0x0600;
        }

        _inMacros = kind == 0x40;
        _macroSheets += _inMacros ? 1 : 0;
        _sheet = "";
        foreach (var sheet in _sheets)
        {
            if (sheet.At == at)
            {
                _sheet = sheet.Name;
            }
        }
    }

    /// <summary>MS-XLS 2.4.349: the user name of whoever saved, padded with blanks.</summary>
    private void Writer(ReadOnlySpan<byte> body)
    {
        if (body.Length < 4)
        {
            return;
        }

        var name = _wide
            ? BiffText.Read(body[2..], BinaryPrimitives.ReadUInt16LittleEndian(body), true, 0)
            : BiffText.Read(body[1..], body[0], false, _codePage);
        facts.Trait(TraitKinds.Common.LastAuthor, name, "Workbook/WRITEACCESS");
    }

    /// <summary>MS-XLS 2.4.28: place, state (0 shown, 1 hidden, 2 very hidden), kind (1 macro sheet) and name.</summary>
    private void Sheet(ReadOnlySpan<byte> body)
    {
        if (body.Length < 8 || _sheets.Count >= MaxSheets)
        {
            return;
        }

        var name = BiffText.Read(body[7..], body[6], _wide, _codePage);
        var (state, kind) = (body[4] & 3, body[5]);
        _sheets.Add((BinaryPrimitives.ReadUInt32LittleEndian(body), name, state, kind));
        if (state != 0)
        {
            var word = state == 1 ? "hidden" : "veryHidden";
            facts.Trait(TraitKinds.OfficeDocument.HiddenSheet, $"{word}: {name}", "Workbook/BOUNDSHEET");
            if (kind == 1)
            {
                facts.Finding(FindingCodes.Macro.HiddenSheet, $"{word}: {name}");
            }
        }

        if (kind == 1)
        {
            facts.Trait(TraitKinds.Common.Macros, "xlm", $"Workbook/{name}");
        }
    }

    /// <summary>MS-XLS 2.4.150: built-in names are a number, and some of them run.</summary>
    private void Name(ReadOnlySpan<byte> body)
    {
        if (body.Length < 15 || _names.Count >= MaxNames)
        {
            return;
        }

        var flags = BinaryPrimitives.ReadUInt16LittleEndian(body);
        var name = BiffText.Read(body[14..], body[3], _wide, _codePage);
        if ((flags & 0x20) != 0 && name.Length == 1)
        {
            name = (int)name[0] switch
            {
                1 => "Auto_Open",
                2 => "Auto_Close",
                0x0A => "Auto_Activate",
                0x0B => "Auto_Deactivate",
                _ => string.Create(CultureInfo.InvariantCulture, $"BUILTIN_{(int)name[0]}"),
            };
        }

        _names.Add(name);
        if (name.StartsWith("auto_", StringComparison.OrdinalIgnoreCase) && _auto.Count < 8)
        {
            _auto.Add((flags & 1) != 0 ? $"{name} (hidden)" : name);
        }
    }

    /// <summary>MS-XLS 2.4.127: cell, value, flags, and the tokens behind their length.</summary>
    private void Formula(ReadOnlySpan<byte> body)
    {
        if (body.Length < 22 || _formulaCount++ >= MaxFormulas)
        {
            return;
        }

        int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(body[20..]), body.Length - 22);
        var formula = XlmFormula.Read(body.Slice(22, length), _wide, _codePage, _names);
        var cell = XlmFormula.CellName(BinaryPrimitives.ReadUInt16LittleEndian(body), BinaryPrimitives.ReadUInt16LittleEndian(body[2..]));
        foreach (var function in formula.Functions)
        {
            if (XlmFunctions.RunsPrograms(function))
            {
                _programs.Add(function);
                facts.Trait(TraitKinds.Common.CommandLine, $"={formula.Text}", $"Workbook/{_sheet}!{cell}");
            }
        }

        if (_formulas.Length < MaxTexts)
        {
            _formulas.Append(cell).Append(": =").Append(formula.Text).Append('\n');
        }
    }

    private void Add(string text)
    {
        if (_texts.Length < MaxTexts)
        {
            _texts.Append(text).Append('\n');
        }
    }

    /// <summary>MS-XLS 2.4.271 and, for BIFF5, EXTERNSHEET: a path in a code of its own, or program and topic of a DDE link.</summary>
    private void External(int kind, ReadOnlySpan<byte> body)
    {
        var path = "";
        if (kind == 0x01AE)
        {
            int count = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
            // Two counts stand for the workbook itself and for its add-ins.
            path = count is 0x0401 or 0x3A01 || body.Length < 5 ? "" : BiffText.Read(body[4..], count, _wide, _codePage);
        }
        else if (!_wide)
        {
            path = BiffText.Read(body[1..], body[0], false, _codePage);
        }

        var parts = path.Length > 1 && path[0] != '\u0001' ? path.IndexOf('\u0003', StringComparison.Ordinal) : -1;
        if (parts > 0)
        {
            Linked(path[..parts], path[(parts + 1)..]);
        }
        else if (VirtualPath(path) is { Length: > 0 } plain)
        {
            Outside(plain, "Workbook/SUPBOOK", loads: false);
        }
    }

    /// <summary>A class of objects has a dot in its name; anything else is the name of a program that DDE starts.</summary>
    private void Linked(string program, string topic)
    {
        if (program.Contains('.', StringComparison.Ordinal) && !program.EndsWith(".exe", StringComparison.OrdinalIgnoreCase))
        {
            facts.Trait(TraitKinds.OfficeDocument.ObjectClass, program, "Workbook/SUPBOOK");
            Outside(topic, "Workbook/SUPBOOK", loads: true);
            return;
        }

        var command = $"{program}|{topic}";
        facts.Finding(FindingCodes.Fields.Dde, command);
        facts.Trait(TraitKinds.Common.CommandLine, command, "Workbook/SUPBOOK");
        facts.Text(command);
    }

    private void Outside(string target, string where, bool loads)
    {
        if (PathText.IsRemote(target))
        {
            facts.Trait(TraitKinds.Common.ExternalTarget, target, where);
            facts.Text(target);
            if (loads)
            {
                facts.Finding(FindingCodes.Fields.RemoteContent, $"{target}: {where}");
            }
        }
        else if (PathText.IsPath(target))
        {
            facts.Trait(TraitKinds.Common.OriginalPath, target, where);
        }
    }

    /// <summary>MS-XLS 2.5.277: one letter codes for drives, shares and separators.</summary>
    private static string VirtualPath(string path)
    {
        if (path.Length < 2 || path[0] != '\u0001')
        {
            return path;
        }

        var plain = new StringBuilder();
        for (var i = 1; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '\u0001' when i + 1 < path.Length:
                    i++;
                    plain.Append(path[i] == '@' ? @"\\" : $@"{path[i]}:\");
                    break;
                case '\u0005' when i + 1 < path.Length:
                    // The length of a long volume name, such as a URL, and the name.
                    i++;
                    break;
                case '\u0002' or '\u0003':
                    plain.Append('\\');
                    break;
                case '\u0004':
                    plain.Append(@"..\");
                    break;
                case >= ' ':
                    plain.Append(path[i]);
                    break;
                default:
                    break;
            }
        }

        return plain.ToString();
    }

    private void Hyperlink(ReadOnlySpan<byte> body)
    {
        foreach (var target in Monikers.Read(body))
        {
            Outside(target.Target, "Workbook/HLINK", loads: false);
            facts.Text(target.Target);
        }
    }

    private void Query(string text)
    {
        if (text.StartsWith("URL;", StringComparison.OrdinalIgnoreCase))
        {
            Outside(text[4..], "Workbook/SXSTRING", loads: true);
        }

        Add(text);
    }

    private void Report()
    {
        if (_macroSheets > 0)
        {
            facts.Trait(TraitKinds.Common.Macros, "xlm", "Workbook");
            foreach (var name in _auto)
            {
                facts.Trait(TraitKinds.Macro.AutoRun, name, "Workbook/NAME");
            }

            if (_auto.Count > 0)
            {
                facts.Finding(FindingCodes.Macro.AutoRun, $"{string.Join(", ", _auto)}: Workbook");
            }

            if (_programs.Count > 0)
            {
                facts.Finding(FindingCodes.Macro.SheetProgram, string.Join(", ", _programs));
            }
        }

        facts.Text(_formulas.ToString());
        facts.Text(BiffText.Shared(_shared));
        facts.Text(_texts.ToString());
    }
}
