using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake.Import;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Pipeline.Steps;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Demo;

/// <summary>Makes a hub a demo: its business clock, its people's way in, and what says that it is one.</summary>
internal static class DemoPart
{
    /// <summary>Where links lead.</summary>
    public const string SignInPath = "/demo/sign-in/";

    /// <summary>The story's locked files open well within this.</summary>
    private const int PasswordBudgetMilliseconds = 200;

    /// <summary>Services, given to a hub before all others.</summary>
    public static void Add(IServiceCollection services, ScenarioClock clock)
    {
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(clock);
        services.AddSingleton(
            new PipelineSettings
            {
                PasswordBudgetMilliseconds = PasswordBudgetMilliseconds,
                // Many at a time, so that a parser finds more of the organisation that it serves: the story's mails are small.
                Manners = new StepManners { Glance = TimeSpan.FromMilliseconds(100), Parallel = 64 },
            }
        );
        services.AddSingleton<DemoState>();
        services.AddSingleton<DemoLinks>();
        services.AddSingleton<DemoPeople>();
        services.AddSingleton<MembersImport>();
        services.AddSingleton<ImportRun>();
        services.AddSingleton(provider => new SharingDesks(
            provider.GetRequiredService<DraftWork>(),
            provider.GetRequiredService<ApprovalWork>(),
            provider.GetRequiredService<ApprovalBook>(),
            provider.GetRequiredService<ShareWork>()
        ));
        services.AddSingleton<DemoShares>();
        services.AddSingleton<ReportDesks>();
        services.AddSingleton<DemoReports>();
        services.AddSingleton<DemoWorld>();
    }

    /// <summary>Routes; none in a hub that is no demo.</summary>
    public static void Map(Routes routes)
    {
        if (routes.Services.GetService<DemoState>() is null)
        {
            return;
        }

        routes.Get(SignInPath + "{token}", Policies.Anybody, SignInAsync).ExcludeFromDescription();
    }

    /// <summary>Begins the session of whom the link was made for; both factors count as shown.</summary>
    private static async Task SignInAsync(string token, HttpContext context, DemoLinks links, Users users, Sessions sessions, SignIn signIn)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (links.Take(token) is not { } id || users.Find(id) is not { } user || !signIn.IsOpen(user))
        {
            await DemoPage.EndedAsync(context);
            return;
        }

        await signIn.EnteredAsync(user);
        sessions.Begin(context, user, factor: true);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/";
    }
}
