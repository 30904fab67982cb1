using Noroshi.MailAnatomy.FileTypes.OpenXml;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Rtf;

/// <summary>
/// Looks into Rich Text Format (version 1.9.1): who made it, objects and what they are, fields, the template it loads. Objects are hex
/// text that attackers break up in every way Word forgives; whatever was broken up is put together as Word does.
/// </summary>
internal sealed partial class RtfInspector
{
    private const int MaxDepth = 4_096;
    private const int MaxObjects = 64;
    private const int MaxRsids = 100;
    private const int MaxFonts = 4_096;
    private const int MaxField = 16_384;

    private static readonly LinkCodes Codes = new(
        FindingCodes.Rtf.Dde,
        FindingCodes.Rtf.LinkedObject,
        FindingCodes.Rtf.RemoteContent,
        FindingCodes.Rtf.OddLink
    );

    private readonly TraitSink _sink;
    private readonly Stack<RtfGroup> _groups = new();
    private readonly RtfText _body;
    private readonly RtfText _other = new(MaxField);
    private readonly FieldStack _fields;
    private readonly Dictionary<int, int> _fonts = [];
    private readonly SortedSet<string> _rsids = new(StringComparer.Ordinal);
    private readonly int[] _time = new int[6];
    private RtfGroup _group = new() { Destination = RtfPlace.Text, UnicodeSkip = 1 };
    private RtfObjectData? _object;
    private int _objects;
    private int _deeper;
    private int _codePage = 1252;
    private int _font;
    private int _skip;
    private bool _star;

    private RtfInspector(TraitSink sink)
    {
        _sink = sink;
        _body = new RtfText(sink.TextLeft);
        _fields = new FieldStack("field", sink, Codes);
    }

    /// <summary>Adds everything to the inspection.</summary>
    public static void Inspect(ReadOnlySpan<byte> bytes, TraitSink sink)
    {
        Header(bytes, sink);
        new RtfInspector(sink).Run(bytes);
    }

    private static void Header(ReadOnlySpan<byte> bytes, TraitSink sink)
    {
        var start = bytes[..Math.Min(bytes.Length, 16)];
        if (!start.StartsWith("{\\rtf1"u8) || (start.Length > 6 && char.IsAsciiDigit((char)start[6])))
        {
            sink.Add(FindingCodes.Rtf.Header, System.Text.Encoding.Latin1.GetString(start));
        }
    }

    private void Run(ReadOnlySpan<byte> bytes)
    {
        var tokens = new RtfTokens(bytes);
        var end = -1;
        while (tokens.Read())
        {
            switch (tokens.Kind)
            {
                case RtfKind.Open:
                    Open();
                    break;
                case RtfKind.Close:
                    Close();
                    end = _groups.Count == 0 && _deeper == 0 ? tokens.Position : end;
                    break;
                case RtfKind.Word:
                    Word(ref tokens);
                    break;
                case RtfKind.Symbol:
                    Symbol(tokens.Value[0]);
                    break;
                case RtfKind.Hex:
                    Hex(tokens.Number);
                    break;
                case RtfKind.Text:
                    Text(tokens.Value);
                    break;
                case RtfKind.Binary when _group.Destination == RtfPlace.ObjectData:
                    _object?.AddBinary(tokens.Value);
                    break;
            }

            if (end >= 0)
            {
                break;
            }
        }

        Finish(bytes, end);
    }

    private void Finish(ReadOnlySpan<byte> bytes, int end)
    {
        for (var left = _groups.Count; left > 0; left--)
        {
            Leave();
            _group = _groups.Pop();
        }

        _fields.Finish();
        _sink.AddText(_body.Take().Trim());
        if (_rsids.Count > 0)
        {
            _sink.Add(TraitKinds.OfficeDocument.Rsids, string.Join(' ', _rsids), "rsidtbl");
        }

        var rest = end < 0 ? [] : bytes[end..].Trim(" \t\r\n\0"u8);
        if (rest.Length > 16)
        {
            _sink.Add(FindingCodes.Rtf.Trailing, $"{rest.Length} bytes at {end}");
        }
    }

    private void Open()
    {
        _star = false;
        _skip = 0;
        if (_groups.Count >= MaxDepth)
        {
            _deeper++;
            _sink.Add(FindingCodes.Rtf.Limit, $"more than {MaxDepth} groups in each other");
            return;
        }

        _groups.Push(_group);
        _group.Opened = false;
        if (_group.Destination == RtfPlace.ObjectData)
        {
            _object?.AddOddity(dropsHalf: false);
        }
    }

    private void Close()
    {
        _star = false;
        _skip = 0;
        if (_deeper > 0)
        {
            _deeper--;
        }
        else if (_groups.Count > 0)
        {
            Leave();
            _group = _groups.Pop();
        }
    }

    /// <summary>The group in which a destination was opened ends: what it holds is whole.</summary>
    private void Leave()
    {
        if (!_group.Opened)
        {
            return;
        }

        switch (_group.Destination)
        {
            case RtfPlace.ObjectData:
                EndObject();
                break;
            case RtfPlace.Instruction:
                // Nested instructions are parts of the one around them.
                _fields.Add(_other.Take());
                break;
            case RtfPlace.Field:
                _fields.End();
                break;
            case RtfPlace.Time:
                Time();
                break;
            case RtfPlace.Value:
                Value(_group.Name, _other.Take().Trim().TrimEnd(';'));
                break;
        }
    }

