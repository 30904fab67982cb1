using System.Buffers;
using System.Text;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>
/// Reads an RTF body: takes wrapped HTML or text out ([MS-OXRTFEX]), gives the text of native RTF. One pass, no recursion; groups beyond
/// <see cref="MaxDepth"/> are read in the state of the last one.
/// </summary>
internal ref struct RtfReader
{
    /// <summary>Characters of the result.</summary>
    public const int MaxText = 4 << 20;

    private const int MaxDepth = 1_024;
    private const int MaxLinks = 1_000;
    private const int MaxInstruction = 4_096;
    private const int MaxWord = 32;

    private static readonly SearchValues<byte> Special = SearchValues.Create("\\{}\r\n\0"u8);

    private readonly ReadOnlySpan<byte> _rtf;
    private readonly StringBuilder _output = new();
    private readonly ArrayBufferWriter<byte> _pending = new();
    private readonly StringBuilder _instruction = new();
    private readonly List<HtmlLink> _links = [];
    private readonly Stack<State> _groups = new();
    private readonly RtfFonts _fonts = new();
    private RtfKind _kind;
    private State _now = new() { UnicodeLength = 1, Result = -1 };
    private string? _target;
    private long _tooDeep;
    private int _skip;
    private bool _star;
    private int _at;

    private RtfReader(ReadOnlySpan<byte> rtf) => _rtf = rtf;

    private enum Destination
    {
        Body,
        HtmlTag,
        FontTable,
        Instruction,
        Skipped,
    }

    private struct State
    {
        public Destination Destination;
        public int Font;
        public int UnicodeLength;
        public bool Suppressed;
        public bool Hidden;

        /// <summary>Where the shown text of a field starts, in the group that opened it; else -1.</summary>
        public int Result;
    }

    /// <summary>Reads a body. Never fails; null when the bytes are no RTF.</summary>
    public static RtfContent? Read(ReadOnlySpan<byte> rtf)
    {
        var start = rtf[..Math.Min(rtf.Length, 64)].IndexOf("{\\rtf"u8);
        return start < 0 ? null : new RtfReader(rtf[start..]).Run();
    }

    private RtfContent Run()
    {
        while (_at < _rtf.Length && _output.Length < MaxText)
        {
            var value = _rtf[_at];
            switch (value)
            {
                case (byte)'{':
                    _at++;
                    Open();
                    break;
                case (byte)'}':
                    _at++;
                    if (!Close())
                    {
                        _at = _rtf.Length;
                    }

                    break;
                case (byte)'\\':
                    _at++;
                    Control();
                    break;
                case (byte)'\r' or (byte)'\n' or 0:
                    _at++;
                    break;
                default:
                    var rest = _rtf[_at..];
                    var end = rest.IndexOfAny(Special);
                    var run = end < 0 ? rest : rest[..end];
                    _at += run.Length;
                    Bytes(run);
                    break;
            }
        }

        Flush();
        var cut = _output.Length >= MaxText;
        _output.Length = Math.Min(_output.Length, MaxText);
        return new RtfContent(_kind, _output.ToString(), RtfFonts.NameOf(_fonts.DocumentPage), _links, cut);
    }

    private void Open()
    {
        Flush();
        _skip = 0;
        _star = false;
        if (_groups.Count == MaxDepth)
        {
            _tooDeep++;
            return;
        }

        _groups.Push(_now);
        _now.Result = -1;
    }

    /// <summary>False at the end of the document.</summary>
    private bool Close()
    {
        Flush();
        _skip = 0;
        _star = false;
        if (_tooDeep > 0)
        {
            _tooDeep--;
            return true;
        }

        if (!_groups.TryPop(out var outer))
        {
            return false;
        }

        if (_now.Destination == Destination.Instruction && outer.Destination != Destination.Instruction)
        {
            _target = RtfWords.Hyperlink(_instruction.ToString()) ?? _target;
            _instruction.Clear();
        }
        else if (_now.Result >= 0 && _target is { } target)
        {
            EndLink(target, _output.ToString(_now.Result, Math.Min(300, _output.Length - _now.Result)));
        }

        _now = outer;
        return _groups.Count > 0;
    }

    private void EndLink(string target, string shown)
    {
        _target = null;
        if (_links.Count < MaxLinks)
        {
            _links.Add(new HtmlLink(target, shown.Trim()));
        }

        if (_kind == RtfKind.Native && !shown.Contains(target, StringComparison.OrdinalIgnoreCase))
        {
            _output.Append(" <").Append(target).Append('>');
        }
    }

    private void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        var skipped = Math.Min(_skip, bytes.Length);
        _skip -= skipped;
        bytes = bytes[skipped..];
        if (_now.Destination == Destination.Instruction)
        {
            var room = Math.Min(bytes.Length, Math.Max(0, MaxInstruction - _instruction.Length));
            _fonts.Decode(bytes[..room], _now.Font, _instruction);
        }
        else if (IsShown && _output.Length + _pending.WrittenCount < MaxText)
        {
            _pending.Write(bytes);
        }
    }

    private readonly bool IsShown =>
        !_now.Suppressed
        && (
            _now.Destination == Destination.Body
                ? !_now.Hidden || _kind != RtfKind.Native
                : _now.Destination == Destination.HtmlTag && _kind == RtfKind.Html
        );

    private readonly void Flush()
    {
        if (_pending.WrittenCount > 0)
        {
            _fonts.Decode(_pending.WrittenSpan, _now.Font, _output);
            _pending.ResetWrittenCount();
        }
    }

    private readonly void Show(string text)
    {
        Flush();
        if (IsShown)
        {
            _output.Append(text);
        }
    }

    private void Control()
    {
        if (_at >= _rtf.Length)
        {
            return;
        }

        var first = _rtf[_at];
        if (!char.IsAsciiLetter((char)first))
        {
            _at++;
            Symbol(first);
            return;
        }

        var end = _at;
        while (end < _rtf.Length && end - _at < MaxWord && char.IsAsciiLetter((char)_rtf[end]))
        {
            end++;
        }

        var word = _rtf[_at..end];
        var negative = end < _rtf.Length && _rtf[end] == '-';
        end += negative ? 1 : 0;
        var number = 0L;
        var digits = 0;
        for (; end < _rtf.Length && digits < 10 && char.IsAsciiDigit((char)_rtf[end]); end++, digits++)
        {
            number = (number * 10) + (_rtf[end] - '0');
        }

        end += end < _rtf.Length && _rtf[end] == ' ' ? 1 : 0;
        _at = end;
        Word(word, digits > 0 ? (int)Math.Clamp(negative ? -number : number, int.MinValue, int.MaxValue) : null);
        _star = false;
    }

    private void Symbol(byte symbol)
    {
        switch (symbol)
        {
            case (byte)'\'':
                if (_at + 2 <= _rtf.Length && Hex(_rtf[_at]) is >= 0 and var high && Hex(_rtf[_at + 1]) is >= 0 and var low)
                {
                    _at += 2;
                    Bytes([(byte)((high << 4) | low)]);
                }

                break;
            case (byte)'\\' or (byte)'{' or (byte)'}':
                Bytes([symbol]);
                break;
            case (byte)'*':
                _star = true;
                break;
            case (byte)'\r' or (byte)'\n':
                Show("\r\n");
                break;
            case (byte)'~':
                Show("\u00A0");
                break;
            case (byte)'_':
                Show("-");
                break;
        }
    }

    private static int Hex(byte digit) => char.IsAsciiHexDigit((char)digit) ? System.Convert.ToInt32(((char)digit).ToString(), 16) : -1;

    private void Word(ReadOnlySpan<byte> word, int? number)
    {
        if (_star || !IsText(word, number))
        {
            if (!IsDestination(word) && !IsProperty(word, number) && _star)
            {
                _now.Destination = Destination.Skipped;
            }
        }
    }

    /// <summary>Words that stand for characters.</summary>
    private bool IsText(ReadOnlySpan<byte> word, int? number)
    {
        var shown = word switch
        {
            _ when word.SequenceEqual("par"u8) || word.SequenceEqual("line"u8) || word.SequenceEqual("row"u8) => "\r\n",
            _ when word.SequenceEqual("sect"u8) || word.SequenceEqual("page"u8) => "\r\n",
            _ when word.SequenceEqual("tab"u8) || word.SequenceEqual("cell"u8) => "\t",
            _ when word.SequenceEqual("lquote"u8) => "\u2018",
            _ when word.SequenceEqual("rquote"u8) => "\u2019",
            _ when word.SequenceEqual("ldblquote"u8) => "\u201C",
            _ when word.SequenceEqual("rdblquote"u8) => "\u201D",
            _ when word.SequenceEqual("bullet"u8) => "\u2022",
            _ when word.SequenceEqual("endash"u8) => "\u2013",
            _ when word.SequenceEqual("emdash"u8) => "\u2014",
            _ when word.SequenceEqual("enspace"u8) || word.SequenceEqual("emspace"u8) => " ",
            _ => null,
        };
        if (shown is not null)
        {
            if (_skip > 0)
            {
                _skip--;
                return true;
            }

            Show(shown);
            return true;
        }

        if (!word.SequenceEqual("u"u8) || number is not { } code)
        {
            return false;
        }

        // Numbers are signed 16-bit; larger ones are written by programs that take them for code points.
        code = code is < 0 and >= -0x8000 ? code + 0x10000 : code;
        if (_now.Destination == Destination.Instruction)
        {
            _instruction.Append(_instruction.Length < MaxInstruction ? Character(code) : "");
        }
        else
        {
            Show(Character(code));
        }

        _skip = _now.UnicodeLength;
        return true;
    }

    private static string Character(int code) =>
        code is >= 0 and < 0x10000 ? ((char)code).ToString()
        : Rune.IsValid(code) ? new Rune(code).ToString()
        : "\uFFFD";

    /// <summary>Words that say what their group is.</summary>
    private bool IsDestination(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("htmltag"u8))
        {
            Go(Destination.HtmlTag);
            return true;
        }

        if (word.SequenceEqual("fonttbl"u8))
        {
            Go(Destination.FontTable);
            return true;
        }

        if (word.SequenceEqual("fldinst"u8))
        {
            Go(Destination.Instruction);
            return true;
        }

        if (word.SequenceEqual("fldrslt"u8))
        {
            Flush();
            _now.Result = _output.Length;
            return true;
        }

        if (!RtfWords.IsUnseen(word))
        {
            return false;
        }

        Go(Destination.Skipped);
        return true;
    }

    private void Go(Destination destination)
    {
        Flush();
        if (_now.Destination != Destination.Skipped)
        {
            _now.Destination = destination;
        }
    }

    /// <summary>Words that change how what follows is read.</summary>
    private bool IsProperty(ReadOnlySpan<byte> word, int? number)
    {
        var value = number ?? 0;
        switch (word)
        {
            case [(byte)'f']:
                Flush();
                _now.Font = value;
                return true;
            case [(byte)'v']:
                Flush();
                _now.Hidden = number is not 0;
                return true;
            case [(byte)'u', (byte)'c']:
                _now.UnicodeLength = Math.Clamp(number ?? 1, 0, 16);
                return true;
            case [(byte)'b', (byte)'i', (byte)'n']:
                _at = (int)Math.Min(_rtf.Length, _at + (long)Math.Max(0, value));
                return true;
        }

        if (word.SequenceEqual("htmlrtf"u8))
        {
            Flush();
            _now.Suppressed = number is not 0;
        }
        else if (word.SequenceEqual("fromhtml"u8))
        {
            _kind = number is 0 ? RtfKind.Native : RtfKind.Html;
        }
        else if (word.SequenceEqual("fromtext"u8))
        {
            _kind = RtfKind.Plain;
        }
        else if (word.SequenceEqual("plain"u8))
        {
            Flush();
            (_now.Font, _now.Hidden) = (_fonts.Default, false);
        }
        else
        {
            return IsTable(word, value);
        }

        return true;
    }

    private readonly bool IsTable(ReadOnlySpan<byte> word, int value)
    {
        if (word.SequenceEqual("ansicpg"u8))
        {
            _fonts.DocumentPage = value;
        }
        else if (word.SequenceEqual("deff"u8))
        {
            _fonts.Default = value;
        }
        else if (word.SequenceEqual("fcharset"u8) && _now.Destination == Destination.FontTable)
        {
            _fonts.Set(_now.Font, RtfFonts.PageOf(value));
        }
        else if (word.SequenceEqual("cpg"u8) && _now.Destination == Destination.FontTable)
        {
            _fonts.Set(_now.Font, value);
        }
        else
        {
            return false;
        }

        return true;
    }
}
