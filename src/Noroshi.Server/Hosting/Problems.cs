using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using Noroshi.Hub;
using Noroshi.Server.Notices;
using Noroshi.Server.Portal;
using Noroshi.Server.Taxii;

namespace Noroshi.Server.Hosting;

/// <summary>
/// The one way in which the hub says no: problem details (RFC 9457) with what happened, what was kept and what to do, in the language that was
/// asked for. Below 500 the bytes depend on nothing but kind, detail and language: whether a thing belongs to somebody else or does not exist
/// cannot be told from them.
/// </summary>
/// <param name="kind">Which kind.</param>
/// <param name="detail">What exactly; null for what the kind says.</param>
/// <param name="retryAfter">Seconds after which to come again.</param>
internal sealed class Problem(ProblemKind kind, Words? detail = null, int? retryAfter = null) : IResult, IStatusCodeHttpResult
{
    /// <summary>There is no such thing, or it is not for the one who asks.</summary>
    public static Problem NotFound { get; } = new(ProblemKind.NotFound);

    /// <summary>Nobody known asks.</summary>
    public static Problem Unauthenticated { get; } = new(ProblemKind.Unauthenticated);

    /// <summary>The sign-in failed; not told why.</summary>
    public static Problem WrongCredentials { get; } = new(ProblemKind.WrongCredentials);

    /// <summary>The one who asks has not the right.</summary>
    public static Problem Forbidden { get; } = new(ProblemKind.Forbidden);

    /// <summary>First the second factor.</summary>
    public static Problem SecondFactorRequired { get; } = new(ProblemKind.SecondFactorRequired);

    /// <summary>The second factor was shown too long ago for this.</summary>
    public static Problem StepUpRequired { get; } = new(ProblemKind.StepUpRequired);

    /// <summary>A write with a session's cookie came without the header that other sites cannot send.</summary>
    public static Problem CrossSite { get; } = new(ProblemKind.CrossSite);

    /// <summary>A route without a policy: a fault of the program.</summary>
    public static Problem NoPolicy { get; } = new(ProblemKind.NoPolicy);

    /// <summary>Which kind.</summary>
    public ProblemKind Kind => kind;

    /// <summary>What exactly; null for what the kind says.</summary>
    public Words? Detail => detail;

    /// <summary>Seconds after which to come again.</summary>
    public int? RetryAfter => retryAfter;

    /// <inheritdoc/>
    public int? StatusCode => kind.Status;

    /// <summary>Too often.</summary>
    public static Problem TooMany(TimeSpan wait) => new(ProblemKind.TooMany, retryAfter: Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));

    /// <summary>The request cannot be used.</summary>
    public static Problem Invalid(string ja, string en) => Invalid(new Words(ja, en));

    /// <summary>The request cannot be used.</summary>
    public static Problem Invalid(Words detail) => new(ProblemKind.BadRequest, detail);

    /// <summary>The request does not fit to what is there.</summary>
    public static Problem Conflict(string ja, string en) => new(ProblemKind.Conflict, new Words(ja, en));

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => Problems.WriteAsync(httpContext, this);
}

/// <summary>Ends a request with a problem, from wherever it is noticed.</summary>
internal sealed class ProblemException : Exception
{
    /// <summary>Creates the exception: there is no such thing.</summary>
    public ProblemException()
        : this(Problem.NotFound) { }

    /// <summary>Creates the exception: something unforeseen.</summary>
    public ProblemException(string message)
        : base(message) => Problem = new Problem(ProblemKind.Internal);

    /// <summary>Creates the exception with its cause: something unforeseen.</summary>
    public ProblemException(string message, Exception cause)
        : base(message, cause) => Problem = new Problem(ProblemKind.Internal);

    /// <summary>Creates the exception.</summary>
    public ProblemException(ProblemKind kind, string ja, string en, int? retryAfter = null)
        : this(new Problem(kind, new Words(ja, en), retryAfter)) { }

    /// <summary>Creates the exception.</summary>
    public ProblemException(ProblemKind kind, int? retryAfter = null)
        : this(new Problem(kind, retryAfter: retryAfter)) { }

    /// <summary>Creates the exception.</summary>
    public ProblemException(Problem problem)
        : base(problem.Detail?.En ?? problem.Kind.Title.En) => Problem = problem;

    /// <summary>The answer.</summary>
    public Problem Problem { get; }

    /// <summary>The request cannot be used.</summary>
    public static ProblemException Invalid(string ja, string en) => new(Problem.Invalid(ja, en));

    /// <summary>Refuses what a request says when something is wrong with it; nothing of it is kept.</summary>
    public static void ThrowIf([DoesNotReturnIf(true)] bool wrong, string ja, string en)
    {
        if (wrong)
        {
            throw new ProblemException(ProblemKind.Unprocessable, ja, en);
        }
    }
}

/// <summary>Writes problem details (RFC 9457) in the language that was asked for: what happened, what was kept, what to do.</summary>
internal static class Problems
{
    /// <summary>Japanese is written as such: nothing of the answer stands in a page.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Whether the client would rather read Japanese than English; who says nothing gets the hub's own language, who
    /// reads neither English.</summary>
    public static bool WantsJapanese(HttpContext context)
    {
        var asked = context.Request.GetTypedHeaders().AcceptLanguage;
        foreach (var one in asked.OrderByDescending(one => one.Quality ?? 1))
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

        return asked.Count == 0 && context.RequestServices.GetRequiredService<NoticeOptions>().Language == "ja";
    }

    /// <summary>Answers with a problem of a kind.</summary>
    public static Task WriteAsync(HttpContext context, ProblemKind kind, Words? detail = null, int? retryAfter = null) =>
        WriteAsync(context, new Problem(kind, detail, retryAfter));

    /// <summary>Answers with a problem.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var kind = problem.Kind;
        var ja = WantsJapanese(context);
        var response = context.Response;
        response.StatusCode = kind.Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        response.Headers[HeaderNames.ContentLanguage] = ja ? "ja" : "en";
        if (problem.RetryAfter is { } seconds)
        {
            response.Headers[HeaderNames.RetryAfter] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (kind.Status == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (TaxiiErrors.Speaks(context))
        {
            await TaxiiErrors.WriteAsync(context, problem, ja);
            return;
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<ProblemPage>() is not null)
        {
            await ProblemPage.WriteAsync(context, problem);
            return;
        }

        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", "urn:noroshi:problem:" + kind.Code);
            json.WriteString("code", kind.Code);
            json.WriteString("title", kind.Title.In(ja));
            json.WriteNumber("status", kind.Status);
            json.WriteString("detail", (problem.Detail ?? kind.Title).In(ja));
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
