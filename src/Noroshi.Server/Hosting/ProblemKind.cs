using Noroshi.Hub;

namespace Noroshi.Server.Hosting;

/// <summary>A kind of problem: what it is called, what was kept, what to do.</summary>
internal sealed record ProblemKind(int Status, string Code, Words Title, Words Kept, Words Todo)
{
    private static Words Nothing { get; } = new("何も保存していません。", "Nothing was kept.");

    private static Words Unchanged { get; } = new("何も変わっていません。", "Nothing was changed.");

    /// <summary>The request is not of the form.</summary>
    public static ProblemKind BadRequest { get; } =
        new(
            400,
            "bad-request",
            new("要求の形が正しくありません", "The request is not of the expected form"),
            Nothing,
            new("要求を直して送り直してください。", "Correct the request and send it again.")
        );

    /// <summary>Nobody known asks.</summary>
    public static ProblemKind Unauthenticated { get; } =
        new(
            401,
            "unauthenticated",
            new("認証が必要です", "Authentication is needed"),
            Unchanged,
            new(
                "サインインするか、APIキーを Authorization: Bearer に付けてください。",
                "Sign in, or send an API key in Authorization: Bearer."
            )
        );

    /// <summary>Not allowed.</summary>
    public static ProblemKind Forbidden { get; } =
        new(
            403,
            "forbidden",
            new("この操作は許されていません", "This is not allowed"),
            Unchanged,
            new("必要な役割やキーの範囲を管理者に確かめてください。", "Ask the administrator for the role or the scope of the key.")
        );

    /// <summary>The rules of sharing do not allow it: approval, audience, marking, leak gate.</summary>
    public static ProblemKind PolicyRefused { get; } =
        new(
            403,
            "refused-by-policy",
            new("共有の条件を満たしていません", "The rules of sharing do not allow this"),
            Unchanged,
            new("detail の条件を満たしてから、もう一度行ってください。", "See to what detail names and try again.")
        );

    /// <summary>Not there, or not for this actor: the same answer.</summary>
    public static ProblemKind NotFound { get; } =
        new(
            404,
            "not-found",
            new("見つかりません", "Not found"),
            Unchanged,
            new("アドレスとIDを確かめてください。", "Check the address and the id.")
        );

    /// <summary>Another verb.</summary>
    public static ProblemKind MethodNotAllowed { get; } =
        new(
            405,
            "method-not-allowed",
            new("このメソッドは使えません", "This method is not allowed here"),
            Unchanged,
            new("Allow ヘッダーのメソッドを使ってください。", "Use a method of the Allow header.")
        );

    /// <summary>Somebody else changed it.</summary>
    public static ProblemKind ChangedMeanwhile { get; } =
        new(
            409,
            "changed-meanwhile",
            new("ほかの変更と重なりました", "Somebody else changed it meanwhile"),
            Unchanged,
            new("最新の内容を見てから、もう一度行ってください。", "Look at the newest version and decide again.")
        );

    /// <summary>Erased.</summary>
    public static ProblemKind Gone { get; } =
        new(
            410,
            "erased",
            new("消去済みです", "It was erased"),
            Unchanged,
            new("消去されたものは元に戻せません。", "What was erased cannot be brought back.")
        );

    /// <summary>Too large.</summary>
    public static ProblemKind TooLarge { get; } =
        new(
            413,
            "too-large",
            new("大きすぎます", "Too large"),
            Nothing,
            new("分けて送るか、管理者に上限を確かめてください。", "Send it in parts, or ask the administrator about the limit.")
        );

    /// <summary>Another form of body.</summary>
    public static ProblemKind UnsupportedMedia { get; } =
        new(
            415,
            "unsupported-media-type",
            new("この形式の本文は受け取れません", "This type of body is not taken"),
            Nothing,
            new("multipart/form-data または message/rfc822 で送ってください。", "Send multipart/form-data or message/rfc822.")
        );

    /// <summary>The form is right, what it says is not.</summary>
    public static ProblemKind Unprocessable { get; } =
        new(
            422,
            "unprocessable",
            new("内容に誤りがあります", "What the request says cannot be accepted"),
            Nothing,
            new("detail の箇所を直して送り直してください。", "Correct what detail names and send it again.")
        );

    /// <summary>The key of another content.</summary>
    public static ProblemKind KeyReused { get; } =
        new(
            422,
            "idempotency-key-reused",
            new("この Idempotency-Key は別の内容に使われました", "This Idempotency-Key was used for another content"),
            Nothing,
            new("新しい提供には新しいキーを使ってください。", "Use a new key for a new provision.")
        );

    /// <summary>Too many.</summary>
    public static ProblemKind TooMany { get; } =
        new(
            429,
            "too-many-requests",
            new("要求が多すぎます", "Too many requests"),
            Nothing,
            new("Retry-After の秒数だけ待って送り直してください。", "Wait for the seconds of Retry-After and send it again.")
        );

    /// <summary>Headers too large.</summary>
    public static ProblemKind HeadersTooLarge { get; } =
        new(
            431,
            "headers-too-large",
            new("ヘッダーが大きすぎます", "The headers are too large"),
            Nothing,
            new("ヘッダーを減らしてください。", "Send fewer headers.")
        );