    private void EndObject()
    {
        if (_object is not { } done)
        {
            return;
        }

        _object = null;
        if (done.IsEmpty)
        {
            return;
        }

        if (done.Oddities > 8)
        {
            _sink.Add(FindingCodes.Rtf.Obfuscated, $"object {_objects}: {done.Oddities} places");
        }

        if (_objects > MaxObjects)
        {
            _sink.Add(FindingCodes.Rtf.Limit, $"more than {MaxObjects} objects");
            return;
        }

        _sink.Add(FindingCodes.Rtf.Object, $"object {_objects}");
        RtfObject.Add(done.ToArray(), _objects, _sink);
    }

    private void Word(ref RtfTokens tokens)
    {
        var star = _star;
        _star = false;
        _skip = 0;
        if (_deeper > 0)
        {
            return;
        }

        var name = System.Text.Encoding.ASCII.GetString(tokens.Value);
        if (RtfPlaces.Find(name) is { } place)
        {
            Enter(place, name);
            return;
        }

        if (_group.Destination == RtfPlace.ObjectData)
        {
            _object?.AddOddity(dropsHalf: false);
        }

        switch (name)
        {
            case "rtf":
                break;
            case "bin":
                break;
            case "u" when tokens.HasNumber:
                Character((char)(ushort)tokens.Number);
                _skip = _group.UnicodeSkip;
                break;
            case "uc":
                _group.UnicodeSkip = Math.Clamp(tokens.Number, 0, 64);
                break;
            case "par" or "line" or "row" or "cell" or "sect" or "page":
                Character('\n');
                break;
            case "tab":
                Character('\t');
                break;
            case "objupdate" or "objautlink" or "objlink" or "objemb" or "objocx" or "objhtml" or "objsub":
                ObjectKind(name);
                break;
            default:
                if (!Number(name, ref tokens) && star)
                {
                    _group.Destination = RtfPlace.Skip;
                    _group.Opened = true;
                }

                break;
        }
    }

    private void Enter(RtfPlace place, string name)
    {
        if (place == RtfPlace.ObjectData)
        {
            EndObject();
            _object = new RtfObjectData();
            _objects++;
        }
        else if (place == RtfPlace.Field)
        {
            // What stood before it belongs to the instruction around it.
            _fields.Add(_other.Take());
            _fields.Begin();
        }
        else if (place == RtfPlace.Result)
        {
            _fields.Separate();
            place = RtfPlace.Text;
        }
        else if (place is RtfPlace.Value)
        {
            _other.Take();
        }
        else if (place == RtfPlace.Time)
        {
            Array.Clear(_time);
        }

        _group.Destination = place;
        _group.Name = name;
        _group.Opened = true;
    }

    private void ObjectKind(string name)
    {
        if (name == "objupdate")
        {
            _sink.Add(FindingCodes.Rtf.AutoUpdate, "objupdate");
        }
        else if (name is "objautlink" or "objlink")
        {
            _sink.Add(FindingCodes.Rtf.LinkedObject, name);
        }
    }

    private void Symbol(byte symbol)
    {
        _star = symbol == '*';
        if (_star)
        {
            return;
        }

        if (_group.Destination == RtfPlace.ObjectData)
        {
            _object?.AddOddity(dropsHalf: false);
        }

        switch (symbol)
        {
            case (byte)'~':
                Character(' ');
                break;
            case (byte)'_':
                Character('-');
                break;
            case (byte)'{' or (byte)'}' or (byte)'\\':
                Character((char)symbol);
                break;
            case (byte)'\r' or (byte)'\n':
                Character('\n');
                break;
        }
    }

    private void Hex(int value)
    {
        _star = false;
        if (_group.Destination == RtfPlace.ObjectData)
        {
            _object?.AddOddity(dropsHalf: true);
        }
        else if (value >= 0)
        {
            Byte((byte)value);
        }
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        _star = false;
        if (_deeper > 0 || _group.Destination is RtfPlace.Skip or RtfPlace.Fonts)
        {
            return;
        }

        if (_group.Destination == RtfPlace.ObjectData)
        {
            _object?.AddText(text);
            return;
        }

        foreach (var one in text)
        {
            Byte(one);
        }
    }

    private void Byte(byte one)
    {
        if (_skip > 0)
        {
            _skip--;
            return;
        }

        var page = _group.CodePage > 0 ? _group.CodePage : _codePage;
        switch (_group.Destination)
        {
            case RtfPlace.Text or RtfPlace.Field:
                _body.Add(one, page);
                break;
            case RtfPlace.Instruction or RtfPlace.Value:
                _other.Add(one, page);
                break;
        }
    }

    private void Character(char one)
    {
        switch (_group.Destination)
        {
            case RtfPlace.Text or RtfPlace.Field:
                _body.Add(one);
                break;
            case RtfPlace.Instruction or RtfPlace.Value:
                _other.Add(one);
                break;
        }
    }
}
