using CsvHelper;
using Noroshi.Exchange.Csv;
using Noroshi.Exchange.Texts;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Hunting;

/// <summary>An indicator as a member has it in a file.</summary>
/// <param name="Item">Id of the item.</param>
/// <param name="Indicator">Id of the indicator: what an answer names.</param>
/// <param name="Kind">What the value is.</param>
/// <param name="Value">The value; parts in braces of hosts and URLs are any text.</param>
public sealed record HuntedIndicator(Guid Item, Guid Indicator, IndicatorKind Kind, string Value);

/// <summary>What stands in a table of indicators.</summary>
/// <param name="Indicators">Those to look for, each once.</param>
/// <param name="Over">Rows that are expired or retracted: nobody looks for them any more.</param>
/// <param name="Unreadable">Numbers of lines that are no rows of such a table.</param>
public sealed record IndicatorTableContent(IReadOnlyList<HuntedIndicator> Indicators, int Over, IReadOnlyList<int> Unreadable);

/// <summary>Reads what <see cref="IndicatorCsv"/> writes, in both languages, also after a spreadsheet has saved it.</summary>
public static class IndicatorTable
{
    private const int State = 4;
    private const int Kind = 5;
    private const int Value = 6;
    private const int Item = 14;
    private const int Indicator = 17;
    private const int Most = 1_000_000;

    private static readonly IReadOnlyDictionary<string, IndicatorKind> Kinds = Enum.GetValues<IndicatorKind>()
        .SelectMany(kind => new (string Word, IndicatorKind Kind)[] { (Codes.Of(kind), kind), (ItemWords.Kind(kind).Ja, kind) })
        .DistinctBy(pair => pair.Word, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(pair => pair.Word, pair => pair.Kind, StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Ended = new(["撤回", "retracted", "期限切れ", "expired"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a table.</summary>
    /// <param name="table">UTF-8 with or without a byte order mark, RFC 4180, one header line.</param>
    /// <exception cref="InvalidDataException">It is no such table at all.</exception>
    public static IndicatorTableContent Read(Stream table)
    {
        using var csv = CsvReader.Create(
            table,
            new CsvReaderOptions
            {
                Separator = ',',
                FieldCountMismatch = CsvFieldCountHandling.Allow,
                TrackLineNumbers = true,
            },
            leaveOpen: true
        );
        csv.ReadHeader();
        if (csv.Headers.Count <= Indicator)
        {
            throw new InvalidDataException("This is no table of indicators of a hub.");
        }

        var found = new Dictionary<(Guid, Guid), HuntedIndicator>();
        var (over, unreadable) = (0, new List<int>());
        while (csv.Read() && found.Count < Most)
        {
            if (csv.FieldCount <= Indicator)
            {
                unreadable.Add((int)csv.LineNumber);
            }
            else if (csv.GetString(Value) is not { Length: > 0 } value)
            {
                // An item without indicators, or a retracted one: the row holds its marking only.
            }
            else if (Ended.Contains(csv.GetString(State)))
            {
                over++;
            }
            else if (
                Kinds.TryGetValue(csv.GetString(Kind), out var kind)
                && Guid.TryParse(csv.GetString(Item), out var item)
                && Guid.TryParse(csv.GetString(Indicator), out var indicator)
            )
            {
                found.TryAdd((item, indicator), new HuntedIndicator(item, indicator, kind, CsvCell.Undone(value)));
            }
            else
            {
                unreadable.Add((int)csv.LineNumber);
            }
        }

        return new IndicatorTableContent([.. found.Values], over, unreadable);
    }
}
