using System.Collections.Frozen;

namespace Noroshi.Hub.Judgement.Answers;

/// <summary>Why an answer is what it is: a fixed sentence, so that it can say nothing of others.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Least">The mildest answer that it allows.</param>
/// <param name="Ja">The sentence, Japanese.</param>
/// <param name="En">The sentence, English.</param>
public sealed record AnswerReason(string Code, AnswerKind Least, string Ja, string En);

/// <summary>The one table of reasons. The gravest stand first; so do they in an answer.</summary>
public static class AnswerReasons
{
    /// <summary>The fixed words of an early warning: no count, no time, nobody's name.</summary>
    public const string EarlyWarning = "early-warning";

    /// <summary>A program is attached.</summary>
    public const string Program = "file.program";

    /// <summary>A file pretends to be another kind.</summary>
    public const string Disguised = "file.disguised";

    /// <summary>A document runs or loads by itself.</summary>
    public const string DangerousDocument = "file.dangerous-document";

    /// <summary>A page asks for a password or unpacks a file.</summary>
    public const string DangerousPage = "file.dangerous-page";

    /// <summary>A mail inside the mail brings something dangerous.</summary>
    public const string ReportedMail = "file.reported-mail";

    /// <summary>A destination was stated to be malicious.</summary>
    public const string Destination = "file.destination";

    /// <summary>Part of an attack in an exchange.</summary>
    public const string PartOfAttack = "exchange.part-of-attack";

    /// <summary>Has something to open, and resembles attacks that were provided before.</summary>
    public const string OwnAttack = "own.resembles-attack";

    /// <summary>The exchange brought an attack.</summary>
    public const string Attacked = "exchange.attacked";

    /// <summary>Resembles the first mail of what became an attack.</summary>
    public const string OwnResembles = "own.resembles-known";

    /// <summary>Several windows were written to at once.</summary>
    public const string Parallel = "own.parallel";

    /// <summary>Asks what the window works with.</summary>
    public const string Environment = "exchange.environment";

    /// <summary>Asks for names, contacts or addresses of others (情報収集).</summary>
    public const string WhoElse = "exchange.who-else";

    /// <summary>Belongs to something locked that came before and could not be examined.</summary>
    public const string LockedBefore = "exchange.locked-before";

    /// <summary>The sender pretends to be somebody.</summary>
    public const string Spoofed = "mail.spoofed";

    /// <summary>Locked, not opened.</summary>
    public const string Locked = "file.locked";

    /// <summary>A program that is announced openly.</summary>
    public const string ProgramDeclared = "file.program-declared";

    /// <summary>Something about a file is unusual.</summary>
    public const string SuspiciousFile = "file.suspicious";

    /// <summary>A file of a kind that is not known.</summary>
    public const string UnknownFile = "file.unknown";

    /// <summary>A document that came by free mail, or of a kind whose attacks cannot be seen from outside.</summary>
    public const string Document = "file.document";

    /// <summary>A link shows another place than it leads to.</summary>
    public const string DisguisedLink = "link.disguised";

    /// <summary>A link leads to where the sender is not at home.</summary>
    public const string Link = "link.not-followed";

    /// <summary>Attachments were taken away on the way.</summary>
    public const string Removed = "mail.attachments-removed";

    /// <summary>Damaged, too large, or unreadable.</summary>
    public const string Damaged = "mail.damaged";

    /// <summary>Not the original with its headers.</summary>
    public const string NotOriginal = "mail.not-original";

    /// <summary>No mail was handed in.</summary>
    public const string NoMail = "mail.none";

    /// <summary>Examination takes longer.</summary>
    public const string Unfinished = "mail.unfinished";

    /// <summary>An analyst looked at it.</summary>
    public const string Analyst = "analyst.looked";

    /// <summary>The table.</summary>
    public static IReadOnlyList<AnswerReason> All { get; } =
    [
        .. DoNotOpen(),
        .. HoldReply(),
        .. CannotTell(),
        new(Analyst, AnswerKind.NothingFound, "分析者が内容を確認しました。", "An analyst has looked at it."),
    ];

