using System.Text;
using Microsoft.Net.Http.Headers;
using Noroshi.Server.Access;
using Noroshi.Server.Portal.Cases;
using Noroshi.Server.Portal.Figures;
using Noroshi.Server.Portal.Items;
using Noroshi.Server.Portal.Mails;
using Noroshi.Server.Portal.Provisions;
using Noroshi.Server.Portal.SignIn;
using Noroshi.Server.Portal.Triage;

namespace Noroshi.Server.Portal;

/// <summary>Puts the portal into the hub: pages that people read in a browser.</summary>
internal static class PortalPart
{
    /// <summary>Nothing is loaded but the hub's own style sheet and pictures; nothing runs that stands in a page.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<FormGuard>();
        services.AddSingleton<FindingsOfNow>();
        services.AddSingleton<Registers.IForgets>(provider => provider.GetRequiredService<FindingsOfNow>());
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        var portal = new PortalRoutes(routes);
        portal.Get(
            PortalStyle.Path,
            Policies.Anybody,
            (HttpContext context) => FileAsync(context, PortalStyle.Css, "text/css; charset=utf-8")
        );
        portal.Get(PortalStyle.IconPath, Policies.Anybody, (HttpContext context) => FileAsync(context, PortalStyle.Icon, "image/svg+xml"));
        SignInScreen.Map(portal);
        FactorScreen.Map(portal);
        ProvisionsScreen.Map(portal);
        TriageScreen.Map(portal);
        MailScreen.Map(portal);
        FindingScreens.Map(portal);
        ItemsScreen.Map(portal);
        StatisticsScreen.Map(portal);
    }

    private static async Task FileAsync(HttpContext context, string content, string type)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        // Pages name it with its hash; whoever asks without one looks again within the hour.
        context.Response.Headers[HeaderNames.CacheControl] = context.Request.Query.ContainsKey("v")
            ? "public, max-age=31536000, immutable"
            : "public, max-age=3600";
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}

/// <summary>Makes routes of pages: refusals are pages, forms need their token, and the description of the API has none of them.</summary>
internal sealed class PortalRoutes(Routes routes)
{
    /// <summary>A page.</summary>
    public void Get(string pattern, RoutePolicy policy, Delegate handler) =>
        routes.Get(pattern, policy, handler).ExcludeFromDescription().WithMetadata(ProblemPage.Mark);

    /// <summary>A form.</summary>
    public void Post(string pattern, RoutePolicy policy, Delegate handler) =>
        routes.Post(pattern, policy, handler).ExcludeFromDescription().WithMetadata(ProblemPage.Mark, FormRoute.Mark);

    /// <summary>Sends the browser on; what it then reads again sends nothing twice.</summary>
    public static void Go(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
        context.Response.Headers.CacheControl = "no-store";
    }
}
