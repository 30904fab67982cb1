using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Demo;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Portal.SignIn;

/// <summary>Signing in with a password, and out.</summary>
internal static class SignInScreen
{
    private const string Return = "return";

    /// <summary>Routes.</summary>
    public static void Map(PortalRoutes routes)
    {
        routes.Get("/", Policies.Anybody, StartAsync);
        routes.Get("/sign-in", Policies.Anybody, (HttpContext context) => ShowAsync(context, StatusCodes.Status200OK, null));
        routes.Post("/sign-in", Policies.Anybody, EnterAsync);
        routes.Post("/sign-out", Policies.SignedIn, LeaveAsync);
    }

    /// <summary>The page, with what went wrong before.</summary>
    public static Task ShowAsync(HttpContext context, int status, Problem? problem, string? returnTo = null)
    {
        var page = new PortalPage(context) { Status = status };
        page.Title(page.Say(SignInWords.Title), SignInWords.Explained);
        FactorScreen.WriteProblem(page, problem);
        if (context.RequestServices.GetService<DemoState>() is not null)
        {
            page.Html.Leaf("p", page.Say(SignInWords.DemoHelp), ("class", "card"));
        }

        page.OpenForm("/sign-in", "card narrow");
        page.Html.Empty("input", ("type", "hidden"), ("name", Return), ("value", Local(returnTo ?? Here(context))));
        page.Field(
            ("user", SignInWords.Name),
            ("type", "text"),
            ("autocomplete", "username"),
            ("required", "required"),
            ("maxlength", "200"),
            ("autocapitalize", "none"),
            ("spellcheck", "false")
        );
        page.Field(
            ("password", SignInWords.Password),
            ("type", "password"),
            ("autocomplete", "current-password"),
            ("required", "required"),
            ("maxlength", "500")
        );
        page.Button(SignInWords.Enter);
        page.Html.Close().Leaf("p", page.Say(SignInWords.Lost), ("class", "small muted"));
        return page.WriteAsync(page.Say(SignInWords.Title));
    }

    /// <summary>An address of this hub; the first screen in place of any other.</summary>
    public static string Local(string? address) =>
        address is ['/', not ('/' or '\\'), ..] and { Length: < 1_000 } && address.All(one => one is > ' ' and < '\u007f' and not '\\')
            ? address
            : "/";

    /// <summary>The first screen of whoever is there.</summary>
    private static Task StartAsync(HttpContext context)
    {
        var (actor, session) = (context.Actor(), context.Features.Get<SessionOfRequest>());
        if (actor.Kind == ActorKind.Public)
        {
            return ShowAsync(context, StatusCodes.Status200OK, null);
        }

        if (session is { Incomplete: true })
        {
            return FactorScreen.ShowAsync(context, StatusCodes.Status200OK, null);
        }

        var open = Place.All.Where(one => Admission.Refused(actor, session, one.Policy) is null).ToList();
        // Whoever is of the hub begins with what came in, not with the list of provisions.
        var first = actor.Organization is null ? open.Find(one => one.Path != "/own") ?? open.FirstOrDefault() : open.FirstOrDefault();
        if (first is null)
        {
            throw new ProblemException(Problem.Forbidden);
        }

        PortalRoutes.Go(context, first.Path);
        return Task.CompletedTask;
    }

    private static async Task EnterAsync(HttpContext context, Identity.SignIn signIn, IHubStore store, Sessions sessions)
    {
        var form = await FormGuard.ReadAsync(context);
        var returnTo = Local(form[Return].ToString());
        User user;
        try
        {
            user = await signIn.WithPasswordAsync(context, store.Journal, form["user"].ToString(), form["password"].ToString());
        }
        catch (ProblemException wrong)
        {
            await ShowAsync(context, wrong.Problem.Kind.Status, wrong.Problem, returnTo);
            return;
        }

        var needed = SessionRoutes.FactorNeeded(user, shown: false);
        if (needed == "none")
        {
            await signIn.EnteredAsync(user);
        }

        sessions.Begin(context, user, factor: false);
        PortalRoutes.Go(context, needed == "none" ? returnTo : "/sign-in/factor");
    }

    private static async Task LeaveAsync(HttpContext context, Sessions sessions, IHubStore store)
    {
        sessions.End(context);
        await store.Journal.AppendAsync(new JournalRecord(context.Actor().Id, JournalActions.UserSignedOut, context.Actor().Id));
        PortalRoutes.Go(context, "/sign-in");
    }

    private static string? Here(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Request.Path.Value is not ("/" or "/sign-in")
            ? context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent()
            : null;
}
