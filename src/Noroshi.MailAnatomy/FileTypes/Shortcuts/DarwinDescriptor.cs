using System.Buffers.Binary;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>
/// The Windows Installer's descriptor in an advertised shortcut: product code in 20 characters of base 85, name of the feature, and after
/// <c>&gt;</c> the component in 20 more; <c>&lt;</c> stands for a product of one component only.
/// </summary>
internal sealed record DarwinDescriptor(Guid Product, string? Feature, Guid? Component)
{
    private const string Digits = "!$%&'()*+,-.0123456789=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{}~";
    private const int GuidLength = 20;

    /// <summary>Reads a descriptor; null when it does not start with a product code.</summary>
    public static DarwinDescriptor? Read(string text)
    {
        if (Decode(text, 0) is not { } product)
        {
            return null;
        }

        var rest = text.AsSpan(GuidLength);
        var end = rest.IndexOfAny('>', '<');
        var feature = end < 0 ? rest : rest[..end];
        var component = end >= 0 && rest[end] == '>' ? Decode(text, GuidLength + end + 1) : null;
        return new DarwinDescriptor(product, feature.IsEmpty || end < 0 ? null : feature.ToString(), component);
    }

    private static Guid? Decode(string text, int at)
    {
        if (at + GuidLength > text.Length)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[16];
        for (var word = 0; word < 4; word++)
        {
            ulong value = 0;
            for (var digit = 4; digit >= 0; digit--)
            {
                var weight = Digits.IndexOf(text[at + (word * 5) + digit], StringComparison.Ordinal);
                if (weight < 0)
                {
                    return null;
                }

                value = (value * 85) + (ulong)weight;
            }

            if (value > uint.MaxValue)
            {
                return null;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(word * 4)..], (uint)value);
        }

        return new Guid(bytes);
    }
}
