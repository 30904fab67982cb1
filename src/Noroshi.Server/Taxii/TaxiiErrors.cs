using Microsoft.Net.Http.Headers;
using Noroshi.Exchange.Taxii;
using Noroshi.Hub;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Taxii;

/// <summary>Problems in the form of the protocol (TAXII 2.1, 3.6): what happened, what was kept, what to do.</summary>
internal static class TaxiiErrors
{
    /// <summary>Where the protocol is spoken.</summary>
    public const string Root = "/taxii2";

    /// <summary>The client does not take the one media type that there is.</summary>
    public static ProblemKind NotAcceptable { get; } =
        new(
            406,
            "not-acceptable",
            new Words("この形式では答えられません", "No answer in this form"),
            new Words("何も変わっていません。", "Nothing was changed."),
            new Words($"Accept に {TaxiiMedia.Type} を指定してください。", $"Accept {TaxiiMedia.Type}.")
        );

    /// <summary>The body is of another media type.</summary>
    public static ProblemKind UnsupportedMedia { get; } =
        new(
            415,
            "unsupported-media-type",
            new Words("この形式の本文は受け取れません", "This type of body is not taken"),
            new Words("何も保存していません。", "Nothing was kept."),
            new Words($"Content-Type を {TaxiiMedia.Type} にしてください。", $"Send it as {TaxiiMedia.Type}.")
        );

    /// <summary>Whether a request is one of the protocol.</summary>
    public static bool Speaks(HttpContext context) => context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes a problem; status and the headers that every problem has are set already.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem, bool ja)
    {
        var kind = problem.Kind;
        var response = context.Response;
        if (kind.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers[HeaderNames.WWWAuthenticate] = "Basic realm=\"noroshi\", charset=\"UTF-8\"";
        }

        var detail = (problem.Detail ?? kind.Title).In(ja);
        var body = TaxiiResources.Error(kind.Title.In(ja), $"{detail} {kind.Kept.In(ja)} {kind.Todo.In(ja)}", kind.Code, kind.Status);
        response.ContentType = TaxiiMedia.Type;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
