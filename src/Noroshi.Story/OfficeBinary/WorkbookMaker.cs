using System.Text;
using Noroshi.Makers.FileTypes;

namespace Noroshi.Makers.OfficeBinary;

/// <summary>Writes BIFF8 workbooks record by record. The formulas are data: nothing evaluates them.</summary>
public sealed class WorkbookMaker
{
    private readonly List<byte> _globals = [];
    private readonly List<(string Name, int State, int Kind, byte[] Records)> _sheets = [];

    /// <summary>Name of who saved.</summary>
    public WorkbookMaker Writer(string name) => Global(0x5C, [(byte)name.Length, 0, 1, .. Encoding.Unicode.GetBytes(name), 0x20, 0x20]);

    /// <summary>A built-in name: 1 is Auto_Open.</summary>
    public WorkbookMaker BuiltInName(int number, bool hidden = false) =>
        Global(0x18, [(byte)(0x20 | (hidden ? 1 : 0)), 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte)number]);

    /// <summary>A defined name.</summary>
    public WorkbookMaker Name(string name) =>
        Global(0x18, [0, 0, 0, (byte)name.Length, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Encoding.Latin1.GetBytes(name)]);

    /// <summary>A linked workbook or DDE source, as the record stores it.</summary>
    public WorkbookMaker Linked(string virtualPath) =>
        Global(0x1AE, [0, 0, (byte)virtualPath.Length, 0, 0, .. Encoding.Latin1.GetBytes(virtualPath)]);

    /// <summary>Shared strings, cut between two records within the first string.</summary>
    public WorkbookMaker Shared(params string[] strings)
    {
        var table = new List<byte>();
        table.AddRange([(byte)strings.Length, 0, 0, 0, (byte)strings.Length, 0, 0, 0]);
        foreach (var text in strings)
        {
            table.AddRange([(byte)text.Length, 0, 1, .. Encoding.Unicode.GetBytes(text)]);
        }

        const int Cut = 8 + 3 + 4;
        return Global(0xFC, [.. table.Take(Cut)]).Global(0x3C, [1, .. table.Skip(Cut)]);
    }

    /// <summary>Any record of the globals.</summary>
    public WorkbookMaker Global(int kind, byte[] body)
    {
        _globals.AddRange(Record(kind, body));
        return this;
    }

    /// <summary>A sheet: state 0 shown, 1 hidden, 2 very hidden; kind 0 worksheet, 1 macro sheet.</summary>
    public WorkbookMaker Sheet(string name, int state, int kind, params byte[][] records)
    {
        _sheets.Add((name, state, kind, [.. records.SelectMany(record => record)]));
        return this;
    }

    /// <summary>A formula record of the given tokens in column A.</summary>
    public static byte[] Formula(int row, params byte[][] tokens)
    {
        var all = tokens.SelectMany(token => token).ToArray();
        return Record(
            0x06,
            [(byte)row, 0, 0, 0, 0, 0, .. new byte[8], 0, 0, 0, 0, 0, 0, (byte)all.Length, (byte)(all.Length >> 8), .. all]
        );
    }

    /// <summary>A string token.</summary>
    public static byte[] Text(string text) => [0x17, (byte)text.Length, 0, .. Encoding.Latin1.GetBytes(text)];

    /// <summary>A whole number.</summary>
    public static byte[] Number(int value) => [0x1E, (byte)value, (byte)(value >> 8)];

    /// <summary>A function of so many arguments.</summary>
    public static byte[] Function(int number, int arguments) => [0x42, (byte)arguments, (byte)number, (byte)(number >> 8)];

    /// <summary>A function of a fixed number of arguments.</summary>
    public static byte[] FixedFunction(int number) => [0x41, (byte)number, (byte)(number >> 8)];

    /// <summary>Joins the two strings before it.</summary>
    public static byte[] Join() => [0x08];

    /// <summary>A record.</summary>
    public static byte[] Record(int kind, byte[] body) =>
        [(byte)kind, (byte)(kind >> 8), (byte)body.Length, (byte)(body.Length >> 8), .. body];

    /// <summary>The stream.</summary>
    public byte[] Stream()
    {
        var sheets = new List<byte>();
        var bounds = new List<byte>();
        var size = 20 + _globals.Count + 4 + _sheets.Sum(sheet => 4 + 8 + (sheet.Name.Length * 2));
        foreach (var (name, state, kind, records) in _sheets)
        {
            var at = size + sheets.Count;
            bounds.AddRange(
                Record(
                    0x85,
                    [
                        (byte)at,
                        (byte)(at >> 8),
                        (byte)(at >> 16),
                        0,
                        (byte)state,
                        (byte)kind,
                        (byte)name.Length,
                        1,
                        .. Encoding.Unicode.GetBytes(name),
                    ]
                )
            );
            sheets.AddRange([.. Begin(kind == 1 ? 0x40 : 0x10), .. records, .. Record(0x0A, [])]);
        }

        return [.. Begin(5), .. bounds, .. _globals, .. Record(0x0A, []), .. sheets];
    }

    /// <summary>The workbook as a file, or its streams for others to be added.</summary>
    public CompoundMaker File()
    {
        var stream = Stream();
        return new CompoundMaker().Stream("Workbook", stream.Length < 4_096 ? [.. stream, .. new byte[4_096 - stream.Length]] : stream);
    }

    private static byte[] Begin(int kind) => Record(0x0809, [0, 6, (byte)kind, 0, .. new byte[12]]);
}
