using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Intake;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Portal.Cases;

namespace Noroshi.Server.Portal.Mails;

/// <summary>メールの詳細分析: members read their own mails, without what others provided.</summary>
internal static class MailScreen
{
    /// <summary>Routes.</summary>
    public static void Map(PortalRoutes routes) => routes.Get("/mails/{mail}", Policies.ReadProvisions, ShowAsync);

    private static async Task ShowAsync(HttpContext context, FindingsOfNow findings, HubSituation situation, Scope scope, string mail)
    {
        // A mail is reached through its provision, for whom that one is.
        var provision = situation.ProvisionOf(mail) ?? throw new ProblemException(Problem.NotFound);
        await scope.LoadAsync<IndexedProvision>(context.Actor(), Verb.Read, provision.ToString(), context.RequestAborted);
        var page = new PortalPage(context) { Tlp = "AMBER+STRICT" };
        var forHub = context.Actor().Roles.Overlaps(RoleTable.Hub);
        var found = findings.Now.Mail(mail, forHub, page.IsJapanese) ?? throw new ProblemException(Problem.NotFound);
        page.Html.Add(found.Body);
        await page.WriteAsync(found.Title);
    }
}
