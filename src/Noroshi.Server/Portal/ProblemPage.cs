using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Portal.SignIn;

namespace Noroshi.Server.Portal;

/// <summary>Stands on routes of pages: the hub says no there in a page, with the same words as everywhere.</summary>
internal sealed class ProblemPage
{
    /// <summary>The one of all routes.</summary>
    public static ProblemPage Mark { get; } = new();

    /// <summary>Answers with the page of a problem; status and headers are set.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        if (problem.Kind == ProblemKind.Unauthenticated)
        {
            return SignInScreen.ShowAsync(context, problem.Kind.Status, null);
        }

        if (problem.Kind == ProblemKind.SecondFactorRequired)
        {
            return FactorScreen.ShowAsync(context, problem.Kind.Status, null);
        }

        var page = new PortalPage(context) { Status = problem.Kind.Status };
        page.Title(page.Say(problem.Kind.Title));
        page.Html.Open("section", ("class", "card")).Leaf("p", page.Say(problem.Detail ?? problem.Kind.Title));
        page.Html.Open("dl", ("class", "facts")).Leaf("dt", page.Say(FrameWords.Kept)).Leaf("dd", page.Say(problem.Kind.Kept));
        page.Html.Leaf("dt", page.Say(FrameWords.Todo)).Leaf("dd", page.Say(problem.Kind.Todo));
        if (problem.Kind.Status >= StatusCodes.Status500InternalServerError)
        {
            page.Html.Leaf("dt", page.Say(FrameWords.RequestId)).Leaf("dd", context.TraceIdentifier);
        }

        page.Html.Close(2).Open("p").Leaf("a", page.Say(FrameWords.Back), ("href", "/")).Close();
        return page.WriteAsync(page.Say(problem.Kind.Title));
    }
}
