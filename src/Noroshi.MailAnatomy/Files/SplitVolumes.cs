namespace Noroshi.MailAnatomy.Files;

/// <summary>Names of the later parts of split archives, which carry no signature: <c>x.7z.002</c>, <c>x.z01</c>, <c>x.r00</c>, <c>x.a01</c>.</summary>
internal static class SplitVolumes
{
    /// <summary>Whether the name is that of a part. Used only for bytes that no format knows.</summary>
    public static bool IsPart(string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot < 0)
        {
            return false;
        }

        var extension = name.AsSpan(dot + 1);
        return extension.Length == 3
            && char.IsAsciiDigit(extension[1])
            && char.IsAsciiDigit(extension[2])
            && (char.IsAsciiDigit(extension[0]) || extension[0] is 'z' or 'Z' or 'r' or 'R' or 'a' or 'A');
    }
}
