using Noroshi.Hub;

namespace Noroshi.Server.Hosting;

/// <summary>What each route of the API does, in one sentence of each language, by method and pattern. A test compares it with the routes.</summary>
internal static class ApiSummaryTable
{
    /// <summary>The sentence of a route; null when the table has none.</summary>
    public static Words? Of(string method, string pattern) => Rows.GetValueOrDefault($"{method} {pattern}");

    /// <summary>All rows.</summary>
    public static IReadOnlyDictionary<string, Words> Rows { get; } =
        new Dictionary<string, Words>(StringComparer.Ordinal)
        {
            ["POST /api/v1/setup"] = new("空のハブに最初の管理者を作る。", "Makes the first administrator of an empty hub."),
            ["POST /api/v1/session"] = new("パスワードでサインインする。", "Signs in with a password."),
            ["DELETE /api/v1/session"] = new("サインアウトする。", "Signs out."),
            ["POST /api/v1/session/second-factor"] = new("第二要素を示す。", "Shows the second factor."),
            ["POST /api/v1/session/step-up"] = new("本人確認をもう一度行う。", "Shows the credentials once more."),
            ["GET /api/v1/me"] = new("サインインしている本人の情報。", "Who is signed in."),
            ["PUT /api/v1/me/password"] = new("パスワードを変える。", "Changes the own password."),
            ["POST /api/v1/me/authenticator"] = new("認証アプリの登録を始める。", "Begins to set up an authenticator."),
            ["PUT /api/v1/me/authenticator"] = new("認証アプリの登録を終える。", "Confirms the authenticator with its first code."),
            ["POST /api/v1/me/sign-out-everywhere"] = new("すべての端末でサインアウトする。", "Ends all own sessions."),
            ["GET /api/v1/me/sessions"] = new("自分のサインイン中の端末の一覧。", "Lists the own sessions."),
            ["DELETE /api/v1/me/sessions/{id}"] = new("1つの端末でサインアウトする。", "Ends one own session."),
            ["PUT /api/v1/me/address"] = new("自分のメールアドレスを申し出る。", "Proposes the own mail address."),
            ["DELETE /api/v1/me/address"] = new("自分のメールアドレスを削除する。", "Removes the own mail address."),
            ["POST /api/v1/invitations"] = new("招待を受けてパスワードを決める。", "Takes an invitation up."),
            ["POST /api/v1/me/passkeys/options"] = new("パスキー登録の準備。", "Options for a new passkey."),
            ["POST /api/v1/me/passkeys"] = new("パスキーを登録する。", "Registers a passkey."),
            ["DELETE /api/v1/me/passkeys/{passkey}"] = new("パスキーを削除する。", "Removes a passkey."),
            ["POST /api/v1/session/passkey/options"] = new("パスキーでのサインインの準備。", "Options for a sign-in by passkey."),
            ["POST /api/v1/session/passkey"] = new("パスキーでサインインする。", "Signs in with a passkey."),
            ["GET /api/v1/organizations"] = new("参加組織の一覧。", "Lists organisations."),
            ["GET /api/v1/organizations/{organization}"] = new("1つの参加組織。", "One organisation."),
            ["PUT /api/v1/organizations/{organization}"] = new("参加組織を加える、または変える。", "Adds or changes an organisation."),
            ["PUT /api/v1/organizations/{organization}/description"] = new(
                "組織が自らの窓口などを書く。",
                "What an organisation says of itself."
            ),
            ["PUT /api/v1/organizations/{organization}/secrets"] = new(
                "外に出してはならない語を登録する。",
                "Sets the words that must never leave."
            ),
            ["GET /api/v1/organizations/{organization}/zip-passwords"] = new(
                "取り決めたZIPのパスワードの数。",
                "How many ZIP passwords are agreed on."
            ),
            ["PUT /api/v1/organizations/{organization}/zip-passwords"] = new(
                "取り決めたZIPのパスワードを設定する。",
                "Sets the agreed ZIP passwords."
            ),
            ["DELETE /api/v1/organizations/{organization}/zip-passwords"] = new(
                "取り決めたZIPのパスワードを削除する。",
                "Removes the agreed ZIP passwords."
            ),
            ["GET /api/v1/organizations/{organization}/intake-addresses"] = new(
                "提供用アドレスの一覧(アドレスそのものは含まない)。",
                "Lists intake addresses, without the addresses themselves."
            ),
            ["POST /api/v1/organizations/{organization}/intake-addresses"] = new(
                "提供用アドレスを発行する。",
                "Makes an intake address, shown once."
            ),
            ["DELETE /api/v1/organizations/{organization}/intake-addresses/{address}"] = new(
                "提供用アドレスを無効にする。",
                "Revokes an intake address."
            ),
            ["GET /api/v1/groups"] = new("業界の一覧。", "Lists industry groups."),
            ["PUT /api/v1/groups/{group}"] = new("業界を加える、または変える。", "Adds or changes an industry group."),
            ["GET /api/v1/schemes"] = new("情報連携体制の一覧。", "Lists affiliated schemes."),
            ["PUT /api/v1/schemes/{scheme}"] = new("情報連携体制を加える、または変える。", "Adds or changes an affiliated scheme."),
            ["GET /api/v1/confirmations"] = new("年に一度の担当者確認の一覧。", "Lists the yearly confirmations of staff."),
            ["PUT /api/v1/confirmations/{confirmation}/answer"] = new("担当者確認に答える。", "Answers a confirmation of staff."),
            ["GET /api/v1/users"] = new("利用者の一覧。", "Lists users."),
            ["POST /api/v1/users"] = new("利用者を招待する。", "Invites a user."),
            ["GET /api/v1/users/{user}"] = new("1人の利用者。", "One user."),
            ["PUT /api/v1/users/{user}"] = new("利用者の表示名と窓口を変える。", "Changes a user's name and window."),
            ["DELETE /api/v1/users/{user}"] = new("利用者を削除する。", "Removes a user."),
            ["PUT /api/v1/users/{user}/roles"] = new("利用者の役割を決める。", "Sets a user's roles."),
            ["PUT /api/v1/users/{user}/suspension"] = new("利用停止にする。", "Suspends a user."),
            ["DELETE /api/v1/users/{user}/suspension"] = new("利用停止を解く。", "Lifts a suspension."),
            ["POST /api/v1/users/{user}/invitation"] = new("招待をやり直す。", "Makes a new invitation."),
            ["DELETE /api/v1/users/{user}/second-factor"] = new("第二要素を消す。", "Removes a user's second factor."),
            ["PUT /api/v1/users/{user}/address"] = new("利用者のメールアドレスを登録する。", "Registers a user's mail address."),
            ["DELETE /api/v1/users/{user}/address"] = new("利用者のメールアドレスを削除する。", "Removes a user's mail address."),
            ["POST /api/v1/users/{user}/address/confirmation"] = new(
                "申し出のあったメールアドレスを承認する。",
                "Confirms a proposed mail address."
            ),
            ["GET /api/v1/keys"] = new("APIキーの一覧。", "Lists API keys."),
            ["POST /api/v1/keys"] = new("APIキーを作る。", "Makes an API key, shown once."),
            ["DELETE /api/v1/keys/{key}"] = new("APIキーを無効にする。", "Revokes an API key."),
            ["GET /api/v1/steps"] = new("処理の進み具合。", "How far each step is."),
            ["POST /api/v1/steps/{name}/release/{position}"] = new(
                "保留された項目を処理に戻す。",
                "Gives an entry back to the step that gave it up."
            ),
            ["POST /api/v1/reanalysis"] = new("すべてのメールを解析し直す。", "Takes everything apart anew."),
            ["GET /api/v1/provisions/{id}/answer"] = new("提供への判定。", "The answer to a provision."),
            ["POST /api/v1/provisions/{id}/answer"] = new("分析者が判定を確定する。", "An analyst confirms or changes the answer."),
            ["GET /api/v1/outbox"] = new("送信メールの状況。", "How the hub's own mail fares."),
            ["PUT /api/v1/outbox/relay-password"] = new("中継サーバーのパスワードを設定する。", "Sets the relay's password."),
            ["DELETE /api/v1/outbox/relay-password"] = new("中継サーバーのパスワードを削除する。", "Removes the relay's password."),
            ["GET /api/v1/intake-list"] = new("受付一覧。", "The intake list."),
            ["POST /api/v1/verdicts"] = new("メールを判定する。", "Judges mails."),
            ["GET /api/v1/cases"] = new("案件の一覧。", "Lists cases."),
            ["POST /api/v1/cases"] = new("案件を作る。", "Opens a case."),
            ["GET /api/v1/cases/{id}"] = new("1つの案件。", "One case."),
            ["POST /api/v1/cases/{id}"] = new("案件を変える。", "Changes a case."),
            ["GET /api/v1/cases/{id}/history"] = new("案件の履歴。", "All versions of a case."),
            ["POST /api/v1/cases/{id}/merge/{other}"] = new("案件を統合する。", "Puts another case into this one."),
            ["POST /api/v1/cases/{id}/undo"] = new("案件の直前の変更を取り消す。", "Takes the last change of a case back."),
            ["GET /api/v1/inquiries"] = new("照会と追加依頼の一覧。", "Lists inquiries."),
            ["POST /api/v1/drafts"] = new("共有する情報の下書きを作る。", "Makes a draft of what shall be shared."),
            ["GET /api/v1/drafts"] = new("下書きの一覧。", "Lists drafts."),
            ["GET /api/v1/drafts/{draft}"] = new(
                "1つの下書きと、外から見た姿、承認の状況。",
                "One draft, as others would see it, with its approvals."
            ),
            ["POST /api/v1/drafts/{draft}"] = new(
                "下書きを変える。承認は無効になる。",
                "Changes a draft; approvals of the old text are void."
            ),
            ["GET /api/v1/drafts/{draft}/differences"] = new(
                "項目ごとの原文と共有される内容、適用された規則。",
                "Each field as given and as it would leave, with the rules."
            ),
            ["GET /api/v1/drafts/{draft}/leaks"] = new("漏えい検査の結果。", "What the leak gate finds."),
            ["POST /api/v1/drafts/{draft}/review"] = new(
                "確認が必要な箇所を確認したことを記す。",
                "Notes that a person looked at what asks for it."
            ),
            ["POST /api/v1/drafts/{draft}/drop"] = new("下書きを破棄する。", "Gives a draft up."),
            ["POST /api/v1/drafts/{draft}/ask"] = new("提供元に承認を依頼する。", "Asks the providers for approval."),
            ["POST /api/v1/drafts/{draft}/release"] = new("共有する。", "Shares it."),
            ["GET /api/v1/approvals"] = new("承認の依頼の一覧。", "Lists questions for approval."),
            ["GET /api/v1/approvals/{approval}"] = new(
                "承認を求められている内容と原文との対比。",
                "What is to be approved, beside the originals."
            ),
            ["GET /api/v1/approvals/{approval}/artefacts/{format}"] = new(
                "承認を求められている内容を、共有される各形式で見る。",
                "What is to be approved, in a form in which it would leave."
            ),
            ["POST /api/v1/approvals/{approval}/decision"] = new(
                "承認・修正要望・共有不可のいずれかを答える。",
                "Approves, wishes changes, or refuses."
            ),
            ["POST /api/v1/approvals/{approval}/publication"] = new("公表してよいかを答える(公表承認)。", "Says what may be published."),
            ["GET /api/v1/site-notices"] = new("悪用されたサイトの管理者への連絡の一覧。", "Lists word to owners of hijacked sites."),
            ["POST /api/v1/site-notices"] = new(
                "悪用されたサイトの管理者への連絡を起こす。",
                "Begins word to the owner of a hijacked site."
            ),
            ["POST /api/v1/site-notices/{notice}/steps"] = new(
                "その連絡を承認する、伝える、記録する、終える。",
                "Approves it, tells it, notes what happened, ends it."
            ),
            ["GET /api/v1/conversations"] = new("やり取りの一覧(段階、評価で絞り込み)。", "Lists exchanges, by stage or assessment."),
            ["GET /api/v1/conversations/{conversation}"] = new("1つのやり取り。", "One exchange."),
            ["GET /api/v1/campaigns"] = new("一連の攻撃の一覧。", "Lists campaigns."),
            ["GET /api/v1/campaigns/{campaign}"] = new("1つの一連の攻撃と、その根拠。", "One campaign with its reasons."),
            ["GET /api/v1/items"] = new("共有された情報の一覧。", "Lists what was shared."),
            ["GET /api/v1/items/{item}/{format}"] = new(
                "共有された情報を、選んだ形式で取り出す。",
                "A shared item in a form of one's choice."
            ),
            ["POST /api/v1/items/{item}/retraction"] = new("共有した情報を撤回する。", "Takes a shared item back."),
            ["GET /api/v1/items/{item}/receivers"] = new("どの版がどの組織に渡ったか。", "Which version went to whom."),
            ["POST /api/v1/items/{item}/sightings"] = new("受信あり・受信なしなどを知らせる。", "Says whether the same was received."),
            ["GET /api/v1/items/{item}/sightings"] = new("自組織の回答と、全体の幅。", "The own answer, and a band of all."),
            ["GET /api/v1/items/{item}/sightings/all"] = new("すべての回答。", "All answers."),
            ["POST /api/v1/inquiries"] = new("照会または追加依頼を送る。", "Sends an inquiry."),
            ["POST /api/v1/inquiries/{id}/answers"] = new("照会に答える。", "Answers an inquiry."),
            ["POST /api/v1/inquiries/{id}/close"] = new("照会を締め切る。", "Closes an inquiry."),
            ["GET /api/v1/contacts"] = new("電話などの連絡の記録。", "Lists contacts."),
            ["POST /api/v1/contacts"] = new("電話などの連絡を記録する。", "Writes a contact down."),
            ["GET /api/v1/disclosures"] = new("第三者への開示の台帳。", "The register of disclosures."),
            ["POST /api/v1/disclosures"] = new("第三者への開示を記録する。", "Writes a disclosure down."),
            ["GET /api/v1/destinations"] = new("不正接続先の一覧。", "Lists malicious destinations."),
            ["PUT /api/v1/destinations/{host}"] = new("不正接続先の情報を書く。", "Says what is known of a destination."),
            ["POST /api/v1/desk/reports"] = new("相談窓口で相談を受け付ける。", "Takes a report down at the help desk."),
            ["POST /api/v1/retention/runs"] = new("保存期間を過ぎたものを消去する。", "Erases what has had its term."),
            ["GET /api/v1/hand-over"] = new("その日の引き継ぎ。", "The hand-over page of a day."),
            ["GET /api/v1/search"] = new("過去のメールを検索する。", "Searches the mails of the past."),
            ["GET /api/v1/journal/subjects/{id}"] = new("ある物について誰が何をしたか。", "Who did what with a thing."),
            ["GET /api/v1/organizations/{organization}/share-addresses"] = new(
                "共有の通知を受け取るメールアドレスの一覧。",
                "Lists the addresses that notices of shares go to."
            ),
            ["POST /api/v1/organizations/{organization}/share-addresses"] = new(
                "共有の通知を受け取るメールアドレスを、暗号化の鍵とともに登録する。",
                "Registers an address for notices of shares, with its key."
            ),
            ["DELETE /api/v1/organizations/{organization}/share-addresses/{address}"] = new(
                "共有の通知を受け取るメールアドレスを削除する。",
                "Removes an address for notices of shares."
            ),
            ["GET /api/v1/webhooks"] = new("Webhookの送り先の一覧。", "Lists the targets of webhooks."),
            ["PUT /api/v1/webhooks/{organization}/secret"] = new(
                "Webhookの署名に使う秘密の値を作り、一度だけ示す。",
                "Makes the secret that webhooks are signed with, and shows it once."
            ),
            ["DELETE /api/v1/webhooks/{organization}/secret"] = new(
                "Webhookの署名に使う秘密の値を削除する。",
                "Removes the secret that webhooks are signed with."
            ),
            ["GET /api/v1/shares/indicators.csv"] = new("共有された指標のCSV。", "Shared indicators as CSV."),
            ["GET /api/v1/shares/block-lists/ip.txt"] = new(
                "遮断用の一覧(1行1件): IPアドレス。",
                "Plain list to block by, one a line: addresses."
            ),
            ["GET /api/v1/shares/block-lists/host.txt"] = new(
                "遮断用の一覧(1行1件): ホスト名。",
                "Plain list to block by, one a line: hosts."
            ),
            ["GET /api/v1/shares/block-lists/url.txt"] = new("遮断用の一覧(1行1件): URL。", "Plain list to block by, one a line: URLs."),
            ["GET /api/v1/shares/block-lists/sha256.txt"] = new(
                "遮断用の一覧(1行1件): SHA-256。",
                "Plain list to block by, one a line: SHA-256 of files."
            ),
            ["GET /api/v1/shares/block-lists/sender.txt"] = new(
                "遮断用の一覧(1行1件): 差出人アドレス。",
                "Plain list to block by, one a line: senders."
            ),
            ["GET /api/v1/journal/people/{id}"] = new("ある人が何をしたか。", "What somebody did."),
            ["GET /api/v1/statistics"] = new(
                "期間の統計(参加組織には確定値のうち外に出せる形)。",
                "Figures of a period; members get final ones in the outward form."
            ),
            ["GET /api/v1/statistics/items"] = new("1つの数字の内訳のID。", "Ids of what a figure counts."),
            ["GET /api/v1/statistics/revisions"] = new("確定値の改訂と正誤表。", "Revisions of final figures with their corrections."),
            ["POST /api/v1/statistics/revisions"] = new(
                "期間の統計を確定する、または理由を付けて改める。",
                "Makes a period final, or revises it with a reason."
            ),
            ["GET /api/v1/reports"] = new("報告書の一覧(参加組織には公表されたもの)。", "Reports; members see what is published."),
            ["GET /api/v1/reports/{report}"] = new("報告書の版とファイル。", "Version and files of a report."),
            ["GET /api/v1/reports/{report}/files/{name}"] = new(
                "決裁された版のファイル(ja.html、en.json など)。",
                "File of a decided version: ja.html, en.json."
            ),
            ["GET /api/v1/reports/{report}/work"] = new(
                "起案中の報告書の段落と、点検で見つかった問題。",
                "Paragraphs of a report in work, and what its check finds."
            ),
            ["POST /api/v1/reports"] = new("報告書を今の数字で起案する。", "Drafts a report with the figures as they are now."),
            ["PUT /api/v1/reports/{report}/wordings"] = new(
                "段落を書き換える(数字の項目は残す)、または元の文に戻す。",
                "Puts a paragraph into other words, its numbers kept, or back."
            ),
            ["POST /api/v1/reports/{report}/steps"] = new(
                "確認、差し戻し、決裁(解禁日時)、訂正。",
                "Checks, sends back, decides with its time, or corrects."
            ),
        };
}
