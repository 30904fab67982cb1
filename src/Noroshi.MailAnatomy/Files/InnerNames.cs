namespace Noroshi.MailAnatomy.Files;

/// <summary>Names for content whose container stores none, as the single compressed streams do.</summary>
internal static class InnerNames
{
    /// <summary>The container's own name without its last extension, as every unpacker has it; <c>.tgz</c> and its like hold a <c>.tar</c>.</summary>
    public static string Of(string container)
    {
        var own = container.AsSpan(container.AsSpan().LastIndexOfAny('/', '\\') + 1);
        var dot = own.LastIndexOf('.');
        return dot <= 0 ? own.ToString()
            : IsTar(own[(dot + 1)..]) ? $"{own[..dot]}.tar"
            : own[..dot].ToString();
    }

    /// <summary>The container's own name without the folders it was stored under.</summary>
    public static string Last(string container) => container[(container.AsSpan().LastIndexOfAny('/', '\\') + 1)..];

    private static bool IsTar(ReadOnlySpan<char> extension)
    {
        Span<char> lower = stackalloc char[4];
        return extension.Length is 3 or 4
            && extension.ToLowerInvariant(lower) > 0
            && lower[..extension.Length] is "tgz" or "tbz" or "tbz2" or "txz" or "tlz" or "tzst" or "taz";
    }
}
