using System.Globalization;
using System.Runtime.InteropServices;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Text.Charsets;

/// <summary>Byte offsets that could not be read: all are counted, the first few are kept.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct DamageLog
{
    private const int Kept = 8;
    private List<int>? offsets;

    /// <summary>Places that could not be read.</summary>
    public int Count { get; private set; }

    public void Add(int offset)
    {
        Count++;
        if (Count <= Kept)
        {
            (offsets ??= []).Add(offset);
        }
    }

    /// <summary>The finding that says where.</summary>
    public readonly Finding ToFinding(string charset)
    {
        var places = offsets is null ? "0" : string.Join(", ", offsets.Select(offset => offset.ToString(CultureInfo.InvariantCulture)));
        var more = Count > Kept ? string.Create(CultureInfo.InvariantCulture, $" (+{Count - Kept})") : "";
        return FindingCodes.Charset.Damaged.At($"byte {places}{more} ({charset})");
    }
}
