using Noroshi.Hub;
using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Reports;

/// <summary>What stands at the foot of reports.</summary>
internal sealed record ReportOptions
{
    [OptionDoc("報告書に載せる問い合わせ先の部署名。", "Name of the office that answers questions about reports.")]
    public string? Contact { get; init; }

    [OptionDoc("同じく英語の部署名。", "The same in English.")]
    public string? ContactEn { get; init; }

    [OptionDoc("問い合わせ先の電話番号。", "Its telephone number.")]
    public string? Telephone { get; init; }

    [OptionDoc("報道関係からの問い合わせ先の部署名。", "Name of the office for the press.")]
    public string? PressContact { get; init; }

    [OptionDoc("同じく英語の部署名。", "The same in English.")]
    public string? PressContactEn { get; init; }

    [OptionDoc("報道関係からの問い合わせ先の電話番号。", "Telephone number of the office for the press.")]
    public string? PressTelephone { get; init; }

    /// <summary>Lines of the contact.</summary>
    public IEnumerable<Words> ContactLines() => Lines(Contact, ContactEn, Telephone);

    /// <summary>Lines of the press contact.</summary>
    public IEnumerable<Words> PressContactLines() => Lines(PressContact, PressContactEn, PressTelephone);

    private static IEnumerable<Words> Lines(string? name, string? english, string? telephone)
    {
        if (name is not null || english is not null)
        {
            yield return new Words(name ?? english ?? "", english ?? name ?? "");
        }

        if (telephone is not null)
        {
            yield return new Words($"電話:{telephone}", $"Telephone: {telephone}");
        }
    }
}
