using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Conversations;

/// <summary>Whether a mail says of itself that it answers another.</summary>
internal static class Answering
{
    private static readonly string[] Marks = ["返信:", "返信：", "Re:", "Re：", "Re[", "Re^", "AW:", "SV:"];

    /// <summary>By headers, or by the mark before its subject.</summary>
    public static bool Is(ProvidedMail mail)
    {
        var facts = mail.Facts;
        return facts.InReplyTo is not null
            || facts.References.Count > 0
            || facts.ThreadIndex is { Replies: > 0 }
            || Marks.Any(mark => facts.Subject.AsSpan().TrimStart().StartsWith(mark, StringComparison.OrdinalIgnoreCase));
    }
}
