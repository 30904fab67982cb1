using System.Globalization;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>Names of hot keys (MS-SHLLINK 2.1.3).</summary>
internal static class HotKeys
{
    /// <summary>The keys as people write them; null when none is set.</summary>
    public static string? Name(ushort value)
    {
        var key = (value & 0xFF) switch
        {
            >= 0x30 and <= 0x39 or >= 0x41 and <= 0x5A => ((char)(value & 0xFF)).ToString(),
            >= 0x70 and <= 0x87 => "F" + ((value & 0xFF) - 0x6F).ToString(CultureInfo.InvariantCulture),
            0x90 => "NumLock",
            0x91 => "ScrollLock",
            0 => null,
            _ => "0x" + (value & 0xFF).ToString("x2", CultureInfo.InvariantCulture),
        };
        if (key is null)
        {
            return null;
        }

        var modifiers = value >> 8;
        return ((modifiers & 2) != 0 ? "Ctrl+" : "") + ((modifiers & 4) != 0 ? "Alt+" : "") + ((modifiers & 1) != 0 ? "Shift+" : "") + key;
    }
}
