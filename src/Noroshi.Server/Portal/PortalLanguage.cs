using Noroshi.Server.Hosting;

namespace Noroshi.Server.Portal;

/// <summary>The language of a page: what was chosen last, else what the browser asks for.</summary>
internal static class PortalLanguage
{
    private const string Name = "noroshi-language";
    private const string Query = "lang";

    /// <summary>What screens ask for in their addresses. Anything else is not repeated: a page shows nothing that somebody only wrote into its address.</summary>
    private static readonly string[] Kept = ["chip", "undecided", "cursor", "period"];

    /// <summary>Whether a page is to be Japanese. A choice in the address is kept in a cookie.</summary>
    public static bool IsJapanese(HttpContext context)
    {
        var chosen = context.Request.Query[Query].ToString();
        if (chosen is "ja" or "en")
        {
            context.Response.Cookies.Append(
                Name,
                chosen,
                new CookieOptions
                {
                    HttpOnly = true,
                    Secure = context.Request.IsHttps,
                    SameSite = SameSiteMode.Lax,
                    Path = "/",
                    MaxAge = TimeSpan.FromDays(365),
                    IsEssential = true,
                }
            );
            return chosen == "ja";
        }

        return context.Request.Cookies[Name] switch
        {
            "ja" => true,
            "en" => false,
            _ => Problems.WantsJapanese(context),
        };
    }

    /// <summary>The address of the same page in the other language.</summary>
    public static string Other(HttpContext context, bool ja)
    {
        var query = QueryString.Create(
            context
                .Request.Query.Where(one => Kept.Contains(one.Key, StringComparer.Ordinal))
                .Select(one => KeyValuePair.Create(one.Key, (string?)one.Value.ToString()))
                .Append(KeyValuePair.Create(Query, (string?)(ja ? "en" : "ja")))
        );
        // What a form was sent to cannot be read again: its other language is that of the first screen.
        return (HttpMethods.IsGet(context.Request.Method) ? context.Request.Path.ToUriComponent() : "/") + query.ToUriComponent();
    }
}
