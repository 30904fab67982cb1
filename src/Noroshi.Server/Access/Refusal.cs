using System.Text;
using System.Text.Json;

namespace Noroshi.Server.Access;

/// <summary>
/// Refusals as problem details (RFC 9457). Their bytes depend on nothing but the kind of refusal: whether a thing belongs to somebody else or
/// does not exist cannot be told from them, so they carry no trace id either.
/// </summary>
internal sealed class Refusal : IResult, IStatusCodeHttpResult
{
    private readonly byte[] _body;
    private readonly int? _retryAfter;

    private Refusal(int status, string code, string title, string? detail = null, int? retryAfter = null)
    {
        (Status, Code, _retryAfter) = (status, code, retryAfter);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", $"urn:noroshi:problem:{code}");
            json.WriteString("title", title);
            json.WriteNumber("status", status);
            if (detail is not null)
            {
                json.WriteString("detail", detail);
            }

            json.WriteEndObject();
        }

        _body = bytes.ToArray();
    }

    /// <summary>There is no such thing, or it is not for the one who asks.</summary>
    public static Refusal NotFound { get; } = new(StatusCodes.Status404NotFound, "not-found", "There is no such thing here.");

    /// <summary>Nobody known asks.</summary>
    public static Refusal Unauthenticated { get; } =
        new(StatusCodes.Status401Unauthorized, "unauthenticated", "Sign in, or send a valid key.");

    /// <summary>The sign-in failed; not told why.</summary>
    public static Refusal WrongCredentials { get; } =
        new(StatusCodes.Status401Unauthorized, "wrong-credentials", "The sign-in was not accepted.");

    /// <summary>The one who asks has not the right.</summary>
    public static Refusal Forbidden { get; } = new(StatusCodes.Status403Forbidden, "forbidden", "You may not do this.");

    /// <summary>First the second factor.</summary>
    public static Refusal SecondFactorRequired { get; } =
        new(StatusCodes.Status403Forbidden, "second-factor-required", "Set up or show your second factor first.");

    /// <summary>The second factor was shown too long ago for this.</summary>
    public static Refusal StepUpRequired { get; } =
        new(StatusCodes.Status403Forbidden, "step-up-required", "Show your password and second factor once more for this.");

    /// <summary>A write with a session's cookie came without the header that other sites cannot send.</summary>
    public static Refusal CrossSite { get; } =
        new(StatusCodes.Status403Forbidden, "cross-site", "Requests with a session need the header Noroshi-Request: 1.");

    /// <summary>Somebody changed it in between.</summary>
    public static Refusal ChangedMeanwhile { get; } =
        new(StatusCodes.Status409Conflict, "changed-meanwhile", "It was changed in between. Nothing was written; read it again.");

    /// <summary>A route without a policy: a fault of the program.</summary>
    public static Refusal NoPolicy { get; } =
        new(StatusCodes.Status500InternalServerError, "no-policy", "This address has no rule of access and is closed.");

    /// <summary>Status.</summary>
    public int Status { get; }

    /// <summary>Code, last part of the problem's type.</summary>
    public string Code { get; }

    /// <inheritdoc/>
    public int? StatusCode => Status;

    /// <summary>Too often.</summary>
    public static Refusal TooMany(TimeSpan wait) =>
        new(
            StatusCodes.Status429TooManyRequests,
            "too-many-requests",
            "Too many requests. Nothing was done; wait and repeat.",
            retryAfter: Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))
        );

    /// <summary>The request cannot be used.</summary>
    public static Refusal Invalid(string detail) => new(StatusCodes.Status400BadRequest, "invalid", "The request cannot be used.", detail);

    /// <summary>The request does not fit to what is there.</summary>
    public static Refusal Conflict(string detail) =>
        new(StatusCodes.Status409Conflict, "conflict", "This does not fit to what is there.", detail);

    /// <summary>A refusal of the transport (too large, wrong type).</summary>
    public static Refusal OfStatus(int status) => new(status, "bad-request", "The request cannot be used.");

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        response.ContentLength = _body.Length;
        response.Headers.CacheControl = "no-store";
        if (_retryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        return response.Body.WriteAsync(_body, httpContext.RequestAborted).AsTask();
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(_body);
}

/// <summary>Ends a request with a refusal, from wherever it is noticed.</summary>
internal sealed class RefusedException : Exception
{
    /// <summary>Creates the exception: there is no such thing.</summary>
    public RefusedException()
        : this(Refusal.NotFound) { }

    /// <summary>Creates the exception with a detail for the one who asks.</summary>
    public RefusedException(string message)
        : this(Refusal.Invalid(message)) { }

    /// <summary>Creates the exception with a detail and its cause.</summary>
    public RefusedException(string message, Exception cause)
        : base(message, cause) => Refusal = Refusal.Invalid(message);

    /// <summary>Creates the exception.</summary>
    public RefusedException(Refusal refusal)
        : base(refusal.Code) => Refusal = refusal;

    /// <summary>The answer.</summary>
    public Refusal Refusal { get; }
}
