using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>Takes what is found in a document into its inspection: no value twice, no list without an end.</summary>
/// <param name="inspection">Collects the facts of the file.</param>
internal sealed class TraitSink(FileInspection inspection)
{
    private const int PerKind = 16;
    private const int MaxTraits = 64;
    private const int PerCode = 8;
    private const int MaxTextCharacters = 1 << 20;

    private readonly HashSet<(string, string)> _seen = [];
    private readonly Dictionary<string, int> _perKind = new(StringComparer.Ordinal);
    private int _textLeft = MaxTextCharacters;

    /// <summary>The inspection itself.</summary>
    public FileInspection Inspection { get; } = inspection;

    /// <summary>Characters of text that are still taken.</summary>
    public int TextLeft => _textLeft;

    /// <summary>Adds a trait unless the value is blank, known or one too many.</summary>
    public void Add(TraitKind kind, string? value, string where)
    {
        var text = value.AsSpan().Trim();
        if (text.IsEmpty || Inspection.Traits.Count >= MaxTraits)
        {
            return;
        }

        var own = text[..Math.Min(text.Length, TraitKind.MaxLength)].ToString();
        var count = _perKind.GetValueOrDefault(kind.Name);
        if (count < PerKind && _seen.Add((kind.Name, own)))
        {
            _perKind[kind.Name] = count + 1;
            Inspection.Traits.Add(kind.Of(own, where));
        }
    }

    /// <summary>Adds a finding unless the same one, or enough of its code, is there.</summary>
    public void Add(FindingCode code, string detail)
    {
        var own = Short(detail);
        var count = _perKind.GetValueOrDefault(code.Code);
        if (count < PerCode && _seen.Add((code.Code, own)))
        {
            _perKind[code.Code] = count + 1;
            Inspection.Findings.Add(code.At(own));
        }
    }

    /// <summary>Adds text in which indicators are looked for.</summary>
    public void AddText(string text)
    {
        if (text.Length > 0 && _textLeft > 0)
        {
            var own = text.Length <= _textLeft ? text : text[.._textLeft];
            _textLeft -= own.Length;
            Inspection.Texts.Add(own);
        }
    }

    /// <summary>A value cut for a finding.</summary>
    public static string Short(string value) => value.Length <= 300 ? value : value[..300] + "…";
}
