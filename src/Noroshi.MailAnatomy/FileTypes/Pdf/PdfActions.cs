using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Pdf;

/// <summary>
/// Visits every dictionary of every object and notes what it would do: no tree has to hold together for that, and what hangs on no page
/// is seen as well.
/// </summary>
internal sealed class PdfActions(PdfFile file, PdfKeywords keywords, FileInspection inspection, bool open)
{
    private const int MaxTargets = 16;
    private const int MaxLinks = 1_000;
    private const int MaxScripts = 32;
    private const int MaxFiles = 64;
    private const int MaxScriptBytes = 1 << 20;
    private const int MaxScriptText = 2 << 20;

    /// <summary>Triggers that fire without a click: a page or document is opened, shown or closed.</summary>
    private static readonly string[] Automatic = ["O", "PO", "PV", "PI", "WC"];

    private readonly HashSet<string> _links = new(StringComparer.Ordinal);
    private readonly HashSet<string> _targets = new(StringComparer.Ordinal);
    private readonly HashSet<(int, int)> _files = [];
    private readonly HashSet<int> _scripts = [];
    private readonly List<(string Text, string Where)> _sources = [];
    private int _scriptNames;
    private int _triggers;
    private int _scriptText;

    /// <summary>More of something than is looked at.</summary>
    public bool Limited { get; private set; }

    /// <summary>Visits everything.</summary>
    public void Run()
    {
        var stack = new Stack<PdfValue>();
        foreach (var one in file.Objects)
        {
            stack.Push(one.Value);
            while (stack.TryPop(out var value))
            {
                foreach (var item in value.Items)
                {
                    Push(stack, item);
                }

                if (value.Kind == PdfKind.Map)
                {
                    Visit(value, one);
                    foreach (var (key, item) in value.Map)
                    {
                        CountHeld(one, key, item);
                        Push(stack, item);
                    }
                }
            }
        }

        keywords.Add("JS", _scriptNames);
        keywords.Add("AA", _triggers);
        Finish();
    }

    private static void Push(Stack<PdfValue> stack, PdfValue item)
    {
        if (item.Kind is PdfKind.Map or PdfKind.List)
        {
            stack.Push(item);
        }
    }

    /// <summary>Names in object streams are compressed: the scan of the raw bytes did not see them.</summary>
    private void CountHeld(PdfObject one, string key, PdfValue item)
    {
        if (one.Holder >= 0)
        {
            keywords.Count(Encoding.Latin1.GetBytes($"/{key} "));
            if (item.Kind == PdfKind.Name)
            {
                keywords.Count(Encoding.Latin1.GetBytes($"/{item.Name} "));
            }
        }

        _scriptNames += key == "JS" ? 1 : 0;
        _triggers += key == "AA" ? 1 : 0;
    }

