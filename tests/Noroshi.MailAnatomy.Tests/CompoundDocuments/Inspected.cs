using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.Makers.FileTypes;
using Shouldly;

namespace Noroshi.MailAnatomy.Tests.CompoundDocuments;

/// <summary>What an inspection of bytes gave.</summary>
internal sealed class Inspected
{
    private readonly FileInspection _inspection = new();

    public Inspected(byte[] bytes)
    {
        var (recogniser, match) = FileTypeTable.Recognise(bytes).ShouldNotBeNull();
        Format = match.Format;
        recogniser.Inspect(bytes, match, _inspection);
    }

    public Inspected(CompoundMaker maker)
        : this(maker.Build()) { }

    public string Format { get; }

    public string Text => string.Join('\n', _inspection.Texts);

    public string[] Codes =>
        [.. _inspection.Findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public string Detail(string code) => _inspection.Findings.First(finding => finding.Code == code).Detail;

    public string[] Values(string trait) => [.. _inspection.Traits.Where(one => one.Name == trait).Select(one => one.Value)];

    public string Where(string trait) => _inspection.Traits.First(one => one.Name == trait).Where;

    public int TraitCount => _inspection.Traits.Count;

    public List<(string Name, string Value, string Where)> Traits =>
        [.. _inspection.Traits.Select(trait => (trait.Name, trait.Value, trait.Where))];

    public (string Name, byte[] Bytes)[] Inner => [.. _inspection.Inner.Select(entry => (entry.Name, Read(entry.Open.ShouldNotBeNull())))];

    private static byte[] Read(Func<Stream> open)
    {
        using var stream = open();
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }
}
