using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>Rows of the metadata tables up to the custom attributes (ECMA-335 II.24.2.6): widths of columns depend on the counts of others.</summary>
internal readonly ref struct ClrTables
{
    private const int CustomAttribute = 0x0C;
    private const int AssemblyTag = 14;
    private const int MaxRows = 100_000;
    private const int MaxAttributes = 64;

    private readonly ReadOnlySpan<byte> _tables;
    private readonly uint[] _rows;
    private readonly int _first;
    private readonly int _text;
    private readonly int _guid;
    private readonly int _blob;

    public ClrTables(ReadOnlySpan<byte> tables)
    {
        _tables = tables;
        _rows = new uint[64];
        var sizes = tables.U8(6);
        (_text, _guid, _blob) = ((sizes & 1) != 0 ? 4 : 2, (sizes & 2) != 0 ? 4 : 2, (sizes & 4) != 0 ? 4 : 2);
        var valid = tables.U64(8);
        _first = 24;
        for (var i = 0; i < 64; i++)
        {
            if (((valid >> i) & 1) != 0)
            {
                _rows[i] = tables.U32(_first);
                _first += 4;
            }
        }
    }

    /// <summary>Name (offset of the text) and id (number of the GUID) of the module.</summary>
    public (uint Name, uint Id) Module() => _rows[0] == 0 ? (0, 0) : (Value(_first + 2, _text), Value(_first + 2 + _text, _guid));

    /// <summary>Offsets of the values of the assembly's own attributes.</summary>
    public List<uint> AssemblyAttributes()
    {
        var found = new List<uint>();
        long at = _first;
        for (var table = 0; table < CustomAttribute; table++)
        {
            at += (long)_rows[table] * RowSize(table);
        }

        var (parent, type) = (
            Coded(5, 6, 4, 1, 2, 8, 9, 0xA, 0, 0xE, 0x17, 0x14, 0x11, 0x1A, 0x1B, 0x20, 0x23, 0x26, 0x27, 0x28, 0x2A, 0x2B, 0x2C),
            Coded(3, 6, 0xA)
        );
        var size = parent + type + _blob;
        for (var row = 0; row < Math.Min(_rows[CustomAttribute], MaxRows) && at + size <= _tables.Length; row++, at += size)
        {
            if ((Value(at, parent) & 31) == AssemblyTag && found.Count < MaxAttributes)
            {
                found.Add(Value(at + parent + type, _blob));
            }
        }

        return found;
    }

    private int RowSize(int table) =>
        table switch
        {
            0x0 => 2 + _text + (3 * _guid),
            0x1 => Coded(2, 0, 0x1A, 0x23, 1) + (2 * _text),
            0x2 => 4 + (2 * _text) + Coded(2, 2, 1, 0x1B) + Index(4) + Index(6),
            0x3 => Index(4),
            0x4 => 2 + _text + _blob,
            0x5 => Index(6),
            0x6 => 8 + _text + _blob + Index(8),
            0x7 => Index(8),
            0x8 => 4 + _text,
            0x9 => Index(2) + Coded(2, 2, 1, 0x1B),
            0xA => Coded(3, 2, 1, 0x1A, 6, 0x1B) + _text + _blob,
            _ => 2 + Coded(2, 4, 8, 0x17) + _blob,
        };

    private int Index(int table) => _rows[table] > 0xFFFF ? 4 : 2;

    private int Coded(int bits, params ReadOnlySpan<int> tables)
    {
        foreach (var table in tables)
        {
            if (_rows[table] >= 1u << (16 - bits))
            {
                return 4;
            }
        }

        return 2;
    }

    private uint Value(long at, int width) => width == 4 ? _tables.U32(at) : _tables.U16(at);
}
