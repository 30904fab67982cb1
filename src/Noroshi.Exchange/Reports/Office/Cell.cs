using Noroshi.Exchange.Csv;
using Noroshi.Exchange.Reports.Data;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Exchange.Reports.Office;

/// <summary>How a cell looks; the number is its place in the style table.</summary>
internal enum CellLook
{
    /// <summary>As it is.</summary>
    Plain = 0,

    /// <summary>Heading.</summary>
    Head = 1,

    /// <summary>Heading of numbers.</summary>
    HeadOfNumbers = 2,

    /// <summary>#,##0.</summary>
    Whole = 3,

    /// <summary>0%.</summary>
    Percent = 4,

    /// <summary>0.0%.</summary>
    Percent1 = 5,

    /// <summary>0.00%.</summary>
    ExactPercent = 6,

    /// <summary>#,##0.0.</summary>
    Tenth = 7,

    /// <summary>Text that would be a formula if somebody typed it: it is marked as text, and stays text when it is edited.</summary>
    Quoted = 8,

    /// <summary>Text at the right, where numbers stand.</summary>
    Right = 9,

    /// <summary>Name of what stands beside it.</summary>
    Label = 10,
}

/// <summary>A cell of a workbook: a text or a number, never a formula.</summary>
internal readonly record struct Cell(string? Words, decimal? Value, CellLook Look)
{
    public static Cell Head(string text, bool numbers = false) =>
        new(OfficePackage.Line(text), null, numbers ? CellLook.HeadOfNumbers : CellLook.Head);

    public static Cell Label(string text) => new(OfficePackage.Line(text), null, CellLook.Label);

    public static Cell Text(string text, bool right = false)
    {
        var line = OfficePackage.Line(text);
        return new Cell(
            line,
            null,
            CsvCell.IsFormula(line) ? CellLook.Quoted
                : right ? CellLook.Right
                : CellLook.Plain
        );
    }

    public static Cell Number(decimal? value, CellLook look) => new(null, value, look);

    /// <summary>A cell of a table: a number where the column has numbers and the text is one.</summary>
    public static Cell Of(TableColumn column, IReadOnlyList<Run> runs)
    {
        var text = CellNumber.TextOf(runs);
        if (!column.Numeric || CellNumber.Of(text) is not { } number)
        {
            return Text(text, column.Numeric);
        }

        var look = (number.Percent, number.Decimals) switch
        {
            (true, 0) => CellLook.Percent,
            (true, 1) => CellLook.Percent1,
            (true, _) => CellLook.ExactPercent,
            (false, 0) => CellLook.Whole,
            (false, 1) => CellLook.Tenth,
            (false, _) => CellLook.Plain,
        };
        return new Cell(null, number.Value, look);
    }
}

/// <summary>Names of sheets: at most 31 characters, without []:*?/\, each once whatever its case.</summary>
internal sealed class SheetNames
{
    private const int Longest = 31;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the next sheet.</summary>
    public string Of(string caption)
    {
        var clean = string.Concat(OfficePackage.Line(caption).Select(letter => letter is '[' or ']' or ':' or '*' or '?' or '/' or '\\' ? '_' : letter))
            .Trim(' ', '\'');
        // A spreadsheet keeps that name for itself.
        var wanted = clean.Length == 0 || clean.Equals("History", StringComparison.OrdinalIgnoreCase) ? "Sheet" : clean;
        var name = Cut(wanted, Longest);
        for (var number = 2; !_taken.Add(name); number++)
        {
            var end = FormattableString.Invariant($" ({number})");
            name = Cut(wanted, Longest - end.Length) + end;
        }

        return name;
    }

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        // Half a character is none.
        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return text[..end].Trim(' ', '\'');
    }
}
