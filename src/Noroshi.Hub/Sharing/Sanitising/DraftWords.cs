using Noroshi.Hub.Conversations;
using Noroshi.Hub.Sharing.Drafts;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>
/// The texts that the facts of a draft suggest. Each sentence rests on the provisions of the facts that it tells, so that it goes with them;
/// what two providers' facts suggest alike stands once for each.
/// </summary>
public static class DraftWords
{
    private static readonly (string Sign, BothLanguages Watch)[] Watches =
    [
        (
            "rlo",
            new(
                "ファイル名の文字の並びを逆にして拡張子を偽装したファイルを開かない。",
                "Do not open files whose names hide the extension by reversed letters."
            )
        ),
        (
            "double-extension",
            new("文書に見える二重拡張子のファイルを開かない。", "Do not open files that look like documents by a second extension.")
        ),
        ("shortcut", new("メールで届いたショートカット(LNK)ファイルを開かない。", "Do not open shortcuts (LNK) that come by mail.")),
        ("executable", new("メールで届いた実行形式のファイルを開かない。", "Do not run programs that come by mail.")),
        (
            "encrypted",
            new(
                "パスワード付き圧縮ファイルは、送信者を別の手段で確かめてから開く。",
                "Open password-protected archives only after the sender was checked by another way."
            )
        ),
        (
            "justsystems",
            new(
                "一太郎を最新の状態に更新し、届いた文書は送信者を確かめてから開く。",
                "Keep Ichitaro up to date, and check the sender before opening its documents."
            )
        ),
        ("office", new("Office文書のマクロやコンテンツを有効にしない。", "Do not enable macros or content of Office documents.")),
        (
            "url",
            new(
                "記されたURLを開かず、通信記録に接続がないかを確認する。",
                "Do not open the URLs; look for connections to them in the logs."
            )
        ),
    ];

    /// <summary>
    /// What a provider agrees to besides its own facts: what only the facts of several providers show together. Said to each of them in the same
    /// words, whether there are others or not.
    /// </summary>
    /// <param name="withCampaign">Whether the series is told.</param>
    public static IReadOnlyList<BothLanguages> Jointly(bool withCampaign) =>
        [
            new(
                "他の提供元にも同じURLが届いていた場合に限り、{token} としたURLを、変更点の一覧にある全体の形で共有することがあります。",
                "A URL that is shown with {token} may be shared whole, as the list of changes shows it, if the very same one came to another provider."
            ),
            .. withCampaign
                ? new[]
                {
                    new BothLanguages(
                        "他の提供元の情報と合わせて、同一の攻撃者によると思われる旨(確度、根拠の種類、観測した月、攻撃の進め方)を示すことがあります。",
                        "Together with what others provided it may be said that the attacks appear to be one attacker's (confidence, kinds of evidence, months, manner)."
                    ),
                }
                : [],
        ];

    /// <summary>Texts for a draft, in the order in which they are read.</summary>
    internal static IReadOnlyList<DraftPart<DraftText>> Of(ItemDraft draft)
    {
        var texts = new List<DraftPart<DraftText>>();
        Titles(draft, texts);
        Summaries(draft, texts);
        Countermeasures(draft, texts);
        return texts;
    }

    private static void Titles(ItemDraft draft, List<DraftPart<DraftText>> texts)
    {
        texts.Add(
            Hub(
                TextPlace.Title,
                draft.Kind switch
                {
                    ItemKind.Alert => new("標的型攻撃メールに関する注意喚起", "Alert on targeted mail"),
                    ItemKind.FirstNotice => new(
                        "標的型攻撃メールに関する速報(分析中)",
                        "First notice on targeted mail (analysis in progress)"
                    ),
                    ItemKind.Case => new("標的型攻撃メールの事例", "A case of targeted mail"),
                    ItemKind.WindowMaterial => new(
                        "窓口担当者向け資料: 標的型攻撃メールの実例",
                        "For contact windows: a worked case of targeted mail"
                    ),
                }
            )
        );
        texts.AddRange(draft.Conversations.Select(part => Text(TextPlace.Title, new("(やり取り型)", "(conversational)"), part.Provisions)));
    }

