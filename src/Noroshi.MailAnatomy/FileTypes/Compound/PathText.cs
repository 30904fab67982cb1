using System.Buffers;

namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>Tells paths from other strings that stand where a path may stand.</summary>
internal static class PathText
{
    private static readonly SearchValues<char> SchemeLetters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."
    );

    /// <summary>A path with a place on it: drive, share, or at least a folder.</summary>
    public static bool IsPath(ReadOnlySpan<char> text) =>
        text.Length >= 3
        && (
            (char.IsAsciiLetter(text[0]) && text[1] == ':' && text[2] is '\\' or '/')
            || text.StartsWith(@"\\", StringComparison.Ordinal)
            || (text[0] is '/' or '~' && text[1..].Contains('/') && !text.Contains("//", StringComparison.Ordinal))
        );

    /// <summary>Leads to another machine: a URL or a share.</summary>
    public static bool IsRemote(ReadOnlySpan<char> text)
    {
        if (text.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return text.Length > 4;
        }

        var scheme = text.IndexOf(':');
        return scheme is > 1 and < 20
            && !text[..scheme].ContainsAnyExcept(SchemeLetters)
            && text[(scheme + 1)..].StartsWith("//", StringComparison.Ordinal)
            && !text.StartsWith("file:///", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// On a person's machine rather than where a program was installed: such a path says something about its maker.
    /// </summary>
    public static bool IsPersonal(ReadOnlySpan<char> path)
    {
        if (!IsPath(path))
        {
            return false;
        }

        var rest = path.Length > 2 && path[1] == ':' ? path[2..].TrimStart(@"\/") : path;
        return !(
            rest.StartsWith("windows", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("winnt", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("program", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("progra~", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("/Applications/", StringComparison.Ordinal)
        );
    }

    /// <summary>What stands behind the last separator.</summary>
    public static string NameOf(string path)
    {
        var at = path.AsSpan().TrimEnd(@"\/").LastIndexOfAny('/', '\\');
        return at < 0 ? path : path[(at + 1)..];
    }
}
