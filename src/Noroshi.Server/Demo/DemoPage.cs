using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Noroshi.Server.Demo;

/// <summary>The demo's own pages: what this is, how far it is, and that a link has ended. No script, no style of their own.</summary>
internal static class DemoPage
{
    /// <summary>The start page.</summary>
    public static Task StartAsync(HttpContext context, DemoState state)
    {
        var page = new StringBuilder();
        page.Append("<p lang=\"ja\"><strong>デモ</strong>: 組織・人物・メールはすべて架空です。実際の情報を入力しないでください。</p>\n")
            .Append("<p lang=\"en\"><strong>Demo</strong>: every organisation, person and mail is invented. Enter nothing real.</p>\n");
        var now = state.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(9));
        page.Append(
            CultureInfo.InvariantCulture,
            $"<p>業務日時 / Business time: <time datetime=\"{now:yyyy-MM-ddTHH:mm:sszzz}\">{now:yyyy-MM-dd HH:mm} JST</time></p>\n"
        );
        if (!state.Complete)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<p>構築中 / Being built: 情報提供 provisions {state.ProvisionsDone}/{state.Provisions}, 情報共有 shares {state.SharesDone}/{state.Shares}</p>\n"
            );
            context.Response.Headers["Refresh"] = "3";
        }

        page.Append(
            "<ul>\n<li><a href=\"/scalar\">API</a> (<a href=\"/openapi/v1.json\">openapi/v1.json</a>)</li>\n"
                + "<li><a href=\"/api/v1/me\">利用者 / signed in as</a></li>\n<li><a href=\"/health/ready\">状態 / health</a></li>\n</ul>\n"
        );
        return WriteAsync(context, StatusCodes.Status200OK, page.ToString());
    }

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
