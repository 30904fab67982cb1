namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>Words and fields of RTF.</summary>
internal static class RtfWords
{
    /// <summary>Groups that hold no text of the body.</summary>
    public static bool IsUnseen(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("colortbl"u8)
        || word.SequenceEqual("stylesheet"u8)
        || word.SequenceEqual("info"u8)
        || word.SequenceEqual("pict"u8)
        || word.SequenceEqual("objdata"u8)
        || word.SequenceEqual("mhtmltag"u8)
        || word.SequenceEqual("header"u8)
        || word.SequenceEqual("headerl"u8)
        || word.SequenceEqual("headerr"u8)
        || word.SequenceEqual("headerf"u8)
        || word.SequenceEqual("footer"u8)
        || word.SequenceEqual("footerl"u8)
        || word.SequenceEqual("footerr"u8)
        || word.SequenceEqual("footerf"u8)
        || word.SequenceEqual("listtable"u8)
        || word.SequenceEqual("listoverridetable"u8)
        || word.SequenceEqual("revtbl"u8)
        || word.SequenceEqual("generator"u8)
        || word.SequenceEqual("nonshppict"u8);

    /// <summary>The target of a field that is a hyperlink; null for other fields.</summary>
    public static string? Hyperlink(string instruction)
    {
        var text = instruction.AsSpan().Trim();
        if (!text.StartsWith("HYPERLINK", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        text = text[9..].TrimStart();
        if (text.StartsWith("\\l", StringComparison.OrdinalIgnoreCase))
        {
            // A place in the same document.
            return null;
        }

        if (text.StartsWith("\""))
        {
            text = text[1..];
            var quote = text.IndexOf('"');
            text = quote < 0 ? text : text[..quote];
        }
        else if (text.IndexOf(' ') is var blank and > 0)
        {
            text = text[..blank];
        }

        return text.IsEmpty ? null : text.ToString();
    }
}