    private static void Summaries(ItemDraft draft, List<DraftPart<DraftText>> texts)
    {
        foreach (var part in draft.Conversations)
        {
            texts.Add(
                Text(
                    TextPlace.Summary,
                    part.Value.Stage switch
                    {
                        ConversationStage.Attacked when !part.Value.AttackFirst => new(
                            "問い合わせを装ったメールに窓口が返信した後、攻撃メールが届きました。",
                            "A mail posed as an inquiry; after the window had answered, the attack came."
                        ),
                        ConversationStage.Attacked => new(
                            "攻撃メールが先に届き、その後にやり取りが続きました。",
                            "The attack came first; an exchange followed."
                        ),
                        ConversationStage.Replied => new(
                            "問い合わせを装ったメールに窓口が返信しました。この後に攻撃メールが届くおそれがあります。",
                            "A mail posed as an inquiry and the window answered: an attack may follow."
                        ),
                        ConversationStage.Reconnaissance => new(
                            "攻撃の下調べと思われる問い合わせのメールが届きました。",
                            "An inquiry came that appears to prepare an attack."
                        ),
                    },
                    part.Provisions
                )
            );
        }

        var told = draft
            .Conversations.SelectMany(part => part.Value.Rows)
            .Select(row => row.Key)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        texts.AddRange(
            draft
                .Mails.Where(part => !told.Contains(part.Value.Key))
                .Select(part =>
                    Text(
                        TextPlace.Summary,
                        part.Value.Mail.Files.Count > 0
                                ? new("不審な添付ファイルの付いたメールが届きました。", "Mail with a suspicious attachment came.")
                            : part.Value.Mail.Urls.Count > 0
                                ? new("不審なURLを記したメールが届きました。", "Mail with a suspicious URL came.")
                            : new("不審なメールが届きました。", "Suspicious mail came."),
                        part.Provisions
                    )
                )
        );
        texts.Add(
            Hub(
                TextPlace.Summary,
                new(
                    "外部からの問い合わせを受ける窓口をお持ちの組織は、同様のメールに注意してください。",
                    "Organisations whose windows answer inquiries should watch for similar mail."
                )
            )
        );
    }

    private static void Countermeasures(ItemDraft draft, List<DraftPart<DraftText>> texts)
    {
        texts.Add(
            Hub(
                TextPlace.Countermeasure,
                new(
                    "下記の送信元・添付ファイル・接続先に当たるものがないか、メールと通信の記録を確認する。",
                    "Look through mail and network logs for the senders, files and destinations below."
                )
            )
        );
        foreach (var (sign, watch) in Watches)
        {
            texts.AddRange(
                draft
                    .Mails.Where(part => Signs(part.Value.Mail).Contains(sign, StringComparer.Ordinal))
                    .Select(part => Text(TextPlace.Countermeasure, watch, part.Provisions))
            );
        }

        texts.Add(
            Hub(
                TextPlace.Countermeasure,
                new(
                    "同様のメールを受信していた場合は、返信や開封をせずに知らせる。",
                    "If the same has come to you, neither answer nor open it, and tell us."
                )
            )
        );
    }

    private static IEnumerable<string> Signs(SanitisedMail mail) => mail.Files.SelectMany(Signs).Concat(mail.Urls.Count > 0 ? ["url"] : []);

    private static IEnumerable<string> Signs(SanitisedFile file) =>
        file.Disguises.Append(file.Type).Concat(file.Encrypted ? ["encrypted"] : []).Concat(file.Children.SelectMany(Signs));

    private static DraftPart<DraftText> Hub(TextPlace place, BothLanguages words) => Text(place, words, []);

    private static DraftPart<DraftText> Text(TextPlace place, BothLanguages words, IReadOnlyList<string> provisions) =>
        new(new DraftText(place, words), provisions);
}