    private static readonly FrozenDictionary<string, (AnswerReason Reason, int Place)> ByCode = All.Select(
            (reason, place) => (reason, place)
        )
        .ToFrozenDictionary(one => one.reason.Code, one => (one.reason, one.place), StringComparer.Ordinal);

    /// <summary>The reason of a code; null when the table has none.</summary>
    public static AnswerReason? Find(string code) => ByCode.TryGetValue(code, out var found) ? found.Reason : null;

    /// <summary>The codes once each, in the order of the table; those that it does not have are left out.</summary>
    public static IReadOnlyList<string> InOrder(IEnumerable<string> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        return [.. codes.Where(ByCode.ContainsKey).Distinct(StringComparer.Ordinal).OrderBy(code => ByCode[code].Place)];
    }

    /// <summary>The gravest answer that the reasons ask for; without any nothing was found.</summary>
    public static AnswerKind Gravest(IEnumerable<string> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        return codes.Select(Find).OfType<AnswerReason>().Select(reason => reason.Least).DefaultIfEmpty(AnswerKind.NothingFound).Max();
    }

    private static IEnumerable<AnswerReason> DoNotOpen() =>
        [
            new(
                Disguised,
                AnswerKind.DoNotOpen,
                "ファイル名やアイコンで別の種類に見せかけたファイルが添付されています。",
                "A file pretends by its name or icon to be of another kind."
            ),
            new(
                Program,
                AnswerKind.DoNotOpen,
                "開くと動作するファイル(プログラム、スクリプト、ショートカットなど)が添付されています。",
                "A file that runs when opened is attached (program, script or shortcut)."
            ),
            new(
                DangerousDocument,
                AnswerKind.DoNotOpen,
                "開くだけで動作したり外部から読み込んだりする仕組みのある文書が添付されています。",
                "A document is attached that runs something or loads from outside when it is opened."
            ),
            new(
                DangerousPage,
                AnswerKind.DoNotOpen,
                "パスワードを入力させる、またはファイルを取り出させるWebページが添付されています。",
                "A web page is attached that asks for a password or hands over a file."
            ),
            new(
                ReportedMail,
                AnswerKind.DoNotOpen,
                "添付されたメールの中に、開くと動作するファイルがあります。",
                "A mail inside this mail holds a file that runs when opened."
            ),
            new(
                Destination,
                AnswerKind.DoNotOpen,
                "ご提供時に不正接続先とされた宛先につながります。",
                "It leads to a destination that was stated to be malicious when the mail was provided."
            ),
            new(
                PartOfAttack,
                AnswerKind.DoNotOpen,
                "このやり取りの中で攻撃の一部をなすメールと見られます(添付ファイルを開かせるための連絡など)。",
                "It appears to be part of an attack within this exchange, such as word on how to open what was sent."
            ),
            new(
                OwnAttack,
                AnswerKind.DoNotOpen,
                "貴組織から以前にご提供いただいた攻撃と見られるメールと共通点があり、添付ファイルまたはリンクがあります。",
                "It has an attachment or a link, and features in common with mails of apparent attacks that your organisation provided before."
            ),
        ];

    private static IEnumerable<AnswerReason> HoldReply() =>
        [
            new(
                Attacked,
                AnswerKind.HoldReply,
                "同じ相手とのやり取りで、攻撃と見られるメールが届いています。",
                "An apparent attack has come from the same person in this exchange."
            ),
            new(EarlyWarning, AnswerKind.HoldReply, "本ハブの早期警戒情報に該当します。", "It matches an early warning of this hub."),
            new(
                OwnResembles,
                AnswerKind.HoldReply,
                "貴組織から以前にご提供いただいた攻撃と見られる事例の最初のメールと共通点があります。",
                "It has features in common with the first mails of apparent attacks that your organisation provided before."
            ),
            new(
                Parallel,
                AnswerKind.HoldReply,
                "短い時間のうちに、貴組織の複数の窓口へ届いています。",
                "Several windows of your organisation got it within a short time."
            ),
            new(
                Environment,
                AnswerKind.HoldReply,
                "お使いのソフト(解凍ソフトなど)や設定を尋ねています。",
                "The sender asks which software (such as an unarchiver) or settings you use."
            ),
            new(
                Spoofed,
                AnswerKind.HoldReply,
                "差出人の表示が、実際の送信元と食い違っています。",
                "The sender shown is not the one who really sent it."
            ),
        ];

