using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Noroshi.Server.Hosting;

/// <summary>Words in both languages.</summary>
internal sealed record Words(string Ja, string En)
{
    /// <summary>The wording of a language.</summary>
    public string In(bool ja) => ja ? Ja : En;
}

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

    /// <summary>Nobody signed in.</summary>
    public static ProblemKind Unauthorized { get; } =
        new(
            401,
            "unauthorized",
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
    public static ProblemKind Conflict { get; } =
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

    /// <summary>The kind for a bare status.</summary>
    public static ProblemKind? Of(int status) =>
        status switch
        {
            400 => BadRequest,
            401 => Unauthorized,
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

/// <summary>Ends a request with a problem.</summary>
internal sealed class ProblemException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public ProblemException()
        : this(ProblemKind.Internal) { }

    /// <summary>Creates the exception.</summary>
    public ProblemException(string message)
        : base(message) => Kind = ProblemKind.Internal;

    /// <summary>Creates the exception with its cause.</summary>
    public ProblemException(string message, Exception cause)
        : base(message, cause) => Kind = ProblemKind.Internal;

    /// <summary>Creates the exception.</summary>
    public ProblemException(ProblemKind kind, string? ja = null, string? en = null)
        : base(en ?? kind.Title.En)
    {
        Kind = kind;
        Detail = ja is null ? null : new Words(ja, en ?? ja);
    }

    /// <summary>Which kind.</summary>
    public ProblemKind Kind { get; }

    /// <summary>What exactly.</summary>
    public Words? Detail { get; }

    /// <summary>Seconds after which to come again.</summary>
    public int? RetryAfter { get; init; }
}

/// <summary>Writes problem details (RFC 9457) in the language that was asked for: what happened, what was kept, what to do.</summary>
internal static class Problems
{
    /// <summary>Japanese is written as such: nothing of the answer stands in a page.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Whether the client would rather read Japanese than English.</summary>
    public static bool WantsJapanese(HttpContext context)
    {
        foreach (var one in context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1))
        {
            var tag = one.Value.Value ?? "";
            if (tag.StartsWith("ja", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            if (tag.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Answers with a problem.</summary>
    public static async Task WriteAsync(HttpContext context, ProblemKind kind, Words? detail = null, int? retryAfter = null)
    {
        var ja = WantsJapanese(context);
        var response = context.Response;
        response.StatusCode = kind.Status;
        response.ContentType = "application/problem+json";
        response.Headers[HeaderNames.ContentLanguage] = ja ? "ja" : "en";
        if (retryAfter is { } seconds)
        {
            response.Headers[HeaderNames.RetryAfter] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (kind.Status == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", "urn:noroshi:problem:" + kind.Code);
            json.WriteString("title", kind.Title.In(ja));
            json.WriteNumber("status", kind.Status);
            json.WriteString("detail", (detail ?? kind.Title).In(ja));
            json.WriteString("kept", kind.Kept.In(ja));
            json.WriteString("todo", kind.Todo.In(ja));
            // Below 500 the bytes say nothing but the kind of problem: whether a thing is another's or nobody's cannot be told from them.
            if (kind.Status >= StatusCodes.Status500InternalServerError)
            {
                json.WriteString("requestId", context.TraceIdentifier);
            }

            json.WriteEndObject();
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
        }
    }
}
