namespace Noroshi.Hub.Statistics;

/// <summary>A rule of a mail gateway or of a window, and how many judged mails it would have stopped.</summary>
/// <param name="Code">Part of the figure's id: <c>avoidable.CODE</c>.</param>
/// <param name="Rule">The rule in words.</param>
/// <param name="Stops">Whether it would have stopped a mail.</param>
public sealed record WhatIfRule(string Code, Words Rule, Func<MailFact, bool> Stops);

/// <summary>
/// What-if rules as a table. A share of avoidable mails always names its rule: it is never the share of free-mail senders by another name.
/// </summary>
public static class WhatIfRules
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<WhatIfRule> All { get; } =
    [
        new(
            "freeMailWithPayload",
            new(
                "フリーメールから届いた、添付ファイルまたはURLのあるメールを止める",
                "stop mail from free-mail services that has an attachment or a link"
            ),
            mail => mail is { Sender: SenderClass.FreeMail, Kind: MailKind.Attachment or MailKind.Url or MailKind.Both }
        ),
        new(
            "programs",
            new(
                "実行ファイル、ショートカット、スクリプトの添付を止める(圧縮ファイルの中を含む)",
                "stop attached programs, shortcuts and scripts, also inside archives"
            ),
            mail => mail.Payload is PayloadType.Executable or PayloadType.Lnk or PayloadType.Script
        ),
        new(
            "lockedContainers",
            new("パスワード付きの圧縮ファイルを止める", "stop archives that are locked with a password"),
            mail => mail.Locked
        ),
    ];
}
