using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Portal.SignIn;

/// <summary>Showing the second factor.</summary>
internal static class FactorScreen
{
    private const int RecoveryLength = 16;

    /// <summary>Routes.</summary>
    public static void Map(PortalRoutes routes)
    {
        routes.Get("/sign-in/factor", Policies.SignedIn, (HttpContext context) => ShowAsync(context, StatusCodes.Status200OK, null));
        routes.Post("/sign-in/factor", Policies.SignedIn, EnterAsync);
    }

    /// <summary>The page, with what went wrong before.</summary>
    public static Task ShowAsync(HttpContext context, int status, Problem? problem)
    {
        var page = new PortalPage(context) { Status = status };
        var user = context.RequestServices.GetRequiredService<Users>().Find(context.Actor().Id);
        page.Title(page.Say(SignInWords.FactorTitle), user?.AuthenticatorKey is null ? null : SignInWords.FactorExplained);
        WriteProblem(page, problem);
        if (user?.AuthenticatorKey is null)
        {
            page.Html.Leaf("p", page.Say(SignInWords.NoFactor), ("class", "card"));
            return page.WriteAsync(page.Say(SignInWords.FactorTitle));
        }

        page.OpenForm("/sign-in/factor", "card narrow");
        page.Field(
            ("code", SignInWords.Code),
            ("type", "text"),
            ("autocomplete", "one-time-code"),
            ("required", "required"),
            ("maxlength", "20"),
            ("aria-describedby", "recovery")
        );
        page.Html.Leaf("p", page.Say(SignInWords.Recovery), ("class", "small muted"), ("id", "recovery"));
        page.Button(SignInWords.Confirm);
        page.Html.Close();
        return page.WriteAsync(page.Say(SignInWords.FactorTitle));
    }

    /// <summary>Says what went wrong and what to do.</summary>
    public static void WriteProblem(PortalPage page, Problem? problem)
    {
        if (problem is not null)
        {
            page.Html.Open("div", ("class", "card live"), ("role", "alert"))
                .Leaf("p", page.Say(problem.Detail ?? problem.Kind.Title))
                .Leaf("p", page.Say(problem.Kind.Todo))
                .Close();
        }
    }

    private static async Task EnterAsync(HttpContext context, Users users, Identity.SignIn signIn, Sessions sessions)
    {
        var code = (await FormGuard.ReadAsync(context))["code"].ToString().Trim();
        var user = SessionRoutes.OfRequest(context, users);
        User? entered;
        try
        {
            var recovery = code.Length == RecoveryLength ? code : null;
            entered = await signIn.WithCodeAsync(context, user, recovery is null ? code : null, recovery);
        }
        catch (ProblemException wrong)
        {
            await ShowAsync(context, wrong.Problem.Kind.Status, wrong.Problem);
            return;
        }

        if (entered is null)
        {
            await ShowAsync(context, Problem.WrongCredentials.Kind.Status, Problem.WrongCredentials);
            return;
        }

        sessions.Begin(context, entered, factor: true, context.Features.Get<SessionOfRequest>());
        PortalRoutes.Go(context, "/");
    }
}