    private static IEnumerable<AnswerReason> CannotTell() =>
        [
            new(
                Locked,
                AnswerKind.CannotTell,
                "パスワードで保護された添付ファイルの中を確認できませんでした。",
                "An attachment is locked with a password; what is in it could not be examined."
            ),
            new(
                LockedBefore,
                AnswerKind.CannotTell,
                "同じ相手から届いた、パスワードで保護されたファイルの中を確認できていません。そのファイルについての判定に従ってください。",
                "A file locked with a password came from the same person and could not be examined. Go by the answer about that file."
            ),
            new(
                WhoElse,
                AnswerKind.CannotTell,
                "担当者の氏名や、他の部署・窓口の連絡先を尋ねています。攻撃の準備(情報収集)かどうかは、このメールだけでは分かりません。お答えする前に、既知の連絡先で相手を確かめてください。",
                "It asks for names of people or contacts of other departments. Whether it prepares an attack (information gathering) cannot be told from this mail alone. Before you answer, make sure of the sender by a contact that you already have."
            ),
            new(
                ProgramDeclared,
                AnswerKind.CannotTell,
                "開くと動作するファイルやマクロが、その旨を示して添付されています。",
                "A program or macro is attached and announced as such."
            ),
            new(SuspiciousFile, AnswerKind.CannotTell, "通常と異なる作りのファイルがあります。", "A file is made in an unusual way."),
            new(
                UnknownFile,
                AnswerKind.CannotTell,
                "種類の分からない添付ファイルがあり、中を確認できませんでした。",
                "An attachment is of an unknown kind and could not be examined."
            ),
            new(
                Document,
                AnswerKind.CannotTell,
                "フリーメールなどから文書ファイルが届いています。既知の危険な仕組みは見つかりませんでしたが、文書を開いて表示するソフトの弱点を突くものかどうかは確認できません。",
                "A document came by free mail or in a format that is hard to examine. No known dangerous device was found in it; whether it attacks a weakness of the program that shows it cannot be told."
            ),
            new(
                DisguisedLink,
                AnswerKind.CannotTell,
                "表示と異なる場所につながるリンクがあります。",
                "A link leads to another place than it shows."
            ),
            new(
                Link,
                AnswerKind.CannotTell,
                "差出人のドメイン以外へのリンクがあります。リンク先の内容は確認していません。",
                "A link leads away from the sender's own domain. What is there was not looked at."
            ),
            new(
                Removed,
                AnswerKind.CannotTell,
                "添付ファイルが途中で除去されているため、確認できませんでした。",
                "Attachments were removed on the way and could not be examined."
            ),
            new(
                Damaged,
                AnswerKind.CannotTell,
                "メールまたは添付ファイルが壊れているか大きすぎるため、すべては確認できませんでした。",
                "The mail or an attachment is damaged or too large; not all of it could be examined."
            ),
            new(
                NotOriginal,
                AnswerKind.CannotTell,
                "ヘッダの付いた原本ではないため、送信元を確認できませんでした。原本を添付ファイルとして転送してください。",
                "It is not the original with its headers, so where it came from could not be examined. Please forward the original as an attachment."
            ),
            new(
                NoMail,
                AnswerKind.CannotTell,
                "自動で確認できるメールがありません。分析者が確認します。",
                "There is no mail that could be examined automatically. An analyst will look at it."
            ),
            new(
                Unfinished,
                AnswerKind.CannotTell,
                "自動判定に時間がかかっています。終わり次第、あらためてお知らせします。",
                "The automatic examination takes longer. You will be told when it has ended."
            ),
        ];
}
