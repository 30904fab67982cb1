using System.Net;
using System.Text;
using System.Text.Json;

namespace Noroshi.Server.Demo;

/// <summary>What the demo says of itself: how far it is, and, as a page of its own, that a link has ended. No script, no style of their own.</summary>
internal static class DemoPage
{
    /// <summary>Says in the answers about health that this is a demo; nothing in a hub that is none.</summary>
    public static void WriteState(Utf8JsonWriter json, DemoState? state)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (state is not null)
        {
            json.WriteStartObject("demo");
            json.WriteString("now", state.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(9)));
            json.WriteBoolean("complete", state.Complete);
            json.WriteEndObject();
        }
    }

    /// <summary>Says that a link leads nowhere any more.</summary>
    public static Task EndedAsync(HttpContext context) =>
        WriteAsync(
            context,
            StatusCodes.Status410Gone,
            "<p lang=\"ja\">このリンクは使用済みか、期限(60分)が過ぎています。端末でEnterキーを押すと新しいリンクを表示します。</p>\n"
                + "<p lang=\"en\">This link was used, or its 60 minutes are over. Press Enter in the terminal for new ones.</p>\n"
        );

    private static async Task WriteAsync(HttpContext context, int status, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(
            "<!doctype html>\n<html lang=\"ja\">\n<head><meta charset=\"utf-8\"><title>Noroshi demo</title></head>\n<body>\n"
                + $"<h1>{WebUtility.HtmlEncode("狼煙 Noroshi")}</h1>\n{content}</body>\n</html>\n"
        );
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
