using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;

namespace Noroshi.MailAnatomy.FileTypes.Compound.Office;

/// <summary>
/// Formulas of BIFF5 and BIFF8 as text (MS-XLS 2.2.2): tokens in reverse Polish order. <c>CHAR(n)</c> of a number and strings joined by
/// <c>&amp;</c> come out as one string. What is not known ends the formula with an ellipsis.
/// </summary>
internal sealed class XlmFormula
{
    private const int MaxStack = 256;
    private const int MaxText = 4_096;

    /// <summary>
    /// Letters that are put together on the way. A sign of one byte writes the whole text before it anew, so a record of signs would write
    /// hundreds of megabytes; a macro that joins a thousand letters one by one stays well below.
    /// </summary>
    private const int MaxWork = 1 << 19;

    private static readonly string[] Operators = ["+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":"];

    private readonly List<string> _stack = [];
    private readonly bool _wide;
    private readonly int _codePage;
    private readonly IReadOnlyList<string> _names;

    private int _work;

    private XlmFormula(bool wide, int codePage, IReadOnlyList<string> names)
    {
        _wide = wide;
        _codePage = codePage;
        _names = names;
    }

    /// <summary>Functions that were met.</summary>
    public List<string> Functions { get; } = [];

    /// <summary>The formula.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Reads the tokens.</summary>
    /// <param name="tokens">Parsed expression.</param>
    /// <param name="wide">BIFF8.</param>
    /// <param name="codePage">Code page of BIFF5's strings.</param>
    /// <param name="names">Defined names in their order.</param>
    public static XlmFormula Read(ReadOnlySpan<byte> tokens, bool wide, int codePage, IReadOnlyList<string> names)
    {
        var formula = new XlmFormula(wide, codePage, names);
        var whole = true;
        for (var at = 0; at < tokens.Length && whole && formula._stack.Count < MaxStack; )
        {
            var length = formula.Token(tokens[at..]);
            whole = length > 0 && formula._work < MaxWork;
            at += length;
        }

        var text = string.Join(" ", formula._stack);
        formula.Text = whole ? text : text + "…";
        return formula;
    }

    /// <summary>Length of the token; 0 when it is not known.</summary>
    private int Token(ReadOnlySpan<byte> rest)
    {
        int token = rest[0];
        switch (token)
        {
            case 0x01 or 0x02:
                return 5;
            case >= 0x03 and <= 0x11:
                Operator(Operators[token - 3]);
                return 1;
            case 0x12 or 0x13:
                Push((token == 0x12 ? "+" : "-") + Pop());
                return 1;
            case 0x14:
                Push(Pop() + "%");
                return 1;
            case 0x15:
                Push($"({Pop()})");
                return 1;
            case 0x16:
                Push("");
                return 1;
            case 0x17:
                return StringToken(rest);
            case 0x18:
                return _wide ? 6 : 0;
            case 0x19:
                return Attribute(rest);
            case 0x1C:
                Push("#ERROR");
                return 2;
            case 0x1D when rest.Length >= 2:
                Push(rest[1] == 0 ? "FALSE" : "TRUE");
                return 2;
            case 0x1E when rest.Length >= 3:
                Push(BinaryPrimitives.ReadUInt16LittleEndian(rest[1..]).ToString(CultureInfo.InvariantCulture));
                return 3;
            case 0x1F when rest.Length >= 9:
                Push(BinaryPrimitives.ReadDoubleLittleEndian(rest[1..]).ToString(CultureInfo.InvariantCulture));
                return 9;
            default:
                return token >= 0x20 ? Operand((token & 0x1F) | 0x20, rest) : 0;
        }
    }

    /// <summary>Tokens of three classes (reference, value, array) that differ in two bits only.</summary>
    private int Operand(int token, ReadOnlySpan<byte> rest)
    {
        switch (token)
        {
            case 0x20:
                Push("{…}");
                return 8;
            case 0x21 when rest.Length >= 3:
                int fixedFunction = BinaryPrimitives.ReadUInt16LittleEndian(rest[1..]);
                Call(fixedFunction, XlmFunctions.ArgumentsOf(fixedFunction));
                return 3;
            case 0x22 when rest.Length >= 4:
                Call(BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]), rest[1] & 0x7F);
                return 4;
            case 0x23 when rest.Length >= 3:
                Push(NameOf(BinaryPrimitives.ReadUInt16LittleEndian(rest[1..])));
                return _wide ? 5 : 15;
            case 0x24 or 0x2C or 0x2A:
                Push(token == 0x2A ? "#REF!" : Cell(rest[1..]));
                return _wide ? 5 : 4;
            case 0x25 or 0x2D or 0x2B:
                Push(token == 0x2B ? "#REF!" : Area(rest[1..]));
                return _wide ? 9 : 7;
            case 0x26 or 0x27 or 0x28:
                return 7;
            case 0x29:
                return 3;
            case 0x39:
                Push("EXTERN");
                return _wide ? 7 : 25;
            case 0x3A or 0x3C:
                Push(_wide && rest.Length > 3 ? $"SHEET!{Cell(rest[3..])}" : "SHEET!CELL");
                return _wide ? 7 : 18;
            case 0x3B or 0x3D:
                Push(_wide && rest.Length > 3 ? $"SHEET!{Area(rest[3..])}" : "SHEET!AREA");
                return _wide ? 11 : 21;
            default:
                return 0;
        }
    }

    private int StringToken(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 2)
        {
            return 0;
        }

        int count = rest[1];
        var letters = _wide && rest.Length > 2 && (rest[2] & 1) != 0;
        var at = _wide ? 3 : 2;
        var length = Math.Min(letters ? count * 2 : count, Math.Max(0, rest.Length - at));
        var bytes = rest.Slice(Math.Min(at, rest.Length), length);
        var text =
            letters ? Encoding.Unicode.GetString(bytes)
            : _wide ? Encoding.Latin1.GetString(bytes)
            : PropertySetReader.Decode(bytes, _codePage);
        Push(Quote(text));
        return at + (letters ? count * 2 : count);
    }

    private int Attribute(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 4)
        {
            return 0;
        }

        int value = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
        if ((rest[1] & 0x10) != 0)
        {
            Push($"SUM({Pop()})");
        }

        // A choice is followed by its table of jumps.
        return (rest[1] & 0x04) != 0 ? 4 + ((value + 1) * 2) : 4;
    }

    private void Operator(string sign)
    {
        var right = Pop();
        var left = Pop();
        Push(sign == "&" && IsString(left) && IsString(right) ? left[..^1] + right[1..] : left + sign + right);
    }

    private void Call(int function, int count)
    {
        var arguments = new string[Math.Min(count, _stack.Count)];
        for (var i = arguments.Length - 1; i >= 0; i--)
        {
            arguments[i] = Pop();
        }

        // A function of a defined name or a library: the name is the first argument.
        var own = function == 0xFF && arguments.Length > 0;
        var name = own ? arguments[0] : XlmFunctions.NameOf(function);
        if (
            name == "CHAR"
            && arguments is [var code]
            && int.TryParse(code, CultureInfo.InvariantCulture, out var letter)
            && letter is > 0 and < 256
        )
        {
            Push(Quote(((char)letter).ToString()));
            return;
        }

        if (Functions.Count < 64)
        {
            Functions.Add(name);
        }

        Push($"{name}({string.Join(",", own ? arguments[1..] : arguments)})");
    }

    private string NameOf(int index) => index >= 1 && index <= _names.Count ? _names[index - 1] : "NAME";

    private static string Cell(ReadOnlySpan<byte> rest) =>
        rest.Length < 4 ? "CELL" : CellName(BinaryPrimitives.ReadUInt16LittleEndian(rest), rest[2]);

    private string Area(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < (_wide ? 8 : 6))
        {
            return "AREA";
        }

        var first = CellName(BinaryPrimitives.ReadUInt16LittleEndian(rest), rest[4]);
        return $"{first}:{CellName(BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]), _wide ? rest[6] : rest[5])}";
    }

    /// <summary><c>A1</c> for row 0, column 0; the marks of relative references are left out.</summary>
    public static string CellName(int row, int column)
    {
        column &= 0xFF;
        var letters = column < 26 ? $"{(char)('A' + column)}" : $"{(char)('A' + (column / 26) - 1)}{(char)('A' + (column % 26))}";
        return string.Create(CultureInfo.InvariantCulture, $"{letters}{(row & 0xFFFF) + 1}");
    }

    private static string Quote(string text) => $"\"{text}\"";

    private static bool IsString(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"';

    private void Push(string text)
    {
        _work += text.Length;
        _stack.Add(text.Length <= MaxText ? text : text[..MaxText]);
    }

    private string Pop()
    {
        if (_stack.Count == 0)
        {
            return "";
        }

        var top = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }
}
