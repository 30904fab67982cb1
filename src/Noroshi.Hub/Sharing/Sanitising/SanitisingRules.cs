using System.Collections.Frozen;
using System.Globalization;
using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>
/// The rule table: what may leave of what was given, field by field, in the order in which the rules act. A field that no rule carries over
/// does not leave; the rows that carry nothing over tell the provider so.
/// </summary>
public static class SanitisingRules
{
    private static readonly TimeSpan Jst = TimeSpan.FromHours(9);

    /// <summary>Traits of the attacker's making. Company, manager, printer, places, accounts and the like are not among them.</summary>
    private static readonly FrozenSet<string> AttackersTraits = new[]
    {
        TraitKinds.Common.Author.Name,
        TraitKinds.Common.LastAuthor.Name,
        TraitKinds.Common.Title.Name,
        TraitKinds.Common.OriginalPath.Name,
        TraitKinds.Common.OriginalName.Name,
        TraitKinds.Common.Template.Name,
        TraitKinds.Common.Application.Name,
        TraitKinds.Common.ApplicationVersion.Name,
        TraitKinds.Common.CreatedAt.Name,
        TraitKinds.Common.SavedAt.Name,
        TraitKinds.Common.CodePage.Name,
        TraitKinds.Common.Language.Name,
        TraitKinds.Common.DocumentId.Name,
        TraitKinds.Common.MachineId.Name,
        TraitKinds.Common.MacAddress.Name,
        TraitKinds.Common.Macros.Name,
        TraitKinds.Common.ExternalTarget.Name,
        TraitKinds.Common.CommandLine.Name,
        TraitKinds.Common.Tlsh.Name,
        "vbaProjectName",
        "vbaProjectId",
        "vbaCodeHash",
        "autoRun",
        "rsids",
        "producer",
        "compiledAt",
        "exportHash",
        "richHash",
        "pdbId",
        "internalName",
        "productName",
        "fileVersion",
        "iconHash",
        "packer",
        "compiler",
        "signer",
        "scriptKind",
        "scriptCalls",
        "targetPath",
        "relativePath",
        "iconLocation",
        "volumeLabel",
        "droidVolumeId",
        "droidFileId",
        "ownerSid",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All rules, in the order in which they act within their field.</summary>
    public static IReadOnlyList<SanitisingRule> All { get; } =
    [
        Carry(
            "sender.keep",
            SanitisedField.SenderAddress,
            "攻撃者の送信元アドレスはそのまま共有します。",
            "The attacker's sender address is shared as it is."
        ),
        DropNaming(
            "sender.member",
            SanitisedField.SenderAddress,
            "参加組織のアドレス(乗っ取られたアカウント等)は共有しません。",
            "An address of a member (a hijacked account, say) is not shared."
        ),
        Carry(
            "name.keep",
            SanitisedField.SenderName,
            "表示名は攻撃者の書いたものとして共有します。",
            "The display name is shared as the attacker wrote it."
        ),
        Pseudonym(
            "name.identity",
            SanitisedField.SenderName,
            "表示名の中の組織名・氏名等は一般的な語に置き換えます。",
            "Names of organisations and people in it become neutral words."
        ),
        Carry(
            "subject.keep",
            SanitisedField.Subject,
            "件名は攻撃者の書いたものとして共有します。",
            "The subject is shared as the attacker wrote it."
        ),
        Pseudonym(
            "subject.identity",
            SanitisedField.Subject,
            "件名の中の組織名・氏名等は一般的な語に置き換えます。",
            "Names of organisations and people in it become neutral words."
        ),
        Carry("time.keep", SanitisedField.Time, "受信日時を共有します。", "The time of reception is shared."),
        new(
            "time.table",
            SanitisedField.Time,
            RuleClass.Drop,
            new(
                "やり取りの表に載るメールの日時は示さず、間隔だけを示します。",
                "Of a mail in a table only the intervals are told, not the time."
            ),
            (value, scene) => scene.InTable ? null : value
        ),
        new(
            "time.minute",
            SanitisedField.Time,
            RuleClass.Generalise,
            new("秒は示しません。", "Seconds are cut off."),
            (value, _) => Cut(value, TimeSpan.FromMinutes(1))
        ),
        new(
            "time.hour",
            SanitisedField.Time,
            RuleClass.Generalise,
            new("自業界以外へは1時間単位で示します。", "Outside the own industry group it is told to the hour."),
            (value, scene) => scene.WithinGroup ? value : Cut(value, TimeSpan.FromHours(1))
        ),
        new(
            "recipients.bucket",
            SanitisedField.Recipients,
            RuleClass.Generalise,
            new("宛先は示さず、窓口の種類と数の範囲だけを示します。", "Recipients become the kind of window and a range of their number."),
            Recipients
        )
        {
            Carries = true,
        },
        Carry(
            "client-ip.keep",
            SanitisedField.ClientIp,
            "送信者が使った端末のアドレスを共有します。",
            "The address of the sender's client is shared."
        ),
        DropNaming(
            "client-ip.member",
            SanitisedField.ClientIp,
            "参加組織のアドレス帯のものは共有しません。",
            "One in a member's range is not shared."
        ),
        Carry("mailer.keep", SanitisedField.Mailer, "メールソフト名を共有します。", "The mail program is shared."),
        DropNaming(
            "mailer.identity",
            SanitisedField.Mailer,
            "組織名を含むメールソフト名は共有しません。",
            "One that names an organisation is not shared."
        ),
        Carry("service.keep", SanitisedField.SendingService, "送信に使われたサービスを共有します。", "The sending service is shared."),
        Carry(
            "hop.keep",
            SanitisedField.Hop,
            "参加組織に届くまでの経路を共有します。",
            "Hops before the first host of a member are shared."
        ),
        new(
            "hop.member",
            SanitisedField.Hop,
            RuleClass.Drop,
            new("参加組織のサーバが書いた経路情報は共有しません。", "What hosts of members wrote is not shared."),
            (value, scene) => HopRules.IsBeforeMember(scene) ? value : null
        ),
        Carry(
            "hop-part.keep",
            SanitisedField.HopPart,
            "経路上のホスト名・アドレスを共有します。",
            "Names and addresses of these hops are shared."
        ),
        DropNaming(
            "hop-part.member",
            SanitisedField.HopPart,
            "参加組織を示すホスト名・アドレスは共有しません。",
            "Those that name a member are not shared."
        ),
        Carry(
            "message-id.keep",
            SanitisedField.MessageId,
            "攻撃者が付けたMessage-IDを共有します。",
            "The attacker's own Message-ID is shared."
        ),
        new(
            "message-id.member",
            SanitisedField.MessageId,
            RuleClass.Drop,
            new("参加組織のサーバが付けたMessage-IDは共有しません。", "One that a member's host gave is not shared."),
            (value, scene) => scene.Estate.Holds($"@{value[(value.LastIndexOf('@') + 1)..]}") || scene.Names(value) ? null : value
        ),
        new(
            "references.label",
            SanitisedField.References,
            RuleClass.Pseudonymise,
            new("どのメールへの返信かは、表の番号で示します。", "What a mail answers is told by the number of the row."),
            (_, _) => "#"
        )
        {
            Carries = true,
        },
        Carry(
            "verdict.keep",
            SanitisedField.Verdict,
            "送信ドメイン認証は方式と結果だけを共有します。",
            "Of authentication, method and result are shared."
        ),
        Carry("signing.keep", SanitisedField.SigningDomain, "署名のドメインを共有します。", "The signing domain is shared."),
        DropNaming(
            "signing.member",
            SanitisedField.SigningDomain,
            "参加組織のドメインは共有しません。",
            "A member's domain is not shared."
        ),
        NotCarried(
            "body.drop",
            SanitisedField.Body,
            "本文・引用・署名・宛名は共有しません。",
            "Body, quotes, signature and salutation are not shared."
        ),
        Carry(
            "file-name.keep",
            SanitisedField.FileName,
            "添付ファイル名は攻撃者の付けたものとして共有します。",
            "File names are shared as the attacker gave them."
        ),
        Pseudonym(
            "file-name.identity",
            SanitisedField.FileName,
            "ファイル名の中の組織名・氏名等は置き換え、拡張子と文字方向の偽装は残します。",
            "Names in it become neutral words; extension and direction marks stay.",
            FileNameRules.Spans
        ),
        Carry("hash.keep", SanitisedField.FileHash, "ファイルのハッシュ値を共有します。", "Digests of files are shared."),
        new(
            "hash.unique",
            SanitisedField.FileHash,
            RuleClass.Review,
            new(
                "このハッシュ値は貴組織の検体だけに見られます。共有してよいかを確かめてください。",
                "Only your sample has this digest: please make sure that it may be shared."
            ),
            (value, _) => value
        ),
        new(
            "trait.keep",
            SanitisedField.FileTrait,
            RuleClass.Keep,
            new(
                "攻撃者側の作成情報(作成者名、元のパス等)を共有します。",
                "Traits of the attacker's making (author, original path …) are shared."
            ),
            (value, scene) => scene.Trait is { } kind && AttackersTraits.Contains(kind) ? value : null
        )
        {
            Carries = true,
        },
        DropNaming(
            "trait.identity",
            SanitisedField.FileTrait,
            "組織名等を含む作成情報は共有しません。",
            "Those that name somebody of the community are not shared."
        ),
        Carry("url.keep", SanitisedField.Url, "URLを共有します。", "URLs are shared."),
        new(
            "url.query",
            SanitisedField.Url,
            RuleClass.Generalise,
            new("受信者ごとに違いうる値は {token} とします。", "Values that may differ by recipient become {token}."),
            (value, scene) => UrlRules.WithoutQueryValues(value, all: scene.SeenBy < 2)
        ),
        new(
            "url.path",
            SanitisedField.Url,
            RuleClass.Generalise,
            new("受信者ごとに違いうるパスの一部は {token} とします。", "Parts of the path that may differ by recipient become {token}."),
            (value, scene) => UrlRules.WithoutTokens(value, all: scene.SeenBy < 2)
        ),
        new(
            "url.identity",
            SanitisedField.Url,
            RuleClass.Pseudonymise,
            new(
                "URLの中の組織名等は {victim-token} とし、参加組織のサイトのURLは共有しません。",
                "Names in it become {victim-token}; URLs of members' sites are not shared."
            ),
            (value, scene) => UrlRules.WithoutNames(value, scene.Names)
        ),
        Carry("destination.keep", SanitisedField.Destination, "不正接続先を共有します。", "Malicious destinations are shared."),
        new(
            "destination.identity",
            SanitisedField.Destination,
            RuleClass.Pseudonymise,
            new("接続先の名前に含まれる組織名等は {victim-token} とします。", "Names in them become {victim-token}."),
            (value, scene) => UrlRules.HostWithoutNames(value, scene.Names)
        ),
        Carry(
            "row.keep",
            SanitisedField.Row,
            "攻撃者のメールの説明(種別、添付の種類)を共有します。",
            "What the attacker's mail did is told."
        ),
        Pseudonym(
            "row.identity",
            SanitisedField.Row,
            "説明の中の組織名等は一般的な語に置き換えます。",
            "Names in it become neutral words."
        ),
        Carry(
            "reply.kind",
            SanitisedField.Reply,
            "貴組織の返信は種類だけを示し、文面は共有しません。",
            "Of your reply the kind is told, never its words."
        ),
        new(
            "reply.product",
            SanitisedField.Reply,
            RuleClass.Review,
            new(
                "返信で触れた解凍ソフト名を示します。よいかを確かめてください。",
                "The unarchiver that your reply names is told: please make sure that it may be."
            ),
            (value, _) => value
        )
        {
            NeedsReview = true,
        },
        new(
            "reply.identity",
            SanitisedField.Reply,
            RuleClass.Drop,
            new("組織を示す語を含む説明は共有しません。", "A description that names somebody is not shared."),
            (value, scene) => scene.Names(value) ? null : value
        ),
        new(
            "interval.minute",
            SanitisedField.Interval,
            RuleClass.Generalise,
            new("間隔は分単位で示します。", "Intervals are told in minutes."),
            (value, _) =>
                long.TryParse(value, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0
                    ? (seconds / 60 * 60).ToString(CultureInfo.InvariantCulture)
                    : null
        )
        {
            Carries = true,
        },
        new(
            "excerpt.review",
            SanitisedField.Excerpt,
            RuleClass.Review,
            new("攻撃者の文面の一部を、分析者が選んで示します。", "Words of the attacker that an analyst picked are told."),
            (value, _) => value
        )
        {
            Carries = true,
            NeedsReview = true,
        },
        Pseudonym(
            "excerpt.identity",
            SanitisedField.Excerpt,
            "抜粋の中の組織名・氏名等は置き換えます。",
            "Names in it become neutral words."
        ),
    ];

    /// <summary>Whether a rule changed anything worth telling although the text is the same: those that only ask.</summary>
    internal static bool Asks(SanitisingRule rule, string value, SanitisingScene scene) =>
        rule.Id switch
        {
            "hash.unique" => scene.SeenBy < 2,
            "reply.product" => value.Contains('「', StringComparison.Ordinal),
            _ => false,
        };

    private static SanitisingRule Carry(string id, SanitisedField field, string ja, string en) =>
        new(id, field, RuleClass.Keep, new BothLanguages(ja, en), (value, _) => value) { Carries = true };

    private static SanitisingRule NotCarried(string id, SanitisedField field, string ja, string en) =>
        new(id, field, RuleClass.Drop, new BothLanguages(ja, en), (_, _) => null);

    private static SanitisingRule DropNaming(string id, SanitisedField field, string ja, string en) =>
        new(id, field, RuleClass.Drop, new BothLanguages(ja, en), (value, scene) => scene.Names(value) ? null : value);

    private static SanitisingRule Pseudonym(
        string id,
        SanitisedField field,
        string ja,
        string en,
        Func<string, SanitisingScene, (string Text, IReadOnlyList<ReplacedSpan> Spans)>? how = null
    )
    {
        how ??= (value, scene) => scene.Pseudonymised(value);
        return new SanitisingRule(id, field, RuleClass.Pseudonymise, new BothLanguages(ja, en), (value, scene) => how(value, scene).Text)
        {
            Spans = (value, scene) => how(value, scene).Spans,
            NeedsReview = true,
        };
    }

    private static string? Cut(string value, TimeSpan unit)
    {
        if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return null;
        }

        // In one zone for all: the zone of the victim's server would say where it stands.
        var jst = at.ToOffset(Jst);
        return new DateTimeOffset(jst.Ticks - (jst.Ticks % unit.Ticks), Jst).ToString("O", CultureInfo.InvariantCulture);
    }

    private static string? Recipients(string value, SanitisingScene scene)
    {
        var addresses = value.Split("; ", StringSplitOptions.RemoveEmptyEntries);
        var window = scene.Mail?.Window is not null ? WindowKind.ContactWindow : WindowKind.Other;
        var bucket = addresses.Length switch
        {
            <= 1 => CountBucket.One,
            <= 5 => CountBucket.Few,
            <= 20 => CountBucket.Several,
            _ => CountBucket.Many,
        };
        return $"{window} {bucket}";
    }
}