    /// <summary>Unforeseen.</summary>
    public static ProblemKind Internal { get; } =
        new(
            500,
            "internal",
            new("予期しない誤りが起きました", "Something unforeseen happened"),
            new("受付番号を返した提供は失われません。", "Provisions that were acknowledged are not lost."),
            new(
                "同じ要求を送り直し、続くときは requestId を管理者に知らせてください。",
                "Send it again; if it stays, tell the administrator the requestId."
            )
        );

    /// <summary>The store has failed.</summary>
    public static ProblemKind StorageFailed { get; } =
        new(
            503,
            "storage-failed",
            new("保存装置の障害のため停止します", "The hub stops: its disk failed"),
            new(
                "この要求は受け付けていません。受付番号を返した提供は失われません。",
                "This request was not accepted. Provisions that were acknowledged are not lost."
            ),
            new("同じ要求を後で送り直してください。", "Send the same request again later.")
        );

    /// <summary>No room in memory.</summary>
    public static ProblemKind Busy { get; } =
        new(
            503,
            "busy",
            new("混み合っています", "The hub is busy"),
            Nothing,
            new(
                "Retry-After の秒数だけ待って、同じ要求を送り直してください。",
                "Wait for the seconds of Retry-After and send the same request again."
            )
        );

    /// <summary>No room on the disk.</summary>
    public static ProblemKind StorageFull { get; } =
        new(
            507,
            "storage-full",
            new("ディスクに空きがありません", "No room on the disk"),
            Nothing,
            new(
                "空きができれば再起動なしに受け付けます。同じ要求を後で送り直してください。",
                "It works again without a restart when there is room. Send the same request again later."
            )
        );

    /// <summary>The sign-in failed; not told why.</summary>
    public static ProblemKind WrongCredentials { get; } =
        new(
            401,
            "wrong-credentials",
            new("サインインできませんでした", "The sign-in was not accepted"),
            Unchanged,
            new(
                "利用者名、パスワード、確認コードを確かめてください。分からないときは管理者に新しい招待を依頼してください。",
                "Check user name, password and code. If you do not know them, ask your administrator for a new invitation."
            )
        );

    /// <summary>First the second factor.</summary>
    public static ProblemKind SecondFactorRequired { get; } =
        new(
            403,
            "second-factor-required",
            new("第二要素が必要です", "A second factor is needed"),
            Unchanged,
            new("先に第二要素を登録するか、示してください。", "Set up or show your second factor first.")
        );

    /// <summary>The second factor was shown too long ago for this.</summary>
    public static ProblemKind StepUpRequired { get; } =
        new(
            403,
            "step-up-required",
            new("本人確認をもう一度行ってください", "Fresh credentials are needed"),
            Unchanged,
            new(
                "パスワードと第二要素をもう一度示してから、同じ操作を行ってください。",
                "Show your password and second factor once more, then do the same again."
            )
        );

    /// <summary>A write with a session's cookie came without the header that other sites cannot send.</summary>
    public static ProblemKind CrossSite { get; } =
        new(
            403,
            "cross-site",
            new("ほかのサイトからの要求は受け付けません", "Requests of other sites are not taken"),
            Unchanged,
            new(
                "セッションでの変更には Noroshi-Request: 1 ヘッダーを付けてください。",
                "Send the header Noroshi-Request: 1 with changes under a session."
            )
        );

    /// <summary>The request does not fit to what is there.</summary>
    public static ProblemKind Conflict { get; } =
        new(
            409,
            "conflict",
            new("現在の状態と合いません", "This does not fit to what is there"),
            Unchanged,
            new("detail の内容を確かめてください。", "Look at what detail names.")
        );

    /// <summary>A route without a policy: a fault of the program.</summary>
    public static ProblemKind NoPolicy { get; } =
        new(
            500,
            "no-policy",
            new("このアドレスは閉じています", "This address is closed"),
            Unchanged,
            new(
                "このアドレスにはアクセスの規則がありません。プログラムの誤りですので、開発者に知らせてください。",
                "It has no rule of access, which is a fault of the program. Tell its developers."
            )
        );

    /// <summary>All kinds, for the description of the API and the tests.</summary>
    public static IReadOnlyList<ProblemKind> All =>
        [
            BadRequest,
            Unauthenticated,
            WrongCredentials,
            Forbidden,
            PolicyRefused,
            SecondFactorRequired,
            StepUpRequired,
            CrossSite,
            NotFound,
            MethodNotAllowed,
            Conflict,
            ChangedMeanwhile,
            Gone,
            TooLarge,
            UnsupportedMedia,
            Unprocessable,
            KeyReused,
            TooMany,
            HeadersTooLarge,
            Internal,
            NoPolicy,
            StorageFailed,
            Busy,
            StorageFull,
        ];

    /// <summary>A query that cannot be run, with the code of what is wrong with it.</summary>
    public static ProblemKind OfSearch(string code) =>
        BadRequest with
        {
            Code = "search-" + code,
            Title = new Words("この検索は実行できません", "This search cannot be run"),
            Todo = new Words("検索語を直してください。", "Correct the query."),
        };

    /// <summary>The kind for a bare status.</summary>
    public static ProblemKind? Of(int status) =>
        status switch
        {
            400 => BadRequest,
            401 => Unauthenticated,
            403 => Forbidden,
            404 => NotFound,
            405 => MethodNotAllowed,
            409 => Conflict,
            410 => Gone,
            413 => TooLarge,
            415 => UnsupportedMedia,
            422 => Unprocessable,
            429 => TooMany,
            431 => HeadersTooLarge,
            500 => Internal,
            503 => Busy,
            507 => StorageFull,
            _ => null,
        };
}