    private void Visit(PdfValue map, PdfObject one)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"object {one.Number}");
        var kind = file.Get(map, "S").Name;
        if (map.Map.ContainsKey("JS"))
        {
            Script(map["JS"], where);
        }

        switch (kind)
        {
            case "Launch":
                Launch(map, where);
                break;
            case "URI" when open:
                Link(PdfStrings.Decode(file.Get(map, "URI").Bytes), where + " /URI");
                break;
            case "SubmitForm" or "ImportData" when open:
                var target = NameOf(map["F"]);
                Link(target, $"{where} /{kind}");
                Note(FindingCodes.Pdf.SubmitForm.At($"{where}: {target}"));
                break;
            case "GoToR" or "GoToE" when open:
                Remote(NameOf(map["F"]), $"{where} /{kind}");
                break;
            default:
                break;
        }

        if (map.Map.ContainsKey("EF"))
        {
            Embedded(map, where);
        }

        if (map.Map.ContainsKey("XFA"))
        {
            Xfa(map["XFA"], where);
        }

        if (file.Get(map, "Subtype").Name is "RichMedia" or "Flash" or "3D")
        {
            Note(FindingCodes.Pdf.RichMedia.At($"{where}: {file.Get(map, "Subtype").Name}"));
        }

        if (file.Get(map, "Colors").Integer > PdfPredictor.MostColours)
        {
            Note(FindingCodes.Pdf.OddStructure.At($"{where}: /Colors"));
        }

        Starts(map, where);
    }

    /// <summary>What begins by itself. Going to a page is what honest files do.</summary>
    private void Starts(PdfValue map, string where)
    {
        if (map.Map.ContainsKey("OpenAction") && Active(map["OpenAction"]) is { } first)
        {
            Note(FindingCodes.Pdf.OpenAction.At($"{where}: /OpenAction {first}"));
        }

        if (file.Get(map, "Names") is { Kind: PdfKind.Map } names && names.Map.ContainsKey("JavaScript"))
        {
            Note(FindingCodes.Pdf.OpenAction.At($"{where}: /Names /JavaScript"));
        }

        if (file.Get(map, "AA") is not { Kind: PdfKind.Map } triggers)
        {
            return;
        }

        foreach (var trigger in Automatic)
        {
            if (triggers.Map.ContainsKey(trigger) && Active(triggers[trigger]) is { } action)
            {
                Note(FindingCodes.Pdf.OpenAction.At($"{where}: /AA /{trigger} {action}"));
            }
        }
    }

    private string? Active(PdfValue action)
    {
        var map = file.Resolve(action);
        return
            file.Get(map, "S").Name
                is "JavaScript"
                    or "Launch"
                    or "URI"
                    or "SubmitForm"
                    or "ImportData"
                    or "GoToR"
                    or "GoToE"
                    or "Rendition"
                    or "Movie"
            ? file.Get(map, "S").Name
            : null;
    }

    private void Script(PdfValue value, string where)
    {
        if (_sources.Count >= MaxScripts)
        {
            Limited = true;
            return;
        }

        if (value.Kind == PdfKind.Reference && !_scripts.Add(value.Target))
        {
            return;
        }

        var source =
            !open ? ""
            : file.Stream(value) is { } stream ? PdfStrings.Decode(file.Decode(stream, MaxScriptBytes) ?? [])
            : PdfStrings.Decode(file.Resolve(value).Bytes);
        _sources.Add((source, where));
    }

    private void Launch(PdfValue map, string where)
    {
        var windows = file.Get(map, "Win");
        var command = string.Join(
            ' ',
            new[] { NameOf(windows.Map.ContainsKey("F") ? windows["F"] : map["F"]), PdfStrings.Decode(file.Get(windows, "P").Bytes) }.Where(
                part => part.Length > 0
            )
        );
        Note(FindingCodes.Pdf.Launch.At($"{where}: {Short(command)}"));
        if (open && command.Length > 0)
        {
            Trait(TraitKinds.Common.CommandLine.Of(command, where + " /Launch"));
            inspection.Texts.Add(command);
        }
    }

    private void Link(string target, string where)
    {
        if (target.Length == 0)
        {
            return;
        }

        if (_links.Count >= MaxLinks)
        {
            Limited = true;
            return;
        }

        if (_links.Add(target) && _targets.Count < MaxTargets && _targets.Add(target))
        {
            Trait(TraitKinds.Common.ExternalTarget.Of(target, where));
        }
    }

    /// <summary>A file beside this one is an ordinary link; one on another machine is not.</summary>
    private void Remote(string target, string where)
    {
        if (
            target.StartsWith(@"\\", StringComparison.Ordinal)
            || target.StartsWith("//", StringComparison.Ordinal)
            || target.Contains("://", StringComparison.Ordinal)
        )
        {
            Link(target, where);
            Note(FindingCodes.Pdf.RemoteTarget.At($"{where}: {Short(target)}"));
        }
    }

    /// <summary>Name of a file specification (7.11): a string, or a dictionary with one in several forms.</summary>
    private string NameOf(PdfValue value)
    {
        var resolved = file.Resolve(value);
        if (resolved.Kind == PdfKind.Text)
        {
            return PdfStrings.Decode(resolved.Bytes);
        }

        foreach (var key in (string[])["UF", "F", "DOS", "Unix", "Mac", "URI"])
        {
            if (file.Get(resolved, key) is { Kind: PdfKind.Text, Bytes.Length: > 0 } name)
            {
                return PdfStrings.Decode(name.Bytes);
            }
        }

        return "";
    }

    private void Embedded(PdfValue map, string where)
    {
        var files = file.Get(map, "EF");
        if ((file.Stream(files["UF"]) ?? file.Stream(files["F"])) is not { } stream || !_files.Add((stream.Number, stream.At)))
        {
            return;
        }

        if (_files.Count > MaxFiles)
        {
            Limited = true;
            return;
        }

        var name = NameOf(map);
        Note(FindingCodes.Pdf.EmbeddedFile.At($"{where}: {Short(name)}"));
        if (!open)
        {
            return;
        }

        var parameters = file.Get(stream.Value, "Params");
        inspection.Inner.Add(
            new ContainerEntry
            {
                Name = name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"object-{stream.Number}"),
                Size = file.Get(parameters, "Size").Integer is >= 0 and var size ? size : null,
                ModifiedAt = PdfStrings.Date(PdfStrings.Decode(file.Get(parameters, "ModDate").Bytes)),
                Open = () =>
                    new MemoryStream(file.Decode(stream) ?? throw new InvalidDataException("The filter is for pictures."), writable: false),
            }
        );
    }

    private void Xfa(PdfValue value, string where)
    {
        Note(FindingCodes.Pdf.Xfa.At(where));
        if (!open)
        {
            return;
        }

        var resolved = file.Resolve(value);
        IEnumerable<PdfValue> parts = resolved.Kind == PdfKind.List ? resolved.Items : [value];
        foreach (var part in parts.Take(64))
        {
            if (
                file.Stream(part) is { } stream
                && _scripts.Add(stream.Number)
                && PdfStrings.Decode(file.Decode(stream, MaxScriptBytes) ?? []) is var text
                && text.Contains("<script", StringComparison.OrdinalIgnoreCase)
                && _sources.Count < MaxScripts
            )
            {
                _sources.Add((text, where + " /XFA"));
            }
        }
    }

    private void Finish()
    {
        foreach (var (text, where) in _sources)
        {
            Note(FindingCodes.Pdf.JavaScript.At(string.Create(CultureInfo.InvariantCulture, $"{where}: {text.Length} characters")));
            _scriptText += text.Length;
            if (text.Length > 0 && _scriptText <= MaxScriptText)
            {
                inspection.Texts.Add(text);
            }
        }

        if (_links.Count > 0)
        {
            inspection.Texts.Add(string.Join('\n', _links));
        }
    }

    private void Note(Finding finding)
    {
        if (inspection.Findings.Count(one => one.Code == finding.Code) < 8)
        {
            inspection.Findings.AddBounded(finding);
        }
    }

    private void Trait(Trait trait)
    {
        if (inspection.Traits.Count < 64)
        {
            inspection.Traits.Add(trait);
        }
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];
}
